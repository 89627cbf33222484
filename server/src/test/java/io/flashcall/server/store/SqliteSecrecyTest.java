package io.flashcall.server.store;

import static io.flashcall.verification.store.Sample.CALLER;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.Play;
import io.flashcall.verification.store.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the file itself.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteSecrecyTest {

    private static final String CODE = Sample.code(CALLER);

    @TempDir
    private Path folder;

    private SqliteStorage store;
    private Play play;

    @BeforeEach
    void open() {
        store = SqliteStorage.in(folder);
        play = new Play(store.sessions());
        store.endpoints()
                .save(new Endpoint("we_1", SHOP, "https://shop.example", Set.of(), List.of(), Optional.empty()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void no_table_holds_a_caller_id_or_code_of_an_open_session_in_the_clear() throws SQLException {
        openSession();

        var tables = tables();

        assertThat(tables).contains("sessions", "attempts", "leases", "timeline", "deliveries", "idempotent_requests");
        for (var table : tables) {
            assertThat(values(table)).noneMatch(value -> value.contains(CALLER.digits()) || value.contains(CODE));
        }
    }

    @Test
    void nor_do_the_files() throws IOException {
        openSession();

        for (var file : files()) {
            assertThat(text(file))
                    .as(file.toString())
                    .doesNotContain(CALLER.digits())
                    .doesNotContain(CODE);
        }
    }

    @Test
    void the_destination_is_there_while_it_is_needed_and_nowhere_once_it_was_erased() throws IOException {
        var id = openSession();
        play.check(id, 1, NOON.plusSeconds(5));
        assertThat(store.sessions().find(id).orElseThrow().status()).isEqualTo(Status.VERIFIED);
        assertThat(texts()).contains(Sample.ALICE.digits()).contains("user-17").contains("12.50");

        store.sessions().erase(Sample.VAULT.numberMac(Sample.ALICE));

        assertThat(texts())
                .doesNotContain(Sample.ALICE.digits())
                .doesNotContain("user-17")
                .doesNotContain("12.50");
    }

    @Test
    void the_files_are_for_their_owner_alone() throws IOException {
        openSession();

        assertThat(files()).hasSizeGreaterThanOrEqualTo(2);
        for (var file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    private SessionId openSession() {
        var key = new IdempotentRequests.Key("server-key", "order-17");
        store.idempotentRequests().claim(key, "print", NOON, Duration.ofMinutes(1));
        var id = play.start(Sample.session().reusedBy("key")).id();
        play.call(id, CALLER, NOON);
        play.ring(id, 1, NOON.plusSeconds(1));
        play.check(id, 0, NOON.plusSeconds(2));
        return id;
    }

    private Set<String> tables() throws SQLException {
        var tables = new TreeSet<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store.file());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private List<String> values(String table) throws SQLException {
        var values = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store.file());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
            }
        }
        return values;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    private String texts() throws IOException {
        var all = new StringBuilder();
        for (var file : files()) {
            all.append(text(file));
        }
        return all.toString();
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
