package io.flashcall.server.config;

import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import io.flashcall.engine.CallerHeaders.Privacy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Reads and writes `caller_headers` of a trunk.
final class CallerHeadersReader {

    private static final Kind<Privacy> PRIVACY = words(Privacy.values());
    private static final Kind<DiversionReason> REASON = words(DiversionReason.values());

    private CallerHeadersReader() {}

    static CallerHeaders read(Section section) {
        var standard = CallerHeaders.NONE;
        boolean preferred = section.value("p_preferred_identity", Kind.FLAG, standard.pPreferredIdentity());
        var privacy = section.optional("privacy", PRIVACY);
        boolean diverts = section.has("diversion");
        var diversion = section.section("diversion", below -> diverts ? diversion(below) : Optional.<Diversion>empty());
        boolean charges = section.has("charging_vector");
        var charging = section.section(
                "charging_vector", below -> charges ? charging(below) : Optional.<ChargingVector>empty());
        return new CallerHeaders(preferred, privacy, diversion, charging);
    }

    private static Optional<Diversion> diversion(Section section) {
        var number = section.required("number", Kind.NUMBER);
        var reason = section.value("reason", REASON, DiversionReason.UNCONDITIONAL);
        return number.map(diverting -> new Diversion(diverting, reason));
    }

    private static Optional<ChargingVector> charging(Section section) {
        var network = section.required("orig_ioi", Kind.TEXT);
        var host = section.value("generated_at", Kind.TEXT, "");
        return network.flatMap(
                ioi -> section.build("caller_headers.charging_vector.", () -> new ChargingVector(ioi, host)));
    }

    /// As the file has them; the diverting number is masked.
    static String print(CallerHeaders headers) {
        return "{p_preferred_identity: " + headers.pPreferredIdentity()
                + headers.privacy().map(value -> ", privacy: " + word(value)).orElse("")
                + headers.diversion()
                        .map(from -> ", diversion: {number: \"%s\", reason: %s}"
                                .formatted(from.number(), word(from.reason())))
                        .orElse("")
                + headers.chargingVector()
                        .map(vector -> ", charging_vector: {orig_ioi: \"%s\", generated_at: \"%s\"}"
                                .formatted(vector.origIoi(), vector.generatedAt()))
                        .orElse("")
                + "}";
    }

    private static <E extends Enum<E>> Kind<E> words(E[] values) {
        var words = Arrays.stream(values).map(CallerHeadersReader::word).toList();
        return Kind.oneOf(words).map(word -> values[words.indexOf(word)]);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
