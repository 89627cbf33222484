package io.flashcall.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the process with the exit code that the command chose, also when a signal asked it to stop: the JVM itself
/// would end with 130 or 143, whatever became of the calls.
public final class ProcessStop implements StopSignal {

    private static final int NOT_IN_TIME = 1;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int code = NOT_IN_TIME;

    @Override
    public void on(Duration patience, Runnable request) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onShutdown(patience, request), "flashcall-stop"));
    }

    /// The command has ended; does not return.
    public void exit(int exitCode) {
        code = exitCode;
        finished.countDown();
        System.exit(exitCode);
    }

    private void onShutdown(Duration patience, Runnable request) {
        if (finished.getCount() == 0) {
            return;
        }
        request.run();
        try {
            boolean _ = finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
