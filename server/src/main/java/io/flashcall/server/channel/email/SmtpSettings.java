package io.flashcall.server.channel.email;

import io.flashcall.server.config.EmailChannelConfig;
import io.flashcall.server.config.EmailChannelConfig.Security;
import io.flashcall.server.net.Trust;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;

/// How the library is to connect.
final class SmtpSettings {

    private SmtpSettings() {}

    /// One thread that ends what takes too long to write, and connections that nobody needs.
    static ScheduledExecutorService clock() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("smtp-clock").factory());
    }

    static Session session(EmailChannelConfig config, ScheduledExecutorService clock) {
        var relay = config.relay();
        var millis = Long.toString(config.timeout().toMillis());
        var properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.executor.writetimeout", clock);
        // Else the machine's own name would be looked up, and told.
        properties.setProperty("mail.smtp.localhost", config.from().domain());
        properties.setProperty("mail.smtp.from", config.from().address());
        properties.setProperty("mail.smtp.auth", Boolean.toString(relay.login().isPresent()));
        properties.setProperty("mail.smtp.quitwait", "false");
        boolean starttls = relay.security() == Security.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        relay.trust().ifPresent(file -> properties.put("mail.smtp.ssl.socketFactory", trusting(file)));
        return Session.getInstance(properties);
    }

    private static SSLSocketFactory trusting(Path file) {
        try {
            return Trust.in(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read certificates from " + file + ": " + e.getMessage(), e);
        }
    }
}
