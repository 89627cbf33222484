package io.flashcall.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.flashcall.cli.SandboxFile;
import io.flashcall.cli.Shell;
import io.flashcall.engine.E164;
import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.server.store.SqlStore;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Terms;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.pricing.Usage;
import io.flashcall.verification.store.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExportCommandTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final E164 ALICE = new E164("447700900123");
    private static final Quote CALL = new Quote(
            new Rate(Price.parse("0.060 EUR"), new Increment.Time(30, 6), "north, \"new\".csv:7"),
            Optional.of(Price.parse("0.05 USD")),
            Optional.of("north +44"));

    private final Random random = new Random(1);
    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path config;
    private SqlStore store;

    @BeforeEach
    void open() throws IOException {
        config = SandboxFile.in(folder);
        var storage = ServerConfigReader.read(config).storage();
        var vault = new Vault(storage.masterKey().load());
        store = SqlStore.open(storage.store(), new AppCodec(), new PoolCodec(), vault);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_line_tells_all_that_a_bill_can_be_held_against() throws IOException {
        var answered = new AttemptResult(
                Verdict.DELIVERED, "answered_after_ringing", "200 OK", true, new Usage(1, Duration.ofMillis(31_500)));
        var id = save("demo", "login", NOON, Optional.of(answered));

        var lines = export("--from=2026-03-01", "--to=2026-03-02");

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.getFieldsAsMap())
                        .containsEntry("session", id.value())
                        .containsEntry("attempt", "1")
                        .containsEntry("app", "demo")
                        .containsEntry("purpose", "login")
                        .containsEntry("country", "GB")
                        .containsEntry("to", "4477********")
                        .containsEntry("channel", "flash_call")
                        .containsEntry("trunk", "north")
                        .containsEntry("began_at", "2026-03-01T12:00:00Z")
                        .containsEntry("rang_at", "2026-03-01T12:00:01Z")
                        .containsEntry("ended_at", "2026-03-01T12:00:02Z")
                        .containsEntry("outcome", "answered_after_ringing")
                        .containsEntry("receipt", "")
                        .containsEntry("parts", "1")
                        .containsEntry("answered_seconds", "31.5")
                        .containsEntry("rate", "north, \"new\".csv:7")
                        .containsEntry("unit_price", "0.06")
                        .containsEntry("increment", "30/6")
                        .containsEntry("cost", "0.036")
                        .containsEntry("unsettled_cost", "")
                        .containsEntry("currency", "EUR")
                        .containsEntry("alternative", "0.05")
                        .containsEntry("alternative_currency", "USD")
                        .hasSize(23));
    }

    @Test
    void an_attempt_without_an_outcome_has_an_unsettled_cost() throws IOException {
        save("demo", "login", NOON, Optional.empty());

        assertThat(export("--from=2026-03-01"))
                .singleElement()
                .satisfies(line -> assertThat(line.getFieldsAsMap())
                        .containsEntry("ended_at", "")
                        .containsEntry("cost", "")
                        .containsEntry("unsettled_cost", "0.06"));
    }

    @Test
    void whole_numbers_are_written_when_they_are_asked_for_and_no_spreadsheet_calculates() throws IOException {
        save("demo", "=1+1", NOON, Optional.empty());

        assertThat(export("--from=2026-03-01", "--numbers"))
                .singleElement()
                .satisfies(line -> assertThat(line.getFieldsAsMap())
                        .containsEntry("to", "447700900123")
                        .containsEntry("purpose", "'=1+1"));
    }

    @Test
    void a_period_and_an_app_choose_and_many_pages_are_one_file() throws IOException {
        for (int i = 0; i < 1_100; i++) {
            save("demo", "login", NOON, Optional.empty());
        }
        save("bank", "login", NOON.plusSeconds(1), Optional.empty());

        assertThat(export("--from=2026-03-01T12:00:00Z", "--to=2026-03-01T13:00:01+01:00"))
                .hasSize(1_100);
        assertThat(export("--from=2026-03-01", "--app=bank")).hasSize(1);
    }

    @Test
    void a_file_is_its_owners_alone_and_replaces_what_was_there() throws IOException {
        save("demo", "login", NOON, Optional.empty());
        var file = Files.writeString(folder.resolve("march.csv"), "what was there");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(shell.run("export", "--config=" + config, "--from=2026-03-01", "--out=" + file))
                .as(shell.err())
                .isZero();

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("exported 1 attempt to " + file);
        assertThat(Files.readString(file)).startsWith("session,attempt,").contains("\r\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(other -> other.getFileName().toString().startsWith(".export"));
        }
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThat(shell.run("export", "--config=" + config, "--from=yesterday"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("yesterday", "2026-01-31");
        assertThat(shell.run("export", "--config=" + config, "--from=2026-03-02", "--to=2026-03-01"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("before 2026-03-01T00:00:00Z");
        assertThat(shell.run("export", "--config=" + config, "--from=2026-03-01", "--out=/dev/null/x"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("/dev/null/x");
    }

    private List<NamedCsvRecord> export(String... options) throws IOException {
        var args = new ArrayList<>(List.of("export", "--config=" + config));
        args.addAll(List.of(options));
        assertThat(shell.run(args.toArray(String[]::new))).as(shell.err()).isZero();
        try (var reader = CsvReader.builder().ofNamedCsvRecord(shell.out())) {
            return reader.stream().toList();
        }
    }

    /// A session whose flash call rang after a second, and ended after another.
    private SessionId save(String app, String purpose, Instant at, Optional<AttemptResult> result) {
        var id = SessionId.next(at, random);
        var intent = new Intent(
                ALICE, "GB", purpose, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var terms =
                new Terms(4, Duration.ofMinutes(5), 3, 3, List.of(PlannedChannel.FLASH_CALL), Duration.ofSeconds(1));
        var opening = new Opening(id, new AppId(app), intent, terms, at, Opening.Claims.NONE);
        var plan = new Attempt.Plan(
                1,
                1,
                0,
                ChannelName.FLASH_CALL,
                Optional.of(new Attempt.Way("north", "london", "first route")),
                Optional.of(CALL));
        var code = new Attempt.Code("mac", Optional.empty(), "+442079");
        var step = Session.start(opening).session().on(new SessionEvent.Prepared(Attempt.begin(plan, code, at)), at);
        if (result.isPresent()) {
            step = step.session().on(new SessionEvent.Ringing(1), at.plusSeconds(1));
            step = step.session().on(new SessionEvent.AttemptEnded(1, result.get()), at.plusSeconds(2));
        }
        store.sessions().create(Write.of(step, List.of()));
        return id;
    }
}
