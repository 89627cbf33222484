package io.flashcall.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Sends requests to URLs that we did not choose. It connects only to addresses that its [AddressGuard] allows,
/// checked at the moment of connecting; it follows no redirect, uses no proxy, keeps no cookie, repeats nothing
/// by itself, reads no more than [#MOST_BODY_BYTES] of an answer, and is done by the request's deadline even
/// where the answer drips. Connections are kept and used again.
///
/// Thread-safe. Blocks; for virtual threads.
public final class GuardedHttp implements AutoCloseable {

    /// What is read of an answer's body.
    public static final int MOST_BODY_BYTES = 64 * 1024;

    /// One address may take this long to be connected to.
    private static final Duration CONNECT_TIME = Duration.ofSeconds(5);

    /// Callers bound what they send at once; this only bounds a mistake.
    private static final int MOST_CONNECTIONS_PER_HOST = 2048;

    /// Servers close idle connections after some seconds: an older one is looked at before it is used.
    private static final TimeValue TRUSTED_IDLE = TimeValue.ofMilliseconds(200);

    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(20);
    private static final String EXCHANGE = "flashcall.exchange";

    private final CloseableHttpClient client;
    private final Deadlines deadlines = new Deadlines();
    private final Optional<SystemLookup> ownLookup;

    /// Resolves names as the machine does.
    public GuardedHttp(AddressGuard guard) {
        var lookup = new SystemLookup(CONNECT_TIME);
        this.ownLookup = Optional.of(lookup);
        this.client = client(new GuardedResolver(guard, lookup));
    }

    public GuardedHttp(AddressGuard guard, Lookup lookup) {
        this.ownLookup = Optional.empty();
        this.client = client(new GuardedResolver(guard, lookup));
    }

    /// Sends it once and waits for what comes of it. Never throws for what the other side does.
    public Answer send(Outgoing outgoing) {
        if (!isUsable(outgoing.url())) {
            return new Answer.Failed("the URL is not one of http or https", false);
        }
        var exchange = new Exchange(request(outgoing));
        var deadline = deadlines.after(outgoing.deadline(), exchange::onDeadline);
        try {
            return exchange(exchange, outgoing.url());
        } catch (IOException | HttpException e) {
            return exchange.failed(e);
        } finally {
            deadline.cancel(false);
        }
    }

    private Answer exchange(Exchange exchange, URI url) throws IOException, HttpException {
        var context = HttpClientContext.create();
        context.setAttribute(EXCHANGE, exchange);
        var response = client.executeOpen(target(url), exchange.request(), context);
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

    private static CloseableHttpClient client(GuardedResolver resolver) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections(resolver))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionRequestTimeout(Timeout.of(CONNECT_TIME))
                        .setResponseTimeout(Timeout.DISABLED)
                        .setDefaultKeepAlive(LONGEST_IDLE.toSeconds(), TimeUnit.SECONDS)
                        .build())
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "CONNECTED", GuardedHttp::connected)
                .setUserAgent("Flashcall")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .evictIdleConnections(LONGEST_IDLE)
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(GuardedResolver resolver) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(MOST_CONNECTIONS_PER_HOST)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(8192)
                                .setMaxHeaderCount(128)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_TIME))
                        .setValidateAfterInactivity(TRUSTED_IDLE)
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
    }

    private static ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof Exchange exchange) {
            exchange.onConnected();
        }
        return chain.proceed(request, scope);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        deadlines.close();
        ownLookup.ifPresent(SystemLookup::close);
    }
}
