package io.flashcall.cli.web;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A small web server, each connection on a virtual thread of its own. It ends with [#close], not with a signal: that
/// is its command's decision.
public final class LocalServer implements AutoCloseable {

    /// Held, because the JDK forgets the level of a logger that nobody holds.
    private static final List<Logger> TALKATIVE = List.of(Logger.getLogger("io.helidon"));

    private final WebServer server;
    private final InetSocketAddress listen;

    private LocalServer(WebServer server, InetSocketAddress listen) {
        this.server = server;
        this.listen = listen;
    }

    /// @param listen port 0: any free one
    /// @throws UncheckedIOException or IllegalStateException when the address cannot be bound
    public static LocalServer start(InetSocketAddress listen, Consumer<HttpRouting.Builder> routes) {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        var server = WebServer.builder()
                .address(listen.getAddress())
                .port(listen.getPort())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ZERO)
                .routing(routes)
                .build();
        return new LocalServer(server.start(), listen);
    }

    /// Without a slash at its end.
    public URI url() {
        var host = listen.getAddress().getHostAddress();
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.port());
    }

    @Override
    public void close() {
        server.stop();
    }
}
