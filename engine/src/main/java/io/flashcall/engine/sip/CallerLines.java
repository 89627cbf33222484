package io.flashcall.engine.sip;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Lines of an INVITE that say more of its caller than From does, each because a carrier asks for it.
///
/// @param preferred whether the caller id stands in P-Preferred-Identity (RFC 3325)
/// @param privacy   value of Privacy (RFC 3323): a token
/// @param diversion RFC 5806
/// @param charging  P-Charging-Vector (RFC 7315)
public record CallerLines(
        boolean preferred, Optional<String> privacy, Optional<Diversion> diversion, Optional<Charging> charging) {

    /// No such line.
    public static final CallerLines NONE = new CallerLines(false, Optional.empty(), Optional.empty(), Optional.empty());

    private static final String PREFERRED = """
            P-Preferred-Identity: <sip:{from-number}@{from-host}{user-phone}>
            """;

    private static final String PRIVACY = """
            Privacy: {privacy}
            """;

    private static final String DIVERSION = """
            Diversion: <sip:{diverting}@{from-host}{user-phone}>;reason={diversion-reason};counter=1;privacy=off
            """;

    private static final String CHARGING = """
            P-Charging-Vector: icid-value={key}{branch-nonce};icid-generated-at={generated-at};orig-ioi={orig-ioi}
            """;

    /// @param number packed digits of the diverting number
    /// @param reason a token
    public record Diversion(long number, String reason) {

        /// Validates.
        ///
        /// @throws IllegalArgumentException naming the value and what was expected
        public Diversion {
            WireText.token("reason", reason);
        }
    }

    /// @param origIoi     a host name or address
    /// @param generatedAt likewise, or empty for the host in Via
    public record Charging(String origIoi, String generatedAt) {

        /// Validates.
        ///
        /// @throws IllegalArgumentException naming the value and what was expected
        public Charging {
            origIoi = WireText.host("origIoi", origIoi);
            generatedAt = generatedAt.isEmpty() ? "" : WireText.host("generatedAt", generatedAt);
        }
    }

    /// Validates.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public CallerLines {
        privacy.ifPresent(value -> WireText.token("privacy", value));
    }

    /// The lines as one reads them.
    String text() {
        return (preferred ? PREFERRED : "")
                + privacy.map(_ -> PRIVACY).orElse("")
                + diversion.map(_ -> DIVERSION).orElse("")
                + charging.map(_ -> CHARGING).orElse("");
    }

    /// Adds what stands in their places.
    ///
    /// @param format how the trunk writes the caller's number
    void addConstants(Map<String, String> constants, NumberFormat format, String viaHost) {
        privacy.ifPresent(value -> constants.put("privacy", value));
        diversion.ifPresent(value -> {
            byte[] digits = new byte[format.maxLength()];
            int length = format.write(value.number(), digits, 0);
            constants.put("diverting", new String(digits, 0, length, StandardCharsets.US_ASCII));
            constants.put("diversion-reason", value.reason());
        });
        charging.ifPresent(value -> {
            constants.put("orig-ioi", value.origIoi());
            constants.put("generated-at", value.generatedAt().isEmpty() ? viaHost : value.generatedAt());
        });
    }
}
