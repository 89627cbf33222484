package io.flashcall.cli.handset;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.web.LocalServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HandsetRoutesTest {

    private static final String BOB = "+442079460123";

    private final Handsets handsets = new Handsets(() -> Instant.parse("2026-01-01T12:00:00Z"));
    private final LocalServer server = LocalServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new HandsetRoutes(handsets)::add);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    @Test
    void a_handset_tells_its_calls() throws Exception {
        assertThat(get("/handsets/" + BOB).body().strip())
                .isEqualTo("{\"number\":\"+442079460123\",\"ringing\":false,\"calls\":[]}");
        handsets.onRinging(BOB, "+12025550199");
        assertThat(get("/handsets/" + BOB).body().strip())
                .isEqualTo("{\"number\":\"+442079460123\",\"ringing\":true,\"calls\":[{\"call\":1,\"from\":"
                        + "\"+12025550199\",\"began_at\":\"2026-01-01T12:00:00Z\",\"rang_ms\":null}]}");
        handsets.onRingStopped(BOB, "+12025550199");
        assertThat(get("/handsets/%2B442079460123").body()).contains("\"ringing\":false", "\"rang_ms\":0");
    }

    @Test
    void next_waits_for_a_call_and_says_when_none_came() throws Exception {
        handsets.onRinging(BOB, "+12025550199");
        assertThat(get("/handsets/" + BOB + "/next").body()).startsWith("{\"call\":1,\"from\":\"+12025550199\"");
        assertThat(get("/handsets/" + BOB + "/next?after=1&wait=10ms").statusCode())
                .isEqualTo(204);
        assertThat(get("/handsets/" + BOB + "/next?wait=soon").statusCode()).isEqualTo(400);
    }

    @Test
    void rings_are_lines_of_json_as_they_begin() throws Exception {
        var stream = client.send(request("/rings"), BodyHandlers.ofLines()).body();
        var lines = stream.iterator();
        assertThat(lines.next()).isEmpty(); // whoever reads it is subscribed
        handsets.onRinging(BOB, "+12025550199");
        assertThat(lines.next())
                .isEqualTo("{\"to\":\"+442079460123\",\"from\":\"+12025550199\",\"at\":\"2026-01-01T12:00:00Z\"}");
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), BodyHandlers.ofString());
    }
}
