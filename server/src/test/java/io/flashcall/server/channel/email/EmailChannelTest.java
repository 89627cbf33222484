package io.flashcall.server.channel.email;

import static io.flashcall.server.channel.email.EmailScene.plain;
import static io.flashcall.server.channel.email.EmailScene.secure;
import static io.flashcall.server.channel.email.EmailScene.session;
import static io.flashcall.server.channel.email.EmailScene.text;
import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.flashcall.server.channel.tls.Certificate;
import io.flashcall.server.channel.tls.TlsFront;
import io.flashcall.server.config.EmailChannelConfig.Letter;
import io.flashcall.server.config.EmailChannelConfig.Security;
import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.channel.Preparation;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against GreenMail, a mail server.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmailChannelTest {

    private static final AttemptResult ACCEPTED = new AttemptResult(Verdict.DELIVERED, "accepted", "SMTP 250", true);

    @TempDir
    Path directory;

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    private final EmailScene scene = new EmailScene();

    @BeforeEach
    void start() {
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void a_letter_says_the_code_as_text_and_as_html() throws Exception {
        try (var channel = scene.channel(plain(port()))) {
            var code = scene.send(channel);

            assertThat(scene.results).containsExactly(ACCEPTED);
            var letter = received();
            assertThat(letter.getSubject()).isEqualTo("Your code for Alice's Shop");
            assertThat(letter.getFrom()).containsExactly(new InternetAddress("no-reply@shop.example", "Alice's Shop"));
            assertThat(letter.getAllRecipients()).containsExactly(new InternetAddress(EmailScene.ALICE));
            assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(letter.getSentDate().toInstant()).isEqualTo(NOON);
            assertThat(part(letter, 0)).isEqualTo(code + " is your code for Alice's Shop.");
            assertThat(letter.getContentType()).startsWith("multipart/alternative");
            assertThat(part(letter, 1))
                    .startsWith("<!doctype html>")
                    .contains(">" + code + "</p>", "Alice&apos;s Shop", "prefers-color-scheme: dark")
                    .doesNotContainPattern("\\{[a-z_]+}");
        }
    }

    @Test
    void the_same_attempt_has_the_same_message_id_of_our_own_domain() throws Exception {
        try (var channel = scene.from("codes@mail.shop.example").channel(plain(port()))) {
            var session = session(Optional.of(EmailScene.ALICE), Optional.empty());
            scene.send(channel, session);
            scene.send(channel, session);

            var id = "<" + session.id() + ".1@mail.shop.example>";
            assertThat(mail.getReceivedMessages())
                    .hasSize(2)
                    .allSatisfy(letter -> assertThat(letter.getMessageID()).isEqualTo(id));
        }
    }

    @Test
    void a_session_without_an_address_goes_elsewhere() {
        try (var channel = scene.channel(plain(port()))) {
            assertThat(channel.prepare(session(Optional.empty(), Optional.empty()), new Launch(1, 0, NOON)))
                    .isEqualTo(new Preparation.Unavailable("the start named no email address"));
        }
    }

    @Test
    void a_letter_is_in_the_user_s_language_whatever_its_letters_and_names() throws Exception {
        var letter = new Letter(
                new Texts(Map.of("default", "Code", "ja", "{app}の確認コード")),
                new Texts(Map.of("default", "{code}", "ja", "コードは {code} です。\nありがとう 😀")),
                Optional.empty());
        try (var channel = scene.writing(letter)
                .titled("株式会社 “例” & <Söhne>")
                .from("Müller & Söhne <no-reply@shop.example>")
                .channel(plain(port()))) {
            var code = scene.send(channel, session(Optional.of(EmailScene.ALICE), Optional.of("ja-JP")));

            var got = received();
            assertThat(got.getSubject()).isEqualTo("株式会社 “例” & <Söhne>の確認コード");
            assertThat(((InternetAddress) got.getFrom()[0]).getPersonal()).isEqualTo("Müller & Söhne");
            assertThat(part(got, 0)).isEqualToNormalizingNewlines("コードは " + code + " です。\nありがとう 😀");
            assertThat(part(got, 1)).contains("lang=\"ja-JP\"", "株式会社 “例” &amp; &lt;Söhne&gt;", "ありがとう 😀");
        }
    }

    @Test
    void an_own_page_may_place_every_value() throws Exception {
        var letter = new Letter(
                text("S"),
                text("T & {code}"),
                Optional.of(text("<p>{subject}|{text}|{spaced_code}|{minutes}|{language}|{app}|{other}</p>")));
        try (var channel = scene.writing(letter).channel(plain(port()))) {
            var code = scene.send(channel);

            assertThat(part(received(), 1))
                    .isEqualTo("<p>S|T &amp; " + code + "|" + String.join(" ", code.split(""))
                            + "|2||Alice&apos;s Shop|{other}</p>");
        }
    }

    @Test
    void nothing_that_somebody_sent_becomes_a_header() throws Exception {
        try (var channel = scene.titled("Shop\r\nBcc: eve@evil.example").channel(plain(port()))) {
            scene.send(channel);
            scene.send(channel, session(Optional.of("a@b.example>\r\nRCPT TO:<eve@evil.example"), Optional.empty()));

            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(received().getHeader("Bcc")).isNull();
            assertThat(received().getSubject()).isEqualTo("Your code for Shop  Bcc: eve@evil.example");
            assertThat(scene.results.getLast())
                    .isEqualTo(new AttemptResult(
                            Verdict.NEXT_CHANNEL, "provider_unreachable", "the message could not be written", false));
        }
    }

    @Test
    void the_domain_may_have_letters_of_any_script() throws Exception {
        try (var channel = scene.channel(plain(port()))) {
            scene.send(channel, session(Optional.of("alice@bücher.example"), Optional.empty()));

            assertThat(received().getAllRecipients()[0]).hasToString("alice@xn--bcher-kva.example");
        }
    }

    @Test
    void user_and_password_are_shown_to_a_server_that_asks() throws Exception {
        mail.setUser("shop@mail.example", "shop", "right password");
        mail.getUserManager().setAuthRequired(true);

        try (var right = scene.channel(plain(port(), "shop", "right password"));
                var wrong = scene.channel(plain(port(), "shop", "wrong password"))) {
            scene.send(right);
            scene.send(wrong);
        }

        assertThat(scene.results)
                .containsExactly(
                        ACCEPTED, new AttemptResult(Verdict.NEXT_CHANNEL, "provider_refused", "SMTP 535", false));
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void tls_begins_at_once_or_by_starttls_and_connections_are_used_again() throws Exception {
        var certificate = Certificate.of("dns:localhost", directory);
        for (var security : new Security[] {Security.TLS, Security.STARTTLS}) {
            try (var front = new TlsFront(certificate.context(), security == Security.TLS, port());
                    var channel = scene.channel(secure(front.port(), security, certificate.pem()))) {
                scene.send(channel);
                scene.send(channel);
                assertThat(front.connections()).as("connections").isEqualTo(1);
            }
        }
        assertThat(scene.results).containsExactly(ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED);
        assertThat(mail.getReceivedMessages()).hasSize(4);
    }

    @Test
    void a_certificate_for_another_host_or_of_a_stranger_ends_it_before_anything_is_said() throws Exception {
        var other = Certificate.of("dns:other.example", directory);
        var ours = Certificate.of("dns:localhost", directory);
        for (var security : new Security[] {Security.TLS, Security.STARTTLS}) {
            try (var front = new TlsFront(other.context(), security == Security.TLS, port());
                    var wrongHost = scene.channel(secure(front.port(), security, other.pem()));
                    var stranger = scene.channel(secure(front.port(), security, ours.pem()))) {
                scene.send(wrongHost);
                scene.send(stranger);
            }
        }
        assertThat(scene.results)
                .hasSize(4)
                .allSatisfy(result -> assertThat(result)
                        .isEqualTo(new AttemptResult(
                                Verdict.NEXT_CHANNEL,
                                "provider_unreachable",
                                "no TLS: the server's certificate or protocol is not good enough",
                                false)));
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_without_starttls_gets_nothing() throws Exception {
        var certificate = Certificate.of("dns:localhost", directory);
        try (var channel = scene.channel(secure(port(), Security.STARTTLS, certificate.pem()))) {
            scene.send(channel);
        }

        assertThat(scene.results.getFirst().detail()).isEqualTo("the server offers no STARTTLS");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_recipient_that_the_server_does_not_want_is_refused_with_its_code_alone() {
        mail.getUserManager().setMessageDeliveryHandler((_, address) -> {
            throw new UserException("no such user " + address.getEmail());
        });
        try (var channel = scene.channel(plain(port()))) {
            scene.send(channel);
        }

        assertThat(scene.results).hasSize(1);
        assertThat(scene.results.getFirst().outcome()).isEqualTo("provider_refused");
        assertThat(scene.results.getFirst().detail()).matches("SMTP [45]\\d\\d");
    }

    private int port() {
        return mail.getSmtp().getPort();
    }

    private MimeMessage received() {
        return mail.getReceivedMessages()[0];
    }

    private static String part(MimeMessage letter, int index) throws IOException, MessagingException {
        return (String) ((MimeMultipart) letter.getContent()).getBodyPart(index).getContent();
    }
}
