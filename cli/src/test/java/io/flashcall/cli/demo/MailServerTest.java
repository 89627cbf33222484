package io.flashcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MailServerTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void mail_for_anybody_is_told_with_its_plain_text() throws Exception {
        try (var server = MailServer.start((to, subject, text) -> heard.add(to + " | " + subject + " | " + text))) {
            var properties = new Properties();
            properties.put("mail.smtp.host", server.address().getHostString());
            properties.put("mail.smtp.port", server.address().getPort());
            for (var name : List.of("ann", "bob")) {
                var message = new MimeMessage(Session.getInstance(properties));
                message.setFrom("no-reply@demo.example");
                message.setRecipients(RecipientType.TO, name + "@mail.example");
                message.setSubject("Dein Code für " + name, "UTF-8");
                message.setContent(
                        new MimeMultipart("alternative", part("0136 grüßt", "plain"), part("<p>x</p>", "html")));
                Transport.send(message);
            }
        }
        assertThat(heard)
                .containsExactly(
                        "ann@mail.example | Dein Code für ann | 0136 grüßt",
                        "bob@mail.example | Dein Code für bob | 0136 grüßt");
    }

    private static MimeBodyPart part(String text, String subtype) throws Exception {
        var part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        return part;
    }
}
