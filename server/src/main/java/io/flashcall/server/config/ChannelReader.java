package io.flashcall.server.config;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.channel.ChannelRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads one entry of `channels`: its `type` says which keys it has.
///
/// @param directory that the paths in it are relative to
/// @param publicUrl how the service is reached from outside
record ChannelReader(Path directory, Optional<String> publicUrl) {

    private static final String HTTP = "http";
    private static final String EMAIL = "email";
    private static final String SMPP = "smpp";
    private static final Kind<String> TYPE = Kind.oneOf(List.of(HTTP, EMAIL, SMPP));
    private static final Kind<String> TEMPLATE = Kind.oneOf(ChannelTemplate.NAMES);

    // Stands for a name that is none, so that the rest of its entry is read all the same.
    private static final ChannelName NAMELESS = new ChannelName("nameless");

    /// @param config empty for the flash call, which has rules alone
    record Entry(ChannelName name, ChannelRules rules, Optional<ChannelConfig> config) {}

    Optional<Entry> read(String name, Section section) {
        var known = section.named(PolicyReader.CHANNEL, name);
        var rules = ChannelRulesReader.read(section);
        if (known.filter(ChannelName.FLASH_CALL::equals).isPresent()) {
            return Optional.of(new Entry(ChannelName.FLASH_CALL, rules, Optional.empty()));
        }
        var config = read(known.orElse(NAMELESS), section);
        return known.flatMap(channel -> config.map(settled -> new Entry(channel, rules, Optional.of(settled))));
    }

    private Optional<ChannelConfig> read(ChannelName name, Section section) {
        return switch (section.value("type", TYPE, HTTP)) {
            case HTTP -> http(name, section).map(ChannelConfig.class::cast);
            case EMAIL -> EmailChannelReader.read(name, section, directory).map(ChannelConfig.class::cast);
            case SMPP -> SmppChannelReader.read(name, section, directory).map(ChannelConfig.class::cast);
            case String type -> throw new IllegalStateException("no reader of channels of type " + type);
        };
    }

    private Optional<HttpChannelConfig> http(ChannelName name, Section section) {
        if (section.has("template")) {
            var template = section.optional("template", TEMPLATE);
            if (template.isEmpty()) {
                section.ignoreTheRest();
                return Optional.empty();
            }
            section.adopt("template", ChannelTemplate.named(template.get()));
        }
        return new HttpChannelReader(publicUrl).read(name, section);
    }
}
