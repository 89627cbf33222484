package io.flashcall.cli.demo;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a provider of text messages does after it took one: says that it has arrived, a moment later, to the service's
/// address for such receipts. Thread-safe.
final class SmsReceipts implements AutoCloseable {

    private static final Duration ON_THE_WAY = Duration.ofMillis(700);
    private static final Duration ANSWER_AT_MOST = Duration.ofSeconds(5);
    private static final int TOKEN_BYTES = 24;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String token;
    private volatile @Nullable URI service;

    SmsReceipts() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        token = HexFormat.of().formatHex(bytes);
    }

    /// The secret end of the address.
    String token() {
        return token;
    }

    /// From now on receipts go there; until then there are none.
    void open(URI url) {
        service = url;
    }

    /// @param id the provider's name of the message
    void delivered(String id) {
        var url = service;
        if (url != null) {
            Thread.ofVirtual().name("sms-receipt").start(() -> send(url, id));
        }
    }

    private void send(URI url, String id) {
        var body = JsonNodeFactory.instance.objectNode().put("id", id).put("status", "delivered");
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/receipts/sms/" + token))
                .timeout(ANSWER_AT_MOST)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            Thread.sleep(ON_THE_WAY);
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                log("the service answers " + status + " to a receipt");
            }
        } catch (IOException e) {
            // The service is stopping, and nobody waits for it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void log(String what) {
        System.getLogger(SmsReceipts.class.getName()).log(Level.WARNING, what);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
