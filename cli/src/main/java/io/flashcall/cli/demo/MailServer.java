package io.flashcall.cli.demo;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The mail server of the demo's phones: takes mail for any address over SMTP, tells whoever listens, and keeps none.
final class MailServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final GreenMail server;

    /// Hears of mail, on a thread of the server's.
    @FunctionalInterface
    interface Listener {

        /// @param text its plain text; empty when it has none
        void onMail(String to, String subject, String text);
    }

    private MailServer(GreenMail server) {
        this.server = server;
    }

    /// Listens on a free port.
    ///
    /// @throws IOException when it cannot
    static MailServer start(Listener listener) throws IOException {
        var server = new GreenMail(new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTP))
                .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IOException("a mail server cannot listen on " + LOOPBACK + ": " + e.getMessage(), e);
        }
        var everybody = server.setUser("everybody@localhost", "everybody", "");
        server.getUserManager()
                .setMessageDeliveryHandler((message, to) -> receive(server, everybody, listener, message, to));
        return new MailServer(server);
    }

    /// What came before is forgotten: one message is kept at most.
    private static GreenMailUser receive(
            GreenMail server, GreenMailUser everybody, Listener listener, MovingMessage message, MailAddress to)
            throws MessagingException, UserException {
        try {
            server.purgeEmailFromAllMailboxes();
            var mail = message.getMessage();
            var subject = Optional.ofNullable(mail.getSubject()).orElse("");
            listener.onMail(to.getEmail(), subject, text(mail).orElse("").strip());
        } catch (FolderException | IOException e) {
            throw new MessagingException("mail cannot be read", e);
        }
        return everybody;
    }

    private static Optional<String> text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return Optional.of(part.getContent().toString());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = text(parts.getBodyPart(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.getSmtp().getPort());
    }

    @Override
    public void close() {
        server.stop();
    }
}
