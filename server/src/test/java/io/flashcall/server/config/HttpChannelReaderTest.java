package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.HttpChannelConfig.Content;
import io.flashcall.server.config.HttpChannelConfig.Request;
import io.flashcall.server.config.HttpChannelConfig.SuccessRule;
import io.flashcall.server.config.HttpChannelConfig.Texts;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Price;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpChannelReaderTest {

    @TempDir
    Path directory;

    @Test
    void a_url_and_a_body_are_enough() {
        var channel = channel("{url: 'https://sms.example/send', body: '{\"to\": \"{to}\", \"text\": \"{text}\"}'}");

        assertThat(channel.request())
                .isEqualTo(new Request(
                        "POST",
                        "https://sms.example/send",
                        Map.of(),
                        new Content("application/json", "{\"to\": \"{to}\", \"text\": \"{text}\"}"),
                        Map.of("receipt_url", ""),
                        false));
        assertThat(channel.receipts()).isEmpty();
        assertThat(channel.answers().success()).isEqualTo(SuccessRule.ANY_2XX);
        assertThat(channel.texts().message(Optional.of("fr"))).contains("{code}", "{app}", "{minutes}");
        assertThat(channel.answers().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everything_can_be_said() {
        var channel = channel("""
                {method: GET, url: "https://voice.example/call?to={digits}&code={code}", headers: {X-Key: abc},
                    content_type: text/plain, success: {status: 202, pointer: /status, equals: ok}, timeout: 3s,
                    messages: {default: "{code}", pt-BR: "{code} de {app}", pt: "{spaced_code}"}, price: 0.05 EUR,
                    allow_private_addresses: true}""");

        assertThat(channel.name()).isEqualTo(new ChannelName("sms"));
        assertThat(channel.request().headers()).containsExactly(Map.entry("X-Key", "abc"));
        assertThat(channel.answers().success())
                .isEqualTo(new SuccessRule(202, 202, Optional.of("/status"), Optional.of("ok")));
        assertThat(channel.price()).contains(Price.parse("0.05 EUR"));
        assertThat(channel.request().allowPrivateAddresses()).isTrue();
    }

    @Test
    void a_message_is_in_the_user_s_language_or_in_the_nearest_one_there_is() {
        var texts = new Texts(Map.of("default", "d", "pt", "p", "pt-br", "b"));

        assertThat(texts.message(Optional.of("pt-BR"))).isEqualTo("b");
        assertThat(texts.message(Optional.of("pt-PT"))).isEqualTo("p");
        assertThat(texts.message(Optional.of("PT"))).isEqualTo("p");
        assertThat(texts.message(Optional.of("de"))).isEqualTo("d");
        assertThat(texts.message(Optional.empty())).isEqualTo("d");
    }

    @Test
    void mistakes_are_told_without_what_may_be_a_secret() {
        new ServerFile(directory, ServerFile.ENGINE + """
                channels:
                  flash_call: {url: 'https://a.example/?a={to}{code}'}
                  sms:
                    method: PATCH
                    url: https://{to}.example/TOKEN
                    headers: {"a b": TOKEN}
                    timeout: 5m
                    success: {status: 99, equals: ok}
                  viber:
                    url: https://viber.example/{tok}
                    body: '{"text": }'
                    messages: {de: "{cod}", x y: hi}
                """)
                .complains(
                        "line 6: channels.flash_call.url: unknown key (expected: one of pace, time, countries, not_countries)",
                        "line 8: channels.sms.method: PATCH (expected: POST, PUT or GET)",
                        "line 9: channels.sms.url: *** (expected: a URL, https://HOST/PATH or http://HOST/PATH,"
                                + " with values such as {to} in its path or query alone)",
                        "line 10: channels.sms.headers: a b (expected: the name of an HTTP header)",
                        "line 11: channels.sms.timeout: 5m (expected: 100ms to 60s)",
                        "line 12: channels.sms.success.status: 99 (expected: 200 to 599)",
                        "line 12: channels.sms.success.equals: ok (expected: only with pointer)",
                        "line 14: channels.viber.url: {tok} (expected: some of {app}, {attempt}, {code}, {digits},"
                                + " {language}, {receipt_url}, {reference}, {session}, {spaced_code}, {text}, {to})",
                        "line 15: channels.viber.body: no {to} and no {digits} (expected: whom to reach)",
                        "line 15: channels.viber.body: no {text} and no {code} (expected: what to send)",
                        "line 15: channels.viber.body: not JSON (expected: JSON, or another content_type)",
                        "line 16: channels.viber.messages: {cod} (expected: some of {app}, {code}, {minutes}, {spaced_code})",
                        "line 16: channels.viber.messages: x y (expected: default, or a language such as pt-BR)",
                        "line 16: channels.viber.messages: no default"
                                + " (expected: default: TEXT, for all other languages)");
    }

    @Test
    void a_url_that_is_none_once_it_is_filled_in_is_refused_at_the_start() {
        new ServerFile(directory, ServerFile.ENGINE + """
                channels:
                  sms: {url: "https://a.example/?to={to}&c={code}&x={X}"}
                """)
                .complains("line 6: channels.sms.url: ***"
                        + " (expected: a URL whose characters are escaped, such as %20 for a space)");
    }

    private HttpChannelConfig channel(String keys) {
        return (HttpChannelConfig) new ServerFile(directory, ServerFile.ENGINE + "channels:\n  sms: " + keys + "\n")
                .config()
                .outgoing()
                .channels()
                .getFirst();
    }
}
