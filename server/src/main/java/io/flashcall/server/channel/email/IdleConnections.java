package io.flashcall.server.channel.email;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connections that wait for the next letter: a few, and not for long, since a mail server counts them. Thread-safe.
final class IdleConnections implements AutoCloseable {

    private static final int MOST = 8;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ConcurrentLinkedDeque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    IdleConnections(ScheduledExecutorService clock) {
        var _ = clock.scheduleWithFixedDelay(this::sweep, LONGEST.toSeconds(), 2, TimeUnit.SECONDS);
    }

    /// The one that was used last.
    Optional<SmtpConnection> take() {
        return Optional.ofNullable(idle.pollLast());
    }

    void give(SmtpConnection connection) {
        connection.idleSince(System.nanoTime());
        idle.addLast(connection);
        if (closed || idle.size() > MOST) {
            close(idle.pollFirst());
        }
    }

    @Override
    public void close() {
        closed = true;
        for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            close(connection);
        }
    }

    private void sweep() {
        for (var oldest = idle.peekFirst();
                oldest != null && System.nanoTime() - oldest.idleSince() > LONGEST.toNanos();
                oldest = idle.peekFirst()) {
            if (idle.remove(oldest)) {
                close(oldest);
            }
        }
    }

    private static void close(@Nullable SmtpConnection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (MessagingException | RuntimeException e) {
            // The server was faster.
        }
    }
}
