package io.flashcall.server.store;

import static io.flashcall.verification.store.Sample.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.AppId;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Costs.Grouping;
import io.flashcall.verification.store.PostgresServer;
import io.flashcall.verification.store.Sample;
import io.flashcall.verification.store.SessionQuery;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every statement on a table that grows finds its rows by an index, in their order.
@DisplayNameGeneration(ReplaceUnderscores.class)
class QueryPlanTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                SessionRows.class,
                AttemptRows.class,
                LeaseRows.class,
                EventRows.class,
                Removal.class,
                SqlSessions.class,
                SqlLeases.class,
                SqlFailedChecks.class,
                SqlIdempotentRequests.class,
                SqlOutbox.class,
                SqlSentMessages.class,
                SqlStatistics.class,
                SqlNodes.class,
                Revision.class,
                SqlVolumes.class,
                SqlSpending.class,
                SqlQuarantines.class,
                SqlBills.class,
                VolumeRows.class,
                SpendingRows.class,
                DeliveryClaim.class,
                DeliverySettlement.class,
                EndpointLock.class
            })
    void no_statement_reads_a_whole_table(Class<?> statements, @TempDir Path folder) throws Exception {
        var file = folder.resolve("test.db");
        SqliteDatabase.open(file).close();

        for (var field : statements.getDeclaredFields()) {
            if (isStatement(field)) {
                assertThat(wholeScans(postgresPlan((String) field.get(null))))
                        .as("PostgreSQL: " + statements.getSimpleName() + "." + field.getName())
                        .isEmpty();
            }
            if (isStatement(field) && !field.getName().startsWith("PG_")) {
                assertThat(plan(file, (String) field.get(null)))
                        .as(statements.getSimpleName() + "." + field.getName())
                        .filteredOn(line -> !line.startsWith("SCAN e "))
                        .noneMatch(line -> line.startsWith("SCAN") || line.contains("TEMP B-TREE FOR ORDER BY"));
            }
        }
    }

    @Test
    void a_list_reads_the_sessions_of_its_destination_or_else_those_of_its_app(@TempDir Path folder)
            throws SQLException {
        var file = folder.resolve("test.db");
        SqliteDatabase.open(file).close();

        assertThat(list(file, Optional.of("mac"), Optional.of(SHOP), Optional.of(Status.FAILED)))
                .anyMatch(line -> line.contains("sessions_of_destination (destination_mac=? AND id<?)"));
        assertThat(list(file, Optional.empty(), Optional.of(SHOP), Optional.of(Status.FAILED)))
                .anyMatch(line -> line.contains("sessions_of_app_by_status (app=? AND status=? AND id<?)"));
        assertThat(list(file, Optional.empty(), Optional.of(SHOP), Optional.empty()))
                .anyMatch(line -> line.contains("sessions_of_app (app=? AND id<?)"));
    }

    @Test
    void costs_read_the_attempts_of_their_period(@TempDir Path folder) throws SQLException {
        var file = folder.resolve("test.db");
        SqliteDatabase.open(file).close();

        for (var app : List.of(Optional.<AppId>empty(), Optional.of(SHOP))) {
            for (var by : List.of(EnumSet.noneOf(Grouping.class), EnumSet.allOf(Grouping.class))) {
                var query = new Costs.Query(app, Sample.NOON, Sample.NOON.plusSeconds(1), by);
                assertThat(plan(file, SqlCosts.text(query)))
                        .anyMatch(line -> line.contains("attempts_by_begin (began_at>? AND began_at<?)")
                                || line.contains("sessions_of_app (app=? AND id>? AND id<?)"))
                        .noneMatch(line -> line.startsWith("SCAN"));
            }
        }
    }

    /// Scans that read a whole table, or a whole index: those without a condition on it.
    private static List<String> wholeScans(List<String> plan) {
        var whole = new ArrayList<String>();
        var scan = Pattern.compile(".*(Seq|Index|Index Only|Bitmap Heap) Scan .*on (?!endpoints|nodes|meta).*");
        for (int i = 0; i < plan.size(); i++) {
            var below = plan.subList(i + 1, plan.size()).stream()
                    .takeWhile(line -> !line.contains("->"))
                    .toList();
            if (scan.matcher(plan.get(i)).matches()
                    && below.stream().noneMatch(line -> line.matches(" *(Index|Recheck) Cond: .*"))) {
                whole.add(plan.get(i).strip());
            }
        }
        return whole;
    }

    /// Of a statement that is prepared once for all values, in a database of which no statistics tell anything.
    private static List<String> postgresPlan(String text) throws SQLException {
        var server = PostgresServer.get();
        var plan = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(server.url(Kept.DATABASE), server.user(), "");
                var statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET plan_cache_mode = force_generic_plan");
            var values = new AtomicInteger();
            var numbered = Pattern.compile("\\?").matcher(text).replaceAll(_ -> "\\$" + values.incrementAndGet());
            statement.execute("PREPARE plan AS " + numbered);
            var nothing = String.join(", ", Collections.nCopies(values.get(), "NULL"));
            try (var rows =
                    statement.executeQuery("EXPLAIN EXECUTE plan" + (nothing.isEmpty() ? "" : "(" + nothing + ")"))) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
        }
        return plan;
    }

    private static final class Kept {

        static final String DATABASE = PostgresStorage.emptyDatabase();
    }

    private static List<String> list(Path file, Optional<String> mac, Optional<AppId> app, Optional<Status> status)
            throws SQLException {
        var after = SessionId.next(Sample.NOON, RandomGenerator.getDefault());
        return plan(
                file,
                SessionList.of(new SessionQuery(app, mac, status, Optional.of(after), 100))
                        .text());
    }

    private static boolean isStatement(Field field) throws IllegalAccessException {
        if (field.getType() != String.class || !Modifier.isStatic(field.getModifiers())) {
            return false;
        }
        field.setAccessible(true);
        var text = (String) field.get(null);
        return text.matches("(?s)(SELECT.*WHERE|INSERT|UPDATE|DELETE).*") && !text.contains("%s");
    }

    private static List<String> plan(Path file, String text) throws SQLException {
        var plan = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + text);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                plan.add(rows.getString("detail"));
            }
        }
        return Collections.unmodifiableList(plan);
    }
}
