package io.flashcall.server.http;

import io.flashcall.server.http.message.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps credentials out of URLs, which end up in logs and histories.
final class Credentials {

    private static final Pattern CREDENTIAL = Pattern.compile("fc_(pub|srv|adm)_|fcs_|whsec_|(?i)bearer ");
    private static final Set<String> NAMES = Set.of(
            "key",
            "apikey",
            "api_key",
            "token",
            "access_token",
            "auth",
            "authorization",
            "secret",
            "client_secret",
            "flashcall-client-secret");

    private Credentials() {}

    static void refuse(String path, Map<String, String> query) {
        boolean found = CREDENTIAL.matcher(path).find();
        for (var parameter : query.entrySet()) {
            found |= NAMES.contains(parameter.getKey().toLowerCase(Locale.ROOT))
                    || CREDENTIAL.matcher(parameter.getKey()).find()
                    || CREDENTIAL.matcher(parameter.getValue()).find();
        }
        if (found) {
            throw Problem.CREDENTIAL_IN_URL.with(
                    "The URL holds a credential. Send API keys as “Authorization: Bearer …”"
                            + " and client secrets as “Flashcall-Client-Secret: …”, and revoke the one that was in the URL.");
        }
    }
}
