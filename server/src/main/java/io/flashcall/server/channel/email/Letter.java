package io.flashcall.server.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/// A message whose Message-ID we choose: the same attempt has the same one, however often it is written.
final class Letter extends MimeMessage {

    private final String id;

    /// @param id without `<` and `>`
    Letter(Session session, String id) {
        super(session);
        this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + id + ">");
    }

    @Override
    public String toString() {
        return "Letter[" + id + "]";
    }
}
