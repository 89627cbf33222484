package io.flashcall.server.net;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Makes the HTTP client that does as little by itself as one can.
final class GuardedClient {

    /// The attribute of a request's context that holds its [Exchange].
    static final String EXCHANGE = "flashcall.exchange";

    /// One address may take this long to be connected to.
    static final Duration CONNECT_TIME = Duration.ofSeconds(5);

    /// Callers bound what they send at once; this only bounds a mistake.
    private static final int MOST_CONNECTIONS_PER_HOST = 2048;

    /// Servers close idle connections after some seconds: an older one is looked at before it is used.
    private static final TimeValue TRUSTED_IDLE = TimeValue.ofMilliseconds(200);

    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(20);

    private GuardedClient() {}

    static CloseableHttpClient open(GuardedResolver resolver) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections(resolver))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionRequestTimeout(Timeout.of(CONNECT_TIME))
                        .setResponseTimeout(Timeout.DISABLED)
                        .setDefaultKeepAlive(LONGEST_IDLE.toSeconds(), TimeUnit.SECONDS)
                        .build())
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "CONNECTED", GuardedClient::connected)
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
}
