package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.server.config.EmailChannelConfig.Login;
import io.flashcall.server.config.EmailChannelConfig.Relay;
import io.flashcall.server.config.EmailChannelConfig.Security;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EmailChannelReaderTest {

    @TempDir
    Path directory;

    @Test
    void a_host_and_a_sender_are_enough_and_the_connection_is_protected() {
        var channel = channel("{type: email, host: smtp.shop.example, from: codes@shop.example}");

        assertThat(channel.name()).isEqualTo(new ChannelName("email"));
        assertThat(channel.relay())
                .isEqualTo(new Relay("smtp.shop.example", 587, Security.STARTTLS, Optional.empty(), Optional.empty()));
        assertThat(channel.from()).isEqualTo(new Mailbox("codes@shop.example", ""));
        assertThat(channel.letter().subject().message(Optional.of("fr"))).contains("{app}");
        assertThat(channel.letter().html()).isEmpty();
        assertThat(channel.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everything_can_be_said() throws IOException {
        Files.writeString(directory.resolve("ca.pem"), "");
        var channel = channel("""
                {type: email, host: 192.0.2.7, port: 2465, security: tls, user: us, password: "${PASSWORD}", trust: ca.pem,
                    from: "Müller & Söhne <codes@bücher.example>", subject: {default: "{code}", de: "Code {code}"},
                    text: "{code} {app}", html: "<b>{code}</b> {subject}", timeout: 3s, price: 0.001 EUR}""");

        assertThat(channel.relay())
                .isEqualTo(new Relay(
                        "192.0.2.7",
                        2465,
                        Security.TLS,
                        Optional.of(new Login("us", "secret")),
                        Optional.of(directory.resolve("ca.pem"))));
        assertThat(channel.relay().toString()).doesNotContain("secret");
        assertThat(channel.from()).isEqualTo(new Mailbox("codes@xn--bcher-kva.example", "Müller & Söhne"));
        assertThat(channel.letter().subject().message(Optional.of("de-AT"))).isEqualTo("Code {code}");
        assertThat(channel.price()).contains(Price.parse("0.001 EUR"));
    }

    @Test
    void mistakes_are_told_without_secrets() {
        new ServerFile(directory, ServerFile.ENGINE + """
                channels:
                  flash_call: {from: a@a.example}
                  a:
                    type: email
                    host: smtp.shop.example:25
                    security: ssl
                    user: us
                    from: nobody
                    subject: "{cod}"
                    html: {de: "{text}{url}"}
                  b: {type: email, host: smtp.shop.example, security: none, from: a@a.example}
                  c: {type: email, host: "::1", security: none, from: a@a.example, trust: none.pem}
                  d: {type: mail}
                """)
                .complains(
                        "line 6: channels.flash_call.from: unknown key (expected: one of pace, time, countries, not_countries)",
                        "line 7: channels.a.password: missing (expected: both user and password, or none)",
                        "line 9: channels.a.host: smtp.shop.example:25"
                                + " (expected: the name or IP address of a mail server, without a port)",
                        "line 10: channels.a.security: ssl (expected: tls, starttls or none)",
                        "line 12: channels.a.from: nobody"
                                + " (expected: an address such as no-reply@shop.example, or Name <no-reply@shop.example>)",
                        "line 13: channels.a.subject: {cod} (expected: some of {app}, {code}, {minutes}, {spaced_code})",
                        "line 14: channels.a.html: {url} (expected: some of {app}, {code}, {language}, {minutes},"
                                + " {spaced_code}, {subject}, {text})",
                        "line 14: channels.a.html: no default (expected: default: TEXT, for all other languages)",
                        "line 15: channels.b.security: none (expected: starttls or tls; none, with which anybody on the way"
                                + " reads the codes, only for a server on this machine, or with allow_unprotected: true)",
                        "line 16: channels.c.trust: none.pem (expected: a file that can be read)",
                        "line 16: channels.c.trust: none.pem (expected: only with security tls or starttls)",
                        "line 17: channels.d.type: mail (expected: http, email or smpp)",
                        "line 17: channels.d.url: missing (expected: a URL, https://HOST/PATH or http://HOST/PATH,"
                                + " with values such as {to} in its path or query alone)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b@shop.example",
                "a@b@shop.example",
                "@shop.example",
                "a@",
                "a@localhost",
                "a@-shop.example",
                "a@shop..example",
                ".a@shop.example",
                "a\r\nBcc:@shop.example",
                "a@shop.example>",
                "\"a\"@shop.example"
            })
    void what_is_no_address_is_told_without_repeating_it(String text) {
        assertThatThrownBy(() -> Mailbox.ascii(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no email address");
    }

    private EmailChannelConfig channel(String keys) {
        var file = new ServerFile(
                directory, ServerFile.ENGINE + "channels:\n  email: " + keys + "\n", Map.of("PASSWORD", "secret"));
        return (EmailChannelConfig) file.config().outgoing().channels().getFirst();
    }
}
