package io.flashcall.server.channel.email;

import io.flashcall.server.config.EmailChannelConfig;
import io.flashcall.server.config.EmailChannelConfig.Login;
import io.flashcall.server.config.EmailChannelConfig.Security;
import io.flashcall.verification.ChannelName;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mail server that takes our letters. A connection is used again while it is fresh. What the server refuses for
/// now (4xx) is tried once more; what it may have taken never is. Thread-safe.
final class Relay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final ChannelName channel;
    private final EmailChannelConfig.Relay server;
    private final Session session;
    private final ScheduledExecutorService clock;
    private final IdleConnections idle;
    private final Duration pause;

    /// @param pause before a letter that was refused for now is tried again
    Relay(EmailChannelConfig config, Duration pause) {
        this.channel = config.name();
        this.server = config.relay();
        this.clock = SmtpSettings.clock();
        this.session = SmtpSettings.session(config, clock);
        this.idle = new IdleConnections(clock);
        this.pause = pause;
    }

    /// Hands a letter over, and waits for what the server says.
    Delivery deliver(Letter letter) {
        var first = idle.take().map(connection -> over(connection, letter));
        // A connection that lay idle may have been closed by the server just now: that says nothing about the letter.
        var delivery =
                first.filter(known -> !(known instanceof Delivery.Unreachable)).orElseGet(() -> afresh(letter));
        return delivery instanceof Delivery.Refused(int code) && isForNow(code) && paused() ? afresh(letter) : delivery;
    }

    @Override
    public void close() {
        idle.close();
        clock.shutdownNow();
    }

    private Delivery afresh(Letter letter) {
        var connection = new SmtpConnection(session, server.security() == Security.TLS);
        try {
            connection.connect(
                    server.host(),
                    server.port(),
                    server.login().map(Login::user).orElse(null),
                    server.login().map(Login::password).orElse(null));
        } catch (MessagingException | RuntimeException e) {
            close(connection);
            return unconnected(connection, e);
        }
        return over(connection, letter);
    }

    private Delivery over(SmtpConnection connection, Letter letter) {
        try {
            connection.send(letter);
            int code = connection.getLastReturnCode();
            idle.give(connection);
            return new Delivery.Accepted(code);
        } catch (MessagingException | RuntimeException e) {
            close(connection);
            var code = SmtpFailure.code(e);
            if (code.isPresent()) {
                return new Delivery.Refused(code.get());
            }
            var reason = SmtpFailure.reason(e);
            return connection.isWhollySent() ? new Delivery.Unsure(reason) : new Delivery.Unreachable(reason);
        }
    }

    private Delivery unconnected(SmtpConnection connection, Exception e) {
        var reason = SmtpFailure.reason(e);
        LOG.warn(
                "Channel {} has no connection to its mail server: {}",
                channel,
                e instanceof AuthenticationFailedException ? "it does not take user and password" : reason);
        int code = connection.getLastReturnCode();
        return SmtpFailure.isRefusal(code) ? new Delivery.Refused(code) : new Delivery.Unreachable(reason);
    }

    private boolean paused() {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isForNow(int code) {
        return code < 500;
    }

    private static void close(SmtpConnection connection) {
        try {
            connection.close();
        } catch (MessagingException e) {
            // It is of no further use, closed or not.
        }
    }
}
