package io.flashcall.server.channel.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.ReceiptRule;
import io.flashcall.server.config.ReceiptRule.Proof;
import io.flashcall.server.config.ReceiptRule.States;
import io.flashcall.verification.store.Sample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProofsTest {

    private static final String BODY = "{\"status\":\"delivered\"}";
    private static final String URL = "https://verify.shop.example/v1/receipts/sms";

    @Test
    void a_hash_over_the_body_is_in_hexadecimal_digits_or_base64_behind_a_prefix() throws Exception {
        var hash = mac("HmacSHA256", "key", BODY);
        var hex = new Proof.Signed("HmacSHA256", "x-hub-signature-256", "sha256=", false, "key");
        var base64 = new Proof.Signed("HmacSHA1", "x-sign", "", true, "key");

        assertThat(holds(
                        hex,
                        post(
                                BODY,
                                "x-hub-signature-256",
                                "sha256=" + HexFormat.of().formatHex(hash))))
                .isTrue();
        assertThat(holds(
                        hex,
                        post(
                                BODY,
                                "x-hub-signature-256",
                                "sha256=" + HexFormat.of().withUpperCase().formatHex(hash))))
                .isTrue();
        assertThat(holds(hex, post(BODY, "x-hub-signature-256", HexFormat.of().formatHex(hash))))
                .isFalse();
        assertThat(holds(
                        hex,
                        post(
                                BODY + " ",
                                "x-hub-signature-256",
                                "sha256=" + HexFormat.of().formatHex(hash))))
                .isFalse();
        assertThat(holds(hex, post(BODY, "x-hub-signature-256", "sha256="))).isFalse();
        assertThat(holds(hex, post(BODY, "x-other", "x"))).isFalse();
        assertThat(holds(
                        base64, post(BODY, "x-sign", Base64.getEncoder().encodeToString(mac("HmacSHA1", "key", BODY)))))
                .isTrue();
        assertThat(holds(
                        base64, post(BODY, "x-sign", Base64.getEncoder().encodeToString(mac("HmacSHA1", "yek", BODY)))))
                .isFalse();
    }

    @Test
    void twilios_signature_is_over_the_url_and_the_sorted_fields() throws Exception {
        var form = "To=%2B18005551212&CallSid=CA1&From=%2B14158675309&Digits=";
        var text = URL + "CallSidCA1" + "Digits" + "From+14158675309" + "To+18005551212";
        var right = Base64.getEncoder().encodeToString(mac("HmacSHA1", "token", text));
        var proof = new Proof.UrlSigned("token");

        assertThat(holds(proof, form(form, right))).isTrue();
        assertThat(holds(proof, form(form.replace("CA1", "CA2"), right))).isFalse();
        assertThat(holds(proof, form(form, Base64.getEncoder().encodeToString(mac("HmacSHA1", "other", text)))))
                .isFalse();
        assertThat(holds(proof, form(form, ""))).isFalse();
    }

    @Test
    void a_signature_of_the_url_alone_proves_nothing() throws Exception {
        var ofUrl = Base64.getEncoder().encodeToString(mac("HmacSHA1", "token", URL));
        var proof = new Proof.UrlSigned("token");

        assertThat(holds(proof, form("", ofUrl))).isFalse();
        assertThat(holds(proof, post("{\"MessageStatus\":\"delivered\"}", "x-twilio-signature", ofUrl)))
                .isFalse();
    }

    @Test
    void a_token_is_signed_not_expired_and_made_for_this_body() throws Exception {
        var proof = new Proof.Token("signature secret");
        var hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(BODY.getBytes(StandardCharsets.UTF_8)));
        long now = Sample.NOON.getEpochSecond();
        var good = "{\"iat\":" + now + ",\"exp\":" + (now + 60) + ",\"payload_hash\":\"" + hash + "\"}";

        assertThat(holds(proof, token("HS256", good, "signature secret"))).isTrue();
        assertThat(holds(proof, token("HS256", "{\"payload_hash\":\"" + hash + "\"}", "signature secret")))
                .isTrue();
        assertThat(holds(proof, token("HS256", good, "another secret"))).isFalse();
        assertThat(holds(proof, token("none", good, "signature secret"))).isFalse();
        assertThat(holds(proof, token("HS256", good.replace(hash, "0".repeat(64)), "signature secret")))
                .isFalse();
        assertThat(holds(proof, token("HS256", "{\"iat\":1}", "signature secret")))
                .isFalse();
        assertThat(holds(proof, token("HS256", good.replace("" + (now + 60), "" + now), "signature secret")))
                .isFalse();
        assertThat(holds(proof, post(BODY, "authorization", "Bearer a.b"))).isFalse();
        assertThat(holds(proof, post(BODY, "authorization", "Basic abc"))).isFalse();
        assertThat(holds(proof, post(BODY, "authorization", "Bearer ..."))).isFalse();
    }

    @Test
    void credentials_and_secret_paths_are_compared_as_a_whole() {
        assertThat(holds(new Proof.Login("Bearer abc"), post(BODY, "authorization", "Bearer abc")))
                .isTrue();
        assertThat(holds(new Proof.Login("Bearer abc"), post(BODY, "authorization", "Bearer ab")))
                .isFalse();

        var path = new Proof.SecretPath("0123456789abcdefghijkl");
        assertThat(holds(path, at("0123456789abcdefghijkl"))).isTrue();
        assertThat(holds(path, at("0123456789abcdefghijkL"))).isFalse();
        assertThat(holds(path, post(BODY, "x", "y"))).isFalse();
    }

    @Test
    void of_two_proofs_both_must_hold_and_a_path_that_nobody_asked_for_is_wrong() {
        var login = new Proof.Login("Bearer abc");
        var path = new Proof.SecretPath("0123456789abcdefghijkl");
        var both = new Proofs(rule(List.of(login, path)), InstantSource.fixed(Sample.NOON));

        assertThat(both.hold(at("0123456789abcdefghijkl"))).isFalse();
        assertThat(both.hold(new Post(
                        Optional.of("0123456789abcdefghijkl"),
                        Map.of("authorization", "Bearer abc"),
                        Map.of(),
                        new byte[0])))
                .isTrue();
        assertThat(holds(
                        login,
                        new Post(Optional.of("x"), Map.of("authorization", "Bearer abc"), Map.of(), new byte[0])))
                .isFalse();
    }

    private static Post at(String token) {
        return new Post(Optional.of(token), Map.of(), Map.of(), new byte[0]);
    }

    private static Post post(String body, String header, String value) {
        return new Post(
                Optional.empty(),
                Map.of("content-type", "application/json", header, value),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Post form(String body, String signature) {
        return new Post(
                Optional.empty(),
                Map.of(
                        "content-type",
                        "application/x-www-form-urlencoded; charset=UTF-8",
                        "x-twilio-signature",
                        signature),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Post token(String algorithm, String claims, String secret) throws Exception {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var signed = encoder.encodeToString(
                        ("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}").getBytes(StandardCharsets.UTF_8))
                + "." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return post(
                BODY,
                "authorization",
                "Bearer " + signed + "." + encoder.encodeToString(mac("HmacSHA256", secret, signed)));
    }

    private static byte[] mac(String algorithm, String key, String text) throws Exception {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean holds(Proof proof, Post post) {
        return new Proofs(rule(List.of(proof)), InstantSource.fixed(Sample.NOON)).hold(post);
    }

    private static ReceiptRule rule(List<Proof> proofs) {
        return new ReceiptRule(
                new ReceiptRule.Fields(Optional.empty(), Optional.of("/id"), Optional.empty(), "/s", Optional.empty()),
                new States(Set.of("ok"), Set.of(), Set.of()),
                proofs,
                Optional.empty(),
                Optional.of(URL));
    }
}
