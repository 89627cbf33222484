package io.flashcall.testbed.digest;

import io.flashcall.testbed.option.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a carrier asks of those who send it requests.
///
/// @param user the one user it knows
/// @param password of that user
/// @param realms whom it asks for: the server itself, and a proxy before it
/// @param offer what its challenges offer
/// @param nonces how long a nonce is good
/// @param methods which requests are challenged; ACK and CANCEL never are (RFC 3261 §22.1)
public record DigestPolicy(
        String user, String password, Realms realms, Offer offer, NonceRules nonces, List<String> methods) {

    private static final List<String> CHALLENGED =
            List.of("INVITE", "BYE", "PRACK", "UPDATE", "OPTIONS", "REGISTER", "INFO");

    /// @param server answers 401 and reads Authorization
    /// @param proxy answers 407 and reads Proxy-Authorization; with both, the server's 401 comes first
    /// @param decoy a realm whose challenge stands before the right one, and whose password nobody has
    public record Realms(Optional<String> server, Optional<String> proxy, Optional<String> decoy) {}

    /// @param algorithms one challenge for each, in this order
    /// @param qop whether `qop="auth"` is offered; without it answers have the form of RFC 2069
    /// @param opaque whether challenges carry an opaque value that must come back
    public record Offer(List<DigestAlgorithm> algorithms, boolean qop, boolean opaque) {
        public Offer {
            algorithms = List.copyOf(algorithms);
        }
    }

    /// @param life from its issue on
    /// @param uses how many requests may use it
    /// @param stale how many times each call's right credentials are told that their nonce is stale
    public record NonceRules(Duration life, int uses, int stale) {}

    public DigestPolicy {
        methods = List.copyOf(methods);
    }

    /// Reads `user=NAME,password=SECRET` and what [#describe] lists; a bare value is the password.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public static DigestPolicy parse(String text) {
        Parameters parameters = new Parameters("digest", text, "password");
        String realm = parameters.word("realm", "carrier.example");
        String ask = parameters.oneOf("ask", List.of("401", "407", "both"), "401");
        Realms realms = new Realms(
                ask.equals("407") ? Optional.empty() : Optional.of(realm),
                ask.equals("401") ? Optional.empty() : Optional.of(parameters.word("proxy-realm", realm)),
                parameters.has("decoy") ? Optional.of(parameters.word("decoy", "")) : Optional.empty());
        Offer offer = new Offer(
                parameters.words("algorithm", List.of("MD5"), DigestAlgorithm.tokens()).stream()
                        .map(token -> DigestAlgorithm.named(token).orElseThrow())
                        .toList(),
                parameters.oneOf("qop", List.of("auth", "none"), "auth").equals("auth"),
                parameters.flag("opaque", true));
        NonceRules nonces = new NonceRules(
                parameters.duration("life", Duration.ofSeconds(300)),
                parameters.count("uses", 1_000_000, 1, 1_000_000),
                parameters.count("stale", 0, 0, 1000));
        DigestPolicy policy = new DigestPolicy(
                parameters.word("user", "flashcall"),
                parameters.word("password", "secret"),
                realms,
                offer,
                nonces,
                parameters.words("methods", CHALLENGED, CHALLENGED));
        parameters.refuseUnknown();
        return policy;
    }

    /// The parameters of [#parse] with their defaults, a line each; for `--help`.
    public static String describe() {
        return """
                  user=flashcall,password=secret   whom it knows
                  ask=401                          or 407, or both: 401 first, then 407 on the same call
                  realm=carrier.example            and proxy-realm, the same unless named
                  algorithm=MD5                    or several, in order: SHA-512-256+SHA-256+MD5
                  qop=auth                         or none, as in RFC 2069
                  opaque=true                      challenges carry one, and it must come back
                  life=300s,uses=1000000           of a nonce; then it is stale
                  stale=0                          so often each call's right credentials are told: stale
                  decoy=REALM                      a challenge for another realm stands first
                  methods=INVITE+BYE+...           which requests; ACK and CANCEL never
                """;
    }

    /// Without the password.
    @Override
    public String toString() {
        return "digest for " + user + " in " + realms + " by " + offer.algorithms();
    }
}
