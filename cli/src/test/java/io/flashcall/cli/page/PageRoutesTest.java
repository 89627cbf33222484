package io.flashcall.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.web.LocalServer;
import io.flashcall.verification.guard.NumberRules.Verdict;
import io.flashcall.verification.guard.PhoneNumberRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// The page's server, without a browser and without a service behind it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PageRoutesTest {

    private static final Pattern COUNTRY = Pattern.compile("\\['([A-Z]{2})', '[^']+', '(\\d+)', '([^']+)']");

    private final Visits visits = new Visits(InstantSource.system());
    private final LocalServer server = LocalServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PageRoutes(visits, InstantSource.system())::add);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    @Test
    void the_page_allows_nothing_from_elsewhere_and_has_nothing_inline() throws Exception {
        var page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self'; ")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body())
                .doesNotContain("http://", "https://", "style=", "<style", " onclick")
                .contains("<main>");
        for (var script : page.body().split("<script", -1)) {
            assertThat(script)
                    .satisfiesAnyOf(
                            text -> assertThat(text).startsWith("<!doctype html>"),
                            text -> assertThat(text)
                                    .matches("(?s)( type=\"module\")? src=\"/page/[a-z]+\\.js\"></script>.*"));
        }
    }

    @Test
    void every_file_that_the_page_and_its_scripts_name_is_there() throws Exception {
        var page = get("/").body();
        var named = Pattern.compile("/page/([a-z]+\\.[a-z]+)").matcher(page);
        while (named.find()) {
            assertThat(get("/page/" + named.group(1)).statusCode())
                    .as(named.group(1))
                    .isEqualTo(200);
        }
        var imported = Pattern.compile("from '\\./([a-z]+\\.js)'")
                .matcher(get("/page/main.js").body());
        while (imported.find()) {
            assertThat(get("/page/" + imported.group(1)).statusCode())
                    .as(imported.group(1))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page/nothing.js", "/page/PageRoutes.class", "/page/..%2fpage%2fmain.js"})
    void nothing_else_is_served(String path) throws Exception {
        assertThat(get(path).statusCode()).isBetween(400, 404);
    }

    @Test
    void every_number_that_the_form_gives_as_an_example_can_be_called() throws Exception {
        var rules = new PhoneNumberRules();
        var form = COUNTRY.matcher(get("/page/form.js").body());
        int count = 0;
        while (form.find()) {
            count++;
            assertThat(rules.judge(form.group(3), Optional.of(form.group(1))))
                    .as(form.group())
                    .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                        assertThat(accepted.country()).isEqualTo(form.group(1));
                        assertThat(accepted.number().digits()).startsWith(form.group(2));
                    });
        }
        assertThat(count).isGreaterThan(12);
    }

    @Test
    void a_visit_reads_what_it_is_told_and_goes_on_where_it_was() throws Exception {
        var id = created();
        var visit = visits.find(id).orElseThrow();
        visit.tell("mood", JsonNodeFactory.instance.objectNode().put("mood", "busy"));
        visit.tell("mood", JsonNodeFactory.instance.objectNode().put("mood", "off"));
        visits.claim("+441614960123", visit);
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/visits/" + id + "/stream?after=1"));
        var stream = client.send(request.build(), BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (var lines = stream.body()) {
            assertThat(lines.filter(line -> !line.startsWith(":") && !line.isEmpty())
                            .limit(3))
                    .containsExactly("id: 2", "event: mood", "data: {\"mood\":\"off\"}");
        }
    }

    @Test
    void who_does_not_know_a_visit_sees_nothing_of_it() throws Exception {
        assertThat(post("/visits/guess/hello", "{}").statusCode()).isEqualTo(404);
        assertThat(get("/visits/guess/stream").statusCode()).isEqualTo(404);
    }

    @Test
    void before_the_service_is_there_pages_are_asked_to_come_again() throws Exception {
        assertThat(post("/visits/" + created() + "/start", "{}").statusCode()).isEqualTo(503);
        assertThat(post("/visits/" + created() + "/start", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void another_sites_name_for_this_machine_is_refused() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /visits HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(reader.readLine()).startsWith("HTTP/1.1 403 ");
        }
    }

    private String created() throws Exception {
        var answer = post("/visits", "");
        assertThat(answer.statusCode()).isEqualTo(201);
        return new JsonMapper().readTree(answer.body()).path("id").asString("");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
