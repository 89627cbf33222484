package io.flashcall.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;

/// Sends requests to URLs that we did not choose. It connects only to addresses that its [AddressGuard] allows,
/// checked at the moment of connecting; it follows no redirect, uses no proxy, keeps no cookie, repeats nothing
/// by itself, reads no more than [#MOST_BODY_BYTES] of an answer, and is done by the request's deadline even
/// where the answer drips. Connections are kept and used again.
///
/// The client behind it is made when it is first needed, or by [#warmUp]: it reads the certificates that the
/// machine trusts, which a start should not wait for.
///
/// Thread-safe. Blocks; for virtual threads.
public final class GuardedHttp implements AutoCloseable {

    /// What is read of an answer's body.
    public static final int MOST_BODY_BYTES = 64 * 1024;

    private final FutureTask<CloseableHttpClient> client;
    private final Deadlines deadlines = new Deadlines();
    private final Optional<SystemLookup> ownLookup;

    /// Resolves names as the machine does.
    public GuardedHttp(AddressGuard guard) {
        var lookup = new SystemLookup(InetAddress::getAllByName);
        this.ownLookup = Optional.of(lookup);
        this.client = new FutureTask<>(() -> GuardedClient.open(new GuardedResolver(guard, lookup)));
    }

    public GuardedHttp(AddressGuard guard, Lookup lookup) {
        this.ownLookup = Optional.empty();
        this.client = new FutureTask<>(() -> GuardedClient.open(new GuardedResolver(guard, lookup)));
    }

    /// Does now what the first request would wait for.
    public void warmUp() {
        client.run();
    }

    /// Sends it once and waits for what comes of it. Never throws for what the other side does.
    public Answer send(Outgoing outgoing) {
        if (!isUsable(outgoing.url())) {
            return new Answer.Failed("the URL is not one of http or https", false);
        }
        try {
            warmUp();
            return send(client.get(), outgoing);
        } catch (ExecutionException e) {
            throw new IllegalStateException("no HTTP client can be made on this machine", e);
        } catch (CancellationException | RejectedExecutionException e) {
            return new Answer.Failed("shutting down", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("interrupted", false);
        }
    }

    private Answer send(CloseableHttpClient ready, Outgoing outgoing) {
        var exchange = new Exchange(request(outgoing));
        var deadline = deadlines.after(outgoing.deadline(), exchange::onDeadline);
        long until = System.nanoTime() + outgoing.deadline().toNanos();
        try {
            return ScopedValue.where(GuardedResolver.UNTIL, until).call(() -> answer(ready, exchange, outgoing.url()));
        } finally {
            deadline.cancel(false);
        }
    }

    private static Answer answer(CloseableHttpClient ready, Exchange exchange, URI url) {
        try {
            return exchange(ready, exchange, url);
        } catch (IOException | HttpException e) {
            return exchange.failed(e);
        }
    }

    private static Answer exchange(CloseableHttpClient ready, Exchange exchange, URI url)
            throws IOException, HttpException {
        var context = HttpClientContext.create();
        context.setAttribute(GuardedClient.EXCHANGE, exchange);
        var response = ready.executeOpen(target(url), exchange.request(), context);
        try {
            var retryAfter = response.getFirstHeader("Retry-After");
            return new Answer.Answered(
                    response.getCode(),
                    retryAfter == null ? Optional.empty() : Optional.of(retryAfter.getValue()),
                    body(response, exchange));
        } finally {
            closeQuietly(response);
        }
    }

    private static String body(ClassicHttpResponse response, Exchange exchange) throws IOException {
        if (response.getEntity() == null) {
            return "";
        }
        InputStream content = response.getEntity().getContent();
        byte[] body = content.readNBytes(MOST_BODY_BYTES);
        if (body.length == MOST_BODY_BYTES && content.read() >= 0) {
            // Closing the stream would read the rest, however long: its connection is given up instead.
            exchange.request().cancel();
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            // Its connection was given up; the answer, or what went wrong before, is what counts.
        }
    }

    private static HttpUriRequestBase request(Outgoing outgoing) {
        var request = new HttpUriRequestBase(outgoing.method(), outgoing.url());
        outgoing.headers().forEach(request::setHeader);
        if (!outgoing.body().isEmpty()) {
            request.setEntity(new ByteArrayEntity(outgoing.body().getBytes(StandardCharsets.UTF_8), null));
        }
        return request;
    }

    private static boolean isUsable(URI url) {
        var scheme = url.getScheme();
        return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                && url.getHost() != null
                && url.getRawUserInfo() == null;
    }

    private static HttpHost target(URI url) {
        var host = url.getHost();
        boolean literal = host.startsWith("[");
        return new HttpHost(url.getScheme(), literal ? host.substring(1, host.length() - 1) : host, url.getPort());
    }

    @Override
    public void close() {
        if (!client.cancel(false) && client.state() == Future.State.SUCCESS) {
            client.resultNow().close(CloseMode.IMMEDIATE);
        }
        deadlines.close();
        ownLookup.ifPresent(SystemLookup::close);
    }
}
