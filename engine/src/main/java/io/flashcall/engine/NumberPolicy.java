package io.flashcall.engine;

import java.util.HashSet;
import java.util.Set;

/// How a trunk wants numbers written.
///
/// @param format             how From, To and the Request-URI spell a number
/// @param userPhone          whether those URIs carry `;user=phone` (RFC 3261 §19.1.1)
/// @param pAssertedIdentity  whether the caller id also stands in P-Asserted-Identity (RFC 3325)
/// @param remotePartyId      whether the caller id also stands in Remote-Party-ID
/// @param fromDomain         host of the From URI; empty: the advertised address
public record NumberPolicy(
        Format format, boolean userPhone, boolean pAssertedIdentity, boolean remotePartyId, String fromDomain) {

    /// `+` and E.164 digits, with `user=phone`, caller id in From alone.
    public static final NumberPolicy PLUS_E164 = new NumberPolicy(new PlusE164(), true, false, false, "");

    public NumberPolicy {
        new Problems("numbers")
                .check(
                        fromDomain.isEmpty() || WireHost.isHost(fromDomain),
                        "from_domain",
                        fromDomain,
                        "a host name or IP address (IPv6 in brackets), or nothing")
                .throwIfAny();
    }

    /// Lower-case names of the headers that the caller id stands in besides From.
    Set<String> names() {
        var names = new HashSet<String>();
        if (pAssertedIdentity) {
            names.add("p-asserted-identity");
        }
        if (remotePartyId) {
            names.add("remote-party-id");
        }
        return names;
    }

    /// The spelling of a number.
    public sealed interface Format {}

    /// `+442079460123`.
    public record PlusE164() implements Format {}

    /// `442079460123`.
    public record PlainE164() implements Format {}

    /// `02079460123` inside the country, `0012025550123` outside.
    ///
    /// @param countryCode         1 to 3 digits
    /// @param nationalPrefix      0 to 4 digits that stand ahead of a number of that country
    /// @param internationalPrefix 0 to 5 digits that stand ahead of any other number's country code
    public record National(String countryCode, String nationalPrefix, String internationalPrefix) implements Format {

        public National {
            new Problems("numbers")
                    .check(countryCode.matches("[1-9][0-9]{0,2}"), "country_code", countryCode, "1 to 3 digits")
                    .check(nationalPrefix.matches("[0-9]{0,4}"), "national_prefix", nationalPrefix, "0 to 4 digits")
                    .check(
                            internationalPrefix.matches("[0-9]{0,5}"),
                            "international_prefix",
                            internationalPrefix,
                            "0 to 5 digits")
                    .throwIfAny();
        }
    }
}
