package io.flashcall.cli.loadapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads the rings of `carrier --handsets` as they begin, on a thread of its own.
final class RingFeed implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SECONDS_TO_BEGIN = 10;

    private final URI handsets;
    private final BiConsumer<String, String> consumer;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile String failure = "";

    /// Returns once no ring can be missed any more.
    ///
    /// @param consumer hears called number and caller id of each
    RingFeed(URI handsets, BiConsumer<String, String> consumer) throws IOException, InterruptedException {
        this.handsets = handsets;
        this.consumer = consumer;
        Thread.ofPlatform().daemon().name("flashcall-rings").start(this::read);
        if (!begun.await(SECONDS_TO_BEGIN, TimeUnit.SECONDS) || !failure.isEmpty()) {
            throw new IOException(handsets + ": " + (failure.isEmpty() ? "does not answer" : failure)
                    + " (expected: what carrier --handsets serves)");
        }
    }

    /// Why it ended early; empty while it has not.
    String failure() {
        return failure;
    }

    private void read() {
        var url = URI.create(handsets.toString().replaceAll("/+$", "") + "/rings");
        try (var lines = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofLines())
                .body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                begun.countDown();
                if (!line.isEmpty()) {
                    ring(line);
                }
            }
            failure = "the stream of rings ended";
        } catch (IOException | UncheckedIOException | JacksonException e) {
            failure = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            failure = "interrupted";
        }
        begun.countDown();
    }

    private void ring(String line) throws IOException {
        var json = JSON.readTree(line);
        if (json.has("lost")) {
            throw new IOException("we read rings too slowly and lost " + json.get("lost"));
        }
        consumer.accept(json.path("to").asString(""), json.path("from").asString(""));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
