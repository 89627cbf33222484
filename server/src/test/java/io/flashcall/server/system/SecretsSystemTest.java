package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// While a session is open its caller ids and codes are a secret: nothing that anybody can read holds one.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretsSystemTest {

    private static final int SESSIONS = 25;
    private static final String WRONG = "999999";

    /// Pools are what the operator entered; their numbers are no secret, only which of them was drawn is.
    private static final Set<String> EXEMPT = Set.of("pools");

    @Test
    void no_sink_holds_a_caller_id_or_a_code_of_an_open_session(@TempDir Path folder) throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        var ours = (Logger) LoggerFactory.getLogger("io.flashcall");
        var level = ours.getLevel();
        log.start();
        ours.addAppender(log);
        ours.setLevel(Level.TRACE);
        try (var stage = new Stage(folder, "by-number")) {
            var sinks = new TreeMap<String, List<String>>();
            var responses = sinks.computeIfAbsent("response", _ -> new ArrayList<>());
            var ids = new ArrayList<String>();
            var phones = phones();
            for (var phone : phones) {
                var started = stage.post(
                        "/v1/verifications", "{\"to\":\"" + phone + "\",\"code_length\":6,\"purpose\":\"login\"}", 201);
                responses.add(started.toString());
                ids.add(started.path("id").asString());
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ids)
                            .allMatch(id -> stage.session(id)
                                    .at("/attempts/0/state")
                                    .asString()
                                    .equals("ended")));
            for (var id : ids) {
                responses.add(stage.check(id, WRONG).toString());
                responses.add(stage.session(id).toString());
                responses.add(stage.get("/v1/verifications/" + id + "/events").toString());
            }
            responses.add(stage.get("/v1/verifications?limit=100").toString());
            responses.add(stage.get("/v1/stats").toString());
            sinks.put("metrics", List.of(stage.text("/metrics")));
            sinks.put("webhook", List.copyOf(stage.webhooks));
            sinks.putAll(tables(folder));
            sinks.put(
                    "log",
                    log.list.stream()
                            .map(event -> event.getFormattedMessage() + event.getThrowableProxy())
                            .toList());

            var secrets = new HashSet<String>();
            for (var phone : phones) {
                for (var callerId : stage.rings(phone)) {
                    secrets.add(callerId.substring(1));
                    secrets.add(callerId.substring(callerId.length() - 6));
                }
            }
            stage.messages.forEach(message -> secrets.add(message.substring(message.indexOf('|') + 1)));
            assertThat(secrets).as("something to look for").hasSizeGreaterThan(SESSIONS);
            assertThat(stage.webhooks).as("webhooks to look into").hasSizeGreaterThan(SESSIONS);
            assertThat(sinks.get("table sessions")).as("rows to look into").hasSizeGreaterThanOrEqualTo(SESSIONS);
            assertThat(sinks).containsKeys("table attempts", "table leases", "table deliveries", "table timeline");
            assertThat(found(sinks, secrets)).isEmpty();
            assertThat(ids)
                    .as("still open")
                    .allMatch(id -> stage.session(id).path("status").asString().equals("pending"));
        } finally {
            ours.setLevel(level);
            ours.detachAppender(log);
        }
    }

    /// Phones that ring, and some whose call fails, so that a message follows.
    private static List<String> phones() {
        var phones = new ArrayList<String>();
        for (int i = 0; i < SESSIONS; i++) {
            phones.add("+44740012" + (3100 + i));
        }
        phones.add("+447400125006");
        phones.add("+447400125486");
        return phones;
    }

    private static List<String> found(Map<String, List<String>> sinks, Set<String> secrets) {
        var found = new ArrayList<String>();
        var any = Pattern.compile("(?<!\\d)(" + String.join("|", secrets) + ")(?!\\d)");
        sinks.forEach((sink, texts) -> {
            for (var text : texts) {
                var match = any.matcher(text);
                if (match.find()) {
                    found.add(sink + ": " + text.substring(Math.max(0, match.start() - 40), match.end()));
                }
            }
        });
        return found;
    }

    private static Map<String, List<String>> tables(Path folder) throws SQLException {
        var tables = new TreeMap<String, List<String>>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("flashcall.db"));
                var names = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (names.next()) {
                var name = names.getString("TABLE_NAME");
                if (!EXEMPT.contains(name)) {
                    tables.put("table " + name, rows(connection, name));
                }
            }
        }
        return tables;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT * FROM " + table)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(result.getString(i)).append(" | ");
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
