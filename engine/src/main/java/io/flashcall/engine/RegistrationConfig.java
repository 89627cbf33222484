package io.flashcall.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// As whom our user agents register with a carrier (RFC 3261 §10): each of them binds its own contact to the one
/// address of record, at a host of the trunk's target. The digest comes from the trunk's credentials.
///
/// @param user      user part of the address of record: 1 to 128 characters that need no quotes in a URI
/// @param registrar `host` or `host:port` of the Request-URI, whose host is the domain of the address of record;
/// without it the target's. It does not change where REGISTERs are sent
/// @param expires   how long a registration is to hold, 10 s to 24 h; the carrier may grant less, or want more
public record RegistrationConfig(String user, Optional<String> registrar, Duration expires) {

    /// What is asked for unless something else is said.
    public static final Duration USUAL_EXPIRES = Duration.ofMinutes(10);

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9+._~*'!&=$-]{1,128}");

    public RegistrationConfig {
        var problems = new Problems("registration")
                .check(
                        USER.matcher(user).matches(),
                        "user",
                        E164.mask(user),
                        "1 to 128 characters of A-Z a-z 0-9 + . _ ~ * ' ! & = $ -")
                .check(
                        expires.compareTo(SHORTEST) >= 0
                                && expires.compareTo(LONGEST) <= 0
                                && expires.equals(Duration.ofSeconds(expires.toSeconds())),
                        "expires",
                        expires,
                        "10s to 24h, in whole seconds");
        registrar.ifPresent(
                host -> problems.check(isHost(host), "registrar", E164.mask(host), "HOST or HOST:PORT, no sip: ahead"));
        problems.throwIfAny();
    }

    private static boolean isHost(String text) {
        try {
            return !text.startsWith("sip:") && SipTarget.parse(text).transport().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// For that user of the trunk's own domain.
    public static RegistrationConfig of(String user) {
        return new RegistrationConfig(user, Optional.empty(), USUAL_EXPIRES);
    }
}
