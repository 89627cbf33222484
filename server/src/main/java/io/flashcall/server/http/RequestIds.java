package io.flashcall.server.http;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Names requests: as their client does, if that is fit for a log, or at random.
final class RequestIds {

    static final String HEADER = "X-Request-Id";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~:/+=-]{1,128}");

    // A client must not be able to write a number or a credential into our log.
    private static final Pattern REVEALING = Pattern.compile("\\+\\d{5}|fc_(pub|srv|adm)_|fcs_|whsec_");

    private RequestIds() {}

    static String of(Optional<String> offered) {
        return offered.filter(text ->
                        FORM.matcher(text).matches() && !REVEALING.matcher(text).find())
                .orElseGet(RequestIds::draw);
    }

    static String draw() {
        var random = ThreadLocalRandom.current();
        return "req_" + Long.toUnsignedString(random.nextLong(), 36) + Long.toUnsignedString(random.nextLong(), 36);
    }
}
