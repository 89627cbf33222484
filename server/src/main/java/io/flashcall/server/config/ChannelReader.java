package io.flashcall.server.config;

import io.flashcall.verification.ChannelName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads one entry of `channels`: its `type` says which keys it has.
///
/// @param directory that the paths in it are relative to
record ChannelReader(Path directory) {

    private static final String HTTP = "http";
    private static final String EMAIL = "email";
    private static final String SMPP = "smpp";
    private static final Kind<String> TYPE = Kind.oneOf(List.of(HTTP, EMAIL, SMPP));

    // Stands for a name that is none, so that the rest of its entry is read all the same.
    private static final ChannelName NAMELESS = new ChannelName("nameless");

    Optional<ChannelConfig> read(String name, Section section) {
        var known = section.named(PolicyReader.CHANNEL, name);
        if (known.filter(ChannelName.FLASH_CALL::equals).isPresent()) {
            section.refuseName(name, "another name: this one is the missed call's");
        }
        var config = read(known.orElse(NAMELESS), section);
        return known.flatMap(_ -> config);
    }

    private Optional<ChannelConfig> read(ChannelName name, Section section) {
        return switch (section.value("type", TYPE, HTTP)) {
            case HTTP -> HttpChannelReader.read(name, section).map(ChannelConfig.class::cast);
            case EMAIL -> EmailChannelReader.read(name, section, directory).map(ChannelConfig.class::cast);
            case SMPP -> SmppChannelReader.read(name, section, directory).map(ChannelConfig.class::cast);
            case String type -> throw new IllegalStateException("no reader of channels of type " + type);
        };
    }
}
