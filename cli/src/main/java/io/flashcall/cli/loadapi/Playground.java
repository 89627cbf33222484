package io.flashcall.cli.loadapi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

final class Playground implements AutoCloseable {
    static Playground start() throws IOException {
        return new Playground();
    }

    ApiTarget target() {
        return new ApiTarget(List.of(), "", URI.create(""), new InetSocketAddress(0));
    }

    Map<String, Supplier<Duration>> cpu() {
        return Map.of();
    }

    @Override
    public void close() {}
}
