package io.flashcall.server.config;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.Format;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlainE164;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.TrunkConfig;
import java.util.List;
import java.util.Optional;

/// Reads one entry of `trunks`.
final class TrunkReader {

    private static final String NATIONAL = "national";
    private static final List<String> NATIONAL_KEYS =
            List.of("country_code", "national_prefix", "international_prefix");

    private TrunkReader() {}

    static Optional<TrunkConfig> read(String name, Section trunk) {
        var peer = PeerReader.read(trunk);
        var callerIds = callerIds(trunk);
        var numbers = trunk.section("numbers", TrunkReader::numbers);
        var calls = calls(trunk);
        var options = OptionsReader.read(trunk);
        return peer.flatMap(carrier -> trunk.build(
                "trunks." + name + ".", () -> new TrunkConfig(name, carrier, callerIds, numbers, calls, options)));
    }

    private static CallerIds callerIds(Section trunk) {
        var ranges = trunk.requiredList("caller_ids", Kind.CALLER_IDS);
        var allowed = trunk.required(
                "flash_calls_allowed",
                Kind.FLAG.expecting("true or false: whether your contract with this carrier allows flash calls"));
        return new CallerIds(ranges, allowed.orElse(false));
    }

    private static NumberPolicy numbers(Section section) {
        var standard = NumberPolicy.PLUS_E164;
        var format = format(section);
        boolean userPhone = section.value("user_phone", Kind.FLAG, standard.userPhone());
        boolean asserted = section.value("p_asserted_identity", Kind.FLAG, standard.pAssertedIdentity());
        boolean remoteParty = section.value("remote_party_id", Kind.FLAG, standard.remotePartyId());
        var fromDomain = section.value("from_domain", Kind.TEXT, standard.fromDomain());
        return section.build("numbers.", () -> new NumberPolicy(format, userPhone, asserted, remoteParty, fromDomain))
                .orElse(standard);
    }

    private static Format format(Section section) {
        var standard = NumberPolicy.PLUS_E164.format();
        var format = section.value("format", Kind.oneOf(List.of("+e164", "e164", NATIONAL)), "");
        if (format.equals(NATIONAL)) {
            var countryCode = section.required("country_code", Kind.DIGITS);
            var inside = section.required("national_prefix", Kind.DIGITS);
            var outside = section.required("international_prefix", Kind.DIGITS);
            return countryCode
                    .flatMap(code -> inside.flatMap(in -> outside.flatMap(
                            out -> section.<Format>build("numbers.", () -> new National(code, in, out)))))
                    .orElse(standard);
        }
        for (var key : NATIONAL_KEYS) {
            if (section.has(key) && !section.faulty("format")) {
                section.refuse(key, "only with format: national");
            }
        }
        return switch (format) {
            case "+e164" -> new PlusE164();
            case "e164" -> new PlainE164();
            default -> standard;
        };
    }

    private static CallPolicy calls(Section trunk) {
        var standard = CallPolicy.DEFAULT;
        var ringPolicy = ringPolicy(trunk);
        var ringTime = trunk.value("ring_time", Kind.DURATION, standard.ringTime());
        var setupTimeout = trunk.value("setup_timeout", Kind.DURATION, standard.setupTimeout());
        int maxChannels = trunk.value("max_channels", Kind.INTEGER, standard.maxChannels());
        int callsPerSecond = trunk.value("calls_per_second", Kind.INTEGER, standard.callsPerSecond());
        return trunk.build(
                        "calls.", () -> new CallPolicy(ringPolicy, ringTime, setupTimeout, maxChannels, callsPerSecond))
                .orElse(standard);
    }

    private static RingPolicy ringPolicy(Section trunk) {
        var standard = CallPolicy.DEFAULT.ringPolicy();
        return trunk.isMapping("ring_policy")
                ? trunk.section("ring_policy", policy -> policy.required("183-after", Kind.AFTER_183))
                        .orElse(standard)
                : trunk.value("ring_policy", Kind.RING_POLICY, standard);
    }
}
