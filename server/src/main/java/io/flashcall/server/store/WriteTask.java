package io.flashcall.server.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// One transaction on its way through the writer: run there, answered once it is on disk.
final class WriteTask<T> {

    private final String what;
    private final Work<T> work;
    private final CompletableFuture<Supplier<T>> answer = new CompletableFuture<>();
    // The writer's own until the answer is given.
    private Supplier<T> outcome = () -> {
        throw new IllegalStateException("answered before it was run");
    };

    WriteTask(String what, Work<T> work) {
        this.what = what;
        this.work = work;
    }

    /// @return whether it went well
    boolean run(Sql sql) {
        try {
            var result = work.in(sql);
            outcome = () -> result;
            return true;
        } catch (SQLException e) {
            outcome = () -> {
                throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
            };
        } catch (RuntimeException e) {
            outcome = () -> {
                throw e;
            };
        } catch (Error e) {
            outcome = () -> {
                throw e;
            };
        }
        return false;
    }

    /// It is on disk, or failed by itself.
    void answer() {
        answer.complete(outcome);
    }

    /// The whole group came to nothing.
    void fail(Throwable cause) {
        answer.complete(() -> {
            throw new StoreException("cannot " + what + ": " + cause.getMessage(), cause);
        });
    }

    /// Waits for the answer, even when interrupted: by then nobody can tell whether it was saved.
    T await() {
        return answer.join().get();
    }
}
