package io.flashcall.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What an INVITE says of the caller and the call besides From, P-Asserted-Identity and Remote-Party-ID (which are in
/// [NumberPolicy]): headers that one carrier asks for and most do not.
///
/// @param pPreferredIdentity whether the caller id also stands in P-Preferred-Identity (RFC 3325): for a carrier that
///                           asserts identities itself and wants to know which of ours to assert
/// @param privacy            what Privacy says; none: there is no such header
/// @param diversion          from which number the call seems to be diverted; none: from none
/// @param chargingVector     what P-Charging-Vector says; none: there is no such header
public record CallerHeaders(
        boolean pPreferredIdentity,
        Optional<Privacy> privacy,
        Optional<Diversion> diversion,
        Optional<ChargingVector> chargingVector) {

    /// None of them.
    public static final CallerHeaders NONE =
            new CallerHeaders(false, Optional.empty(), Optional.empty(), Optional.empty());

    /// The values of Privacy (RFC 3323) that leave the caller id on the screen. `id` and `user` hide it, and with it
    /// the code of a flash call; `session` is about media, and there is none.
    public enum Privacy {
        /// Whatever the carrier would hide by itself, it must not.
        NONE,
        /// Via, Contact and the like are hidden from the callee.
        HEADER
    }

    /// A number that the call seems to come by, and why (RFC 5806): some carriers charge it, or let only calls through
    /// that show one of theirs in it. Phones may show that a call was forwarded.
    public record Diversion(E164 number, DiversionReason reason) {}

    /// The reasons of RFC 5806 §5.
    public enum DiversionReason {
        UNKNOWN,
        USER_BUSY,
        NO_ANSWER,
        UNAVAILABLE,
        UNCONDITIONAL,
        TIME_OF_DAY,
        DO_NOT_DISTURB,
        DEFLECTION,
        FOLLOW_ME,
        OUT_OF_SERVICE,
        AWAY
    }

    /// What charges are correlated by (RFC 7315 §5.6). The `icid-value` is each call's own: the digits of its Call-ID.
    ///
    /// @param origIoi     the network that the call comes from: a domain name
    /// @param generatedAt host that made the `icid-value`; empty: the advertised address
    public record ChargingVector(String origIoi, String generatedAt) {

        private static final String HOST = "a host name or IP address (IPv6 in brackets)";

        public ChargingVector {
            new Problems("caller_headers.charging_vector")
                    .check(WireHost.isHost(origIoi), "orig_ioi", origIoi, HOST)
                    .check(
                            generatedAt.isEmpty() || WireHost.isHost(generatedAt),
                            "generated_at",
                            generatedAt,
                            HOST + ", or nothing")
                    .throwIfAny();
        }
    }

    /// The same, with that in Privacy.
    public CallerHeaders withPrivacy(Privacy value) {
        return new CallerHeaders(pPreferredIdentity, Optional.of(value), diversion, chargingVector);
    }

    /// The same, with a Diversion.
    public CallerHeaders withDiversion(Diversion value) {
        return new CallerHeaders(pPreferredIdentity, privacy, Optional.of(value), chargingVector);
    }

    /// The same, with a P-Charging-Vector.
    public CallerHeaders withChargingVector(ChargingVector value) {
        return new CallerHeaders(pPreferredIdentity, privacy, diversion, Optional.of(value));
    }

    /// Lower-case names of the headers that are written, which no other part of the configuration may write too.
    Set<String> names() {
        var names = new HashSet<String>();
        if (pPreferredIdentity) {
            names.add("p-preferred-identity");
        }
        diversion.ifPresent(_ -> names.add("diversion"));
        chargingVector.ifPresent(_ -> names.add("p-charging-vector"));
        return names;
    }
}
