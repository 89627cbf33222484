package io.flashcall.cli.web;

import io.flashcall.server.config.Addresses;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A small web server, each connection on a virtual thread of its own. It ends with [#close], not with a signal: that
/// is its command's decision.
public final class LocalServer implements AutoCloseable {

    /// Held, because the JDK forgets the level of a logger that nobody holds.
    private static final Logger TALKATIVE = Logger.getLogger("io.helidon");

    /// What it says when it cannot listen is thrown instead.
    private static final Logger STARTING = Logger.getLogger("io.helidon.webserver.LoomServer");

    private static final long LONGEST_BODY = 1L << 20;

    private final WebServer server;
    private final InetSocketAddress listen;

    private LocalServer(WebServer server, InetSocketAddress listen) {
        this.server = server;
        this.listen = listen;
    }

    /// @param listen port 0: any free one
    /// @throws UncheckedIOException when the address cannot be bound, naming it
    public static LocalServer start(InetSocketAddress listen, Consumer<HttpRouting.Builder> routes) {
        TALKATIVE.setLevel(Level.WARNING);
        STARTING.setLevel(Level.OFF);
        var server = server(listen, routes).start();
        // It says nothing when it cannot listen, and is not running then.
        if (!server.isRunning()) {
            var problem = "cannot listen on " + Addresses.text(listen) + ": is something else listening there?";
            throw new UncheckedIOException(problem, new IOException(problem));
        }
        return new LocalServer(server, listen);
    }

    /// Looks for nothing on the class path, which would take longer than everything else.
    private static WebServer server(InetSocketAddress listen, Consumer<HttpRouting.Builder> routes) {
        return WebServer.builder()
                .featuresDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .mediaContext(MediaContext.builder()
                        .mediaSupportsDiscoverServices(false)
                        .build())
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .protocolsDiscoverServices(false)
                .addProtocol(Http1Config.create())
                .bindAddress(listen)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ZERO)
                .maxPayloadSize(LONGEST_BODY)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routes)
                .build();
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
