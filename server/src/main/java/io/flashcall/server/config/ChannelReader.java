package io.flashcall.server.config;

import java.util.List;
import java.util.Optional;

/// Reads one entry of `channels`: its `type` says which keys it has.
final class ChannelReader {

    private static final String HTTP = "http";
    private static final Kind<String> TYPE = Kind.oneOf(List.of(HTTP));

    private ChannelReader() {}

    static Optional<ChannelConfig> read(String name, Section section) {
        return switch (section.value("type", TYPE, HTTP)) {
            case HTTP -> HttpChannelReader.read(name, section).map(ChannelConfig.class::cast);
            case String type -> throw new IllegalStateException("no reader of channels of type " + type);
        };
    }
}
