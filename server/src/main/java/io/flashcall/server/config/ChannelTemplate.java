package io.flashcall.server.config;

import io.flashcall.server.config.Node.Entry;
import io.flashcall.server.config.Node.Mapping;
import io.flashcall.server.config.Node.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A ready-made HTTP channel of some vendor: its keys, in which what differs between customers is left open.
///
/// @param about      one line
/// @param parameters what is left open, by name
/// @param channel    keys of an HTTP channel that name the parameters as `{name}`
record ChannelTemplate(String about, Map<String, Parameter> parameters, Mapping channel) {

    /// All that there are.
    static final List<String> NAMES = List.of(
            "generic",
            "infobip_sms",
            "infobip_viber",
            "infobip_voice",
            "infobip_whatsapp",
            "meta_whatsapp",
            "twilio_sms",
            "twilio_voice",
            "twilio_whatsapp",
            "vonage_sms",
            "vonage_viber",
            "vonage_whatsapp");

    /// @param about       what it is, for whoever forgot it
    /// @param otherwise   stands where it is not given; empty: it must be
    /// @param forReceipts whether it is needed for receipts alone
    record Parameter(String about, Optional<String> otherwise, boolean forReceipts) {}

    static ChannelTemplate named(String name) {
        var report = new Report(name);
        var root = YamlTree.parse(text(name), report);
        if (root.isEmpty()) {
            throw report.exception();
        }
        var entries = root.get().entries();
        var parameters = new LinkedHashMap<String, Parameter>();
        mapping(entries, "parameters").entries().forEach((parameter, entry) -> {
            var keys = ((Mapping) entry.value()).entries();
            parameters.put(
                    parameter,
                    new Parameter(
                            scalar(keys, "about").orElse(""),
                            scalar(keys, "default"),
                            scalar(keys, "for").isPresent()));
        });
        return new ChannelTemplate(scalar(entries, "about").orElse(""), parameters, mapping(entries, "channel"));
    }

    private static Mapping mapping(Map<String, Entry> entries, String key) {
        var entry = entries.get(key);
        return entry != null && entry.value() instanceof Mapping mapping ? mapping : new Mapping(1, Map.of());
    }

    private static Optional<String> scalar(Map<String, Entry> entries, String key) {
        var entry = entries.get(key);
        return entry != null && entry.value() instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }

    private static String text(String name) {
        try (var file = ChannelTemplate.class.getResourceAsStream("templates/" + name + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException("no template " + name + " on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
