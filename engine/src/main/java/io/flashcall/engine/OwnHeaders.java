package io.flashcall.engine;

import java.util.Locale;
import java.util.Set;

/// Headers that a configuration cannot add to a request, since the engine writes them, or since they would promise
/// what it does not do.
final class OwnHeaders {

    private static final Set<String> NAMES = Set.of(
            "via",
            "v",
            "from",
            "f",
            "to",
            "t",
            "call-id",
            "i",
            "cseq",
            "contact",
            "m",
            "content-length",
            "l",
            "content-type",
            "c",
            "content-encoding",
            "e",
            "content-disposition",
            "max-forwards",
            "route",
            "record-route",
            "authorization",
            "proxy-authorization",
            "rack",
            "rseq",
            "require",
            "supported",
            "k",
            "proxy-require",
            "identity",
            "p-early-media",
            "y",
            "date",
            "allow",
            "user-agent",
            "expires",
            "session-expires",
            "x",
            "min-se",
            "reason",
            "privacy",
            "replaces",
            "join",
            "refer-to",
            "r");

    private OwnHeaders() {}

    static boolean contains(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
