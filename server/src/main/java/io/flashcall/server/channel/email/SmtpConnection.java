package io.flashcall.server.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// A connection to a mail server that knows how far a letter got. Used by one thread at a time.
final class SmtpConnection extends SMTPTransport {

    private boolean whollySent;
    private long idleSince;

    /// @param tls whether it is protected from its first byte
    SmtpConnection(Session session, boolean tls) {
        super(session, new URLName("smtp", null, -1, null, null, null), "smtp", tls);
    }

    /// Hands a letter over; throws unless the server took it.
    void send(Letter letter) throws MessagingException {
        whollySent = false;
        sendMessage(letter, letter.getAllRecipients());
    }

    /// Whether the last line of a letter was sent: from then on only the server knows whether it has it.
    boolean isWhollySent() {
        return whollySent;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        whollySent = true;
        super.finishData();
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }
}
