package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.ReceiptRule.Proof;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChannelTemplateTest {

    private static final String PUBLIC = "public_url: https://verify.shop.example\n";

    private static final String META = """
            channels:
              whatsapp:
                template: meta_whatsapp
                token: ${TOKEN}
                phone_number_id: 1234
                template_name: codes
                app_secret: ${SECRET}
                verify_token: ${WORD}
            """;

    @TempDir
    Path directory;

    @Test
    void a_template_leaves_open_what_its_parameters_say_and_nothing_else() {
        var channel = channel(META);

        assertThat(channel.request().url())
                .isEqualTo("https://graph.facebook.com/{api_version}/{phone_number_id}/messages");
        assertThat(channel.request().constants())
                .containsEntry("token", "t0ken")
                .containsEntry("api_version", "v23.0")
                .containsEntry("receipt_url", "https://verify.shop.example/v1/receipts/whatsapp");
        assertThat(channel.answers().messageId()).contains("/messages/0/id");
        var receipts = channel.receipts().orElseThrow();
        assertThat(receipts.proofs())
                .containsExactly(new Proof.Signed("HmacSHA256", "x-hub-signature-256", "sha256=", false, "s3cret"));
        assertThat(receipts.challenge()).contains("w0rd");
        assertThat(receipts.toString() + channel.request()).doesNotContain("s3cret", "t0ken");
    }

    @Test
    void what_stands_beside_the_template_counts_more_and_mappings_are_joined() {
        var channel = channel(META + """
                    api_version: v30.0
                    timeout: 3s
                    messages: {de: de}
                    headers: {X-Trace: on}
                    receipts: {delivered: [delivered]}
                    price: 0.05 EUR
                    countries: GB
                """);

        assertThat(channel.request().constants()).containsEntry("api_version", "v30.0");
        assertThat(channel.answers().timeout()).hasSeconds(3);
        assertThat(channel.texts().message(Optional.of("de-AT"))).isEqualTo("de");
        assertThat(channel.texts().message(Optional.of("fr"))).isEqualTo("en_US");
        assertThat(channel.request().headers()).containsOnlyKeys("Authorization", "X-Trace");
        assertThat(channel.receipts().orElseThrow().states().delivered()).containsExactly("delivered");
        assertThat(channel.receipts().orElseThrow().states().failed()).containsExactly("failed");
    }

    @Test
    void without_receipts_nothing_of_them_is_needed() {
        var channel = channel("""
                channels:
                  whatsapp: {template: infobip_sms, host: xyz.api.infobip.com, api_key: k, sender: Shop, receipts: none}
                """);

        assertThat(channel.receipts()).isEmpty();
        assertThat(channel.request().url()).isEqualTo("https://xyz.api.infobip.com/sms/3/messages");
        assertThat(channel.request().content().body())
                .doesNotContain("receipt_url")
                .contains("\"delivery\": {}");
    }

    @Test
    void what_is_missing_or_unknown_is_told_by_name() {
        new ServerFile(directory, ServerFile.ENGINE + """
                channels:
                  a: {template: meta_whatsapp, token: t, phone_number_id: 1, app_secret: s, verify_token: v, tokn: x}
                  b: {template: meta_watsapp, token: t}
                  c: {template: infobip_sms, host: "https://xyz.api.infobip.com", api_key: k, sender: s, receipt_token: short}
                  d: {template: twilio_sms, account_sid: AC1, auth_token: t, sender: Shop}
                """)
                .complains(
                        "line 6: channels.a.template_name: missing (expected: an approved template of the category"
                                + " authentication)",
                        "line 6: channels.a.tokn: unknown key (did you mean token?)",
                        "line 7: channels.b.template: meta_watsapp (expected: generic, infobip_sms, infobip_viber,"
                                + " infobip_voice, infobip_whatsapp, meta_whatsapp, twilio_sms, twilio_voice, twilio_whatsapp,"
                                + " vonage_sms, vonage_viber or vonage_whatsapp)",
                        "line 8: channels.c.receipts.secret_path: *** (expected: 22 to 128 of A-Z a-z 0-9 - _, best ${NAME}"
                                + " with what `openssl rand -hex 24` prints)",
                        "line 8: channels.c.url: *** (expected: a URL, https://HOST/PATH or http://HOST/PATH, with values"
                                + " such as {to} in its path or query alone)",
                        "line 9: channels.d.receipts.signature.scheme: twilio without public_url (expected: public_url at"
                                + " the top of the file, since the signature is over the URL that Twilio asks)");
    }

    @Test
    void receipts_need_a_proof_a_status_and_a_way_to_find_the_message() {
        new ServerFile(directory, ServerFile.ENGINE + """
                channels:
                  a: {url: 'https://a.example/?{to}{code}', receipts: {}}
                  b:
                    url: https://a.example/?{to}{code}
                    receipts:
                      id: id
                      status: /s
                      delivered: ok
                      signature: {scheme: hmac-sha256, secret: s}
                  c:
                    url: https://a.example/?{to}{code}
                    receipts: {id: /id, status: /s, delivered: ok, signature: {scheme: basic, secret: s, encoding: b64}}
                  d: {url: 'https://a.example/?{to}{code}', receipts: off}
                """)
                .complains(
                        "line 6: channels.a.receipts.status: missing (expected: a JSON pointer such as /results/*/status)",
                        "line 6: channels.a.receipts.id: missing (expected: id or reference: where a receipt says which"
                                + " message it is about)",
                        "line 6: channels.a.receipts.delivered: missing (expected: words of the provider that mean it"
                                + " arrived, such as [delivered, read])",
                        "line 6: channels.a.receipts.signature: missing (expected: signature or secret_path, or anybody"
                                + " could send receipts)",
                        "line 10: channels.b.receipts.id: id (expected: a JSON pointer such as /results/*/status)",
                        "line 13: channels.b.receipts.signature.header: missing (expected: the header that holds the"
                                + " signature)",
                        "line 16: channels.c.receipts.signature.encoding: b64 (expected: hex or base64)",
                        "line 16: channels.c.receipts.signature.user: missing (expected: the user that the provider sends"
                                + " with the password)",
                        "line 17: channels.d.receipts: off (expected: keys and values, or none)");
    }

    private HttpChannelConfig channel(String channels) {
        var file = new ServerFile(
                directory,
                ServerFile.ENGINE + PUBLIC + channels,
                Map.of("TOKEN", "t0ken", "SECRET", "s3cret", "WORD", "w0rd"));
        return (HttpChannelConfig) file.config().outgoing().channels().getFirst();
    }
}
