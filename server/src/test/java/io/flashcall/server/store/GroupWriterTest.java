package io.flashcall.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.verification.store.Play;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many transactions, one commit.
@DisplayNameGeneration(ReplaceUnderscores.class)
class GroupWriterTest {

    private static final String ADD = "INSERT INTO meta (name, value) VALUES (?, 'x')";

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private SqliteDatabase database;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = SqliteDatabase.open(folder.resolve("test.db"));
    }

    @AfterEach
    void close() {
        callers.close();
        database.close();
    }

    @Test
    void a_task_that_fails_is_undone_alone() throws Exception {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 200; i++) {
            var name = "row " + i;
            boolean fails = i % 3 == 0;
            tasks.add(() -> added(name, fails));
        }

        var added = Play.atOnce(tasks);

        assertThat(added.stream().filter(done -> done)).hasSize(133);
        assertThat(names()).hasSize(133).doesNotContain("row 0", "row 3").contains("row 1", "row 2");
    }

    @Test
    void a_statement_that_fails_undoes_its_task_alone() throws Exception {
        add("there");

        var twice = inOneGroup(() -> add("one"), () -> add("there"), () -> add("two"));

        assertThat(twice.get(0).get()).isEqualTo(1);
        assertThatThrownBy(() -> twice.get(1).get())
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot add a row: ");
        assertThat(twice.get(2).get()).isEqualTo(1);
        assertThat(names()).containsExactlyInAnyOrder("there", "one", "two");
    }

    @Test
    void when_the_transaction_is_lost_all_of_its_tasks_are_told() throws Exception {
        var lost = inOneGroup(
                () -> add("one"),
                () -> database.write("lose the transaction", sql -> sql.update("ROLLBACK")),
                () -> add("two"));

        for (var task : lost) {
            assertThatThrownBy(task::get).cause().isInstanceOf(StoreException.class);
        }
        assertThat(names()).isEmpty();
        assertThat(add("three")).isEqualTo(1);
    }

    @Test
    void when_the_commit_fails_all_of_its_tasks_are_told() throws Exception {
        // A foreign key that is checked at the commit only.
        database.write("prepare", sql -> {
            sql.update("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
            return sql.update(
                    "CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
        });

        var lost = inOneGroup(
                () -> add("one"),
                () -> database.write("break the commit", sql -> sql.update("INSERT INTO child VALUES (7)")));

        for (var task : lost) {
            assertThatThrownBy(task::get).cause().isInstanceOf(StoreException.class);
        }
        assertThat(names()).isEmpty();
        assertThat(add("three")).isEqualTo(1);
    }

    @Test
    void an_error_in_a_task_reaches_its_caller_and_nobody_else() throws Exception {
        var tasks = inOneGroup(
                () -> add("one"),
                () -> database.write("fail", _ -> {
                    throw new AssertionError("a fault");
                }));

        assertThat(tasks.get(0).get()).isEqualTo(1);
        assertThatThrownBy(() -> tasks.get(1).get()).cause().isInstanceOf(AssertionError.class);
        assertThat(add("two")).isEqualTo(1);
    }

    @Test
    void a_transaction_cannot_ask_for_another_one() {
        assertThatThrownBy(() -> database.write("nest", _ -> add("inner"))).isInstanceOf(IllegalStateException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void what_is_queued_when_it_is_closed_is_finished() throws Exception {
        var tasks = inOneGroup(() -> add("one"), () -> add("two"));

        database.close();

        for (var task : tasks) {
            assertThat(task.get()).isEqualTo(1);
        }
    }

    @Test
    void whoever_asks_while_it_closes_is_done_or_refused_and_never_left_waiting() throws Exception {
        var done = new AtomicInteger();
        var refused = new AtomicInteger();
        for (int i = 0; i < 500; i++) {
            var name = "row " + i;
            callers.execute(() -> {
                try {
                    add(name);
                    done.incrementAndGet();
                } catch (StoreException e) {
                    refused.incrementAndGet();
                }
            });
        }

        database.close();

        await().until(() -> done.get() + refused.get() == 500);
    }

    @Test
    void a_caller_that_is_interrupted_still_hears_what_became_of_it() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThat(add("one")).isEqualTo(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /// Has the writer wait until all of them are queued.
    @SafeVarargs
    private List<Future<Integer>> inOneGroup(Callable<Integer>... tasks) throws InterruptedException {
        var started = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        callers.execute(() -> database.write("wait", _ -> {
            started.countDown();
            return released(go);
        }));
        started.await();
        var futures = new ArrayList<Future<Integer>>();
        for (var task : tasks) {
            futures.add(callers.submit(task));
            int queued = futures.size();
            await().until(() -> database.queued() == queued);
        }
        go.countDown();
        return futures;
    }

    private static boolean released(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the writer", e);
        }
    }

    private boolean added(String name, boolean fails) {
        try {
            database.write("add a row", sql -> {
                sql.update(ADD, name);
                if (fails) {
                    throw new IllegalStateException("a fault");
                }
                return true;
            });
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private int add(String name) {
        return database.write("add a row", sql -> sql.update(ADD, name));
    }

    private List<String> names() {
        return database.read("read rows", sql -> {
            var names = new ArrayList<String>();
            try (var rows = sql.query("SELECT name FROM meta")) {
                while (rows.next()) {
                    names.add(rows.text());
                }
            }
            return names;
        });
    }
}
