package io.flashcall.server.channel.email;

import io.flashcall.server.channel.Escaping;
import io.flashcall.server.channel.MessageValues;
import io.flashcall.server.channel.Template;
import io.flashcall.server.config.EmailChannelConfig;
import io.flashcall.server.config.Mailbox;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.Session;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Optional;
import java.util.Properties;

/// Writes letters: text and HTML that say the same, in the user's language. Immutable.
final class Letters {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final String PAGE = "page.html";

    private final EmailChannelConfig config;
    private final String page;
    private final jakarta.mail.Session mail = jakarta.mail.Session.getInstance(new Properties());

    Letters(EmailChannelConfig config) {
        this.config = config;
        this.page = page();
    }

    /// @param app what the app is called
    /// @throws MessagingException       when it cannot be written
    /// @throws IllegalArgumentException when the session's address is none that can be sent to
    Letter write(Session session, Attempt attempt, String code, String app) throws MessagingException {
        var intent = session.opening().intent();
        var to = Mailbox.ascii(intent.email().orElse(""));
        var language = intent.language();
        var values = MessageValues.of(session, attempt, code, app);
        var subject =
                Escaping.HEADER.apply(values.text(config.letter().subject().message(language)));
        var text = values.text(config.letter().text().message(language));

        var letter = new Letter(
                mail,
                session.id() + "." + attempt.number() + "@" + config.from().domain());
        letter.setFrom(from());
        letter.setRecipient(RecipientType.TO, new InternetAddress(to));
        letter.setSubject(subject, UTF_8);
        letter.setSentDate(Date.from(attempt.times().begun()));
        // RFC 3834 §5, and what Exchange wants instead: nobody's absence notice is to come back.
        letter.setHeader("Auto-Submitted", "auto-generated");
        letter.setHeader("X-Auto-Response-Suppress", "All");
        letter.setContent(new MimeMultipart(
                "alternative", part(text, "plain"), part(html(values, subject, text, language), "html")));
        letter.saveChanges();
        return letter;
    }

    private InternetAddress from() throws MessagingException {
        try {
            var from = config.from();
            return from.name().isEmpty()
                    ? new InternetAddress(from.address())
                    : new InternetAddress(from.address(), from.name(), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is everywhere", e);
        }
    }

    private String html(MessageValues values, String subject, String text, Optional<String> language) {
        var template =
                config.letter().html().map(html -> html.message(language)).orElse(page);
        var known = new HashMap<>(values.byName());
        known.put("subject", subject);
        known.put("text", text);
        known.put("language", language.orElse(""));
        return new Template(template, EmailChannelConfig.PAGE_VALUES).render(known, Escaping.XML);
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    private static String page() {
        try (var page = Letters.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new IllegalStateException(PAGE + " is not on the class path");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
