package io.flashcall.engine.identity;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One GET over TLS, to the very address that was checked: the JDK's HTTP client would look the name up once
/// more. It follows nothing, uses no proxy and keeps no connection. Blocks its thread; [#close] from another
/// ends it at once.
final class HttpsFetch implements AutoCloseable {

    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final int MOST_HEADER_BYTES = 8 * 1024;
    private static final int HTTPS = 443;

    private final URI uri;
    private final Reachability reachability;
    private final SSLSocketFactory tls;
    private final long started = System.nanoTime();
    private final Duration patience;
    private boolean closed;
    private @Nullable Socket socket;

    /// @param patience for all of it; a peer that drips outlasts it until somebody closes
    HttpsFetch(URI uri, Reachability reachability, SSLSocketFactory tls, Duration patience) {
        this.uri = uri;
        this.reachability = reachability;
        this.tls = tls;
        this.patience = patience;
    }

    /// @throws Objection   if it must not be fetched
    /// @throws IOException if it could not be, in time
    HttpsAnswer get() throws IOException {
        try (var connected = connect();
                var secured = secure(connected)) {
            secured.getOutputStream().write(request());
            secured.getOutputStream().flush();
            return answer(secured);
        }
    }

    private Socket connect() throws IOException {
        Optional<IOException> failure = Optional.empty();
        for (InetAddress address : reachability.lookup().addresses(uri.getHost())) {
            if (reachability.rule().test(address)) {
                try {
                    return connect(new InetSocketAddress(address, port()));
                } catch (IOException e) {
                    failure = Optional.of(e);
                }
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        throw new Objection(Fault.X5U_FORBIDDEN, uri.getHost() + " is no host that everybody can reach");
    }

    private Socket connect(InetSocketAddress address) throws IOException {
        var attempt = new Socket(Proxy.NO_PROXY);
        try {
            own(attempt);
            attempt.connect(address, millisLeft());
            return attempt;
        } catch (IOException e) {
            attempt.close();
            throw e;
        }
    }

    private SSLSocket secure(Socket connected) throws IOException {
        connected.setSoTimeout(millisLeft());
        var secured = (SSLSocket) tls.createSocket(connected, bareHost(), port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private byte[] request() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String host = uri.getPort() == -1 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        return ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private HttpsAnswer answer(SSLSocket secured) throws IOException {
        var limits = new HttpDecoderConfig().setMaxHeaderSize(MOST_HEADER_BYTES);
        var http = new EmbeddedChannel(new HttpResponseDecoder(limits), new HttpObjectAggregator(MOST_BODY_BYTES));
        try {
            InputStream in = secured.getInputStream();
            byte[] buffer = new byte[MOST_HEADER_BYTES];
            while (true) {
                secured.setSoTimeout(millisLeft());
                int count = in.read(buffer);
                if (count < 0) {
                    http.finish();
                } else {
                    http.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
                }
                FullHttpResponse response = finalResponse(http);
                if (response != null) {
                    return answer(response);
                }
                if (count < 0) {
                    throw new IOException("the answer ends too early");
                }
            }
        } catch (PrematureChannelClosureException e) {
            throw new IOException("the answer ends too early", e);
        } catch (DecoderException e) {
            throw new IOException("the answer is longer than 64 KiB, or not HTTP", e);
        } finally {
            http.finishAndReleaseAll();
        }
    }

    private static @Nullable FullHttpResponse finalResponse(EmbeddedChannel http) {
        FullHttpResponse response = http.readInbound();
        while (response != null && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            response.release();
            response = http.readInbound();
        }
        return response;
    }

    private static HttpsAnswer answer(FullHttpResponse response) throws IOException {
        try {
            if (response.decoderResult().isFailure()) {
                throw new IOException(
                        "the answer is not HTTP", response.decoderResult().cause());
            }
            return new HttpsAnswer(
                    response.status().code(),
                    response.headers(),
                    response.content().toString(StandardCharsets.ISO_8859_1));
        } finally {
            response.release();
        }
    }

    private int port() {
        return uri.getPort() == -1 ? HTTPS : uri.getPort();
    }

    private String bareHost() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private int millisLeft() throws SocketTimeoutException {
        long left = patience.minusNanos(System.nanoTime() - started).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer within " + patience);
        }
        return (int) left;
    }

    private synchronized void own(Socket next) throws IOException {
        socket = next;
        if (closed) {
            throw new SocketTimeoutException("given up");
        }
    }

    /// Gives up: whatever blocks in [#get] fails.
    @Override
    public synchronized void close() {
        closed = true;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more, closed or not.
            }
        }
    }
}
