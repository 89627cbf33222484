package io.flashcall.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.E164;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VaultTest {

    private static final String CALLER_ID = "+442079460123";
    private static final String CONTEXT = "ver_1";

    private final Vault vault = new Vault(key(1));

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", CALLER_ID, "{\"client_secret\":\"fcs_…\"}"})
    void what_was_sealed_opens_again(String text) {
        assertThat(vault.open(vault.seal(text, CONTEXT), CONTEXT)).isEqualTo(text);
        assertThat(new Vault(key(1)).open(vault.seal(text, CONTEXT), CONTEXT)).isEqualTo(text);
    }

    @Test
    void the_same_text_is_never_sealed_alike() {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            sealed.add(vault.seal("0123", CONTEXT));
        }
        assertThat(sealed).hasSize(1_000);
    }

    @Test
    void a_sealed_value_opens_in_its_own_context_alone() {
        var sealed = vault.seal(CALLER_ID, CONTEXT);
        assertThatThrownBy(() -> vault.open(sealed, "ver_2")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.open(sealed, "")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_sealed_value_does_not_open_with_another_master_key() {
        var sealed = vault.seal(CALLER_ID, CONTEXT);
        var other = new Vault(key(2));
        assertThatThrownBy(() -> other.open(sealed, CONTEXT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(other.keyId());

        var relabelled = other.keyId() + sealed.substring(sealed.indexOf('.'));
        assertThatThrownBy(() -> other.open(relabelled, CONTEXT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_sealed_value_that_was_changed_in_any_bit_does_not_open() {
        var sealed = vault.seal("0123", CONTEXT);
        byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(9));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            var text = sealed.substring(0, 9)
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> vault.open(text, CONTEXT))
                    .as("bit " + bit)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_sealed_value_of_any_shorter_length_does_not_open() {
        var sealed = vault.seal("0123", CONTEXT);
        for (int length = 0; length < sealed.length(); length++) {
            var text = sealed.substring(0, length);
            assertThatThrownBy(() -> vault.open(text, CONTEXT))
                    .as("length " + length)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "0123", "+++", "%s.", "%s.!!!", "%s.AAAA"})
    void what_nobody_sealed_does_not_open(String text) {
        assertThatThrownBy(() -> vault.open(text.formatted(vault.keyId()), CONTEXT))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void every_value_begins_with_the_id_of_its_key() {
        assertThat(vault.keyId()).matches("[0-9a-f]{8}").isEqualTo(new Vault(key(1)).keyId());
        assertThat(vault.keyId()).isNotEqualTo(new Vault(key(2)).keyId());
        assertThat(vault.seal("0123", CONTEXT)).startsWith(vault.keyId() + ".");
        assertThat(vault.mac("code", "0123")).startsWith(vault.keyId() + ".");
    }

    @Test
    void macs_are_the_same_for_the_same_and_differ_for_all_else() {
        assertThat(vault.mac("use", "a", "b")).isEqualTo(new Vault(key(1)).mac("use", "a", "b"));
        assertThat(Set.of(
                        vault.mac("use", "a", "b"),
                        vault.mac("other", "a", "b"),
                        vault.mac("use", "b", "a"),
                        vault.mac("use", "ab"),
                        vault.mac("use", "ab", ""),
                        vault.mac("use", "", "ab"),
                        vault.mac("usea", "b"),
                        vault.mac("use"),
                        new Vault(key(2)).mac("use", "a", "b")))
                .hasSize(9);
    }

    @Test
    void a_code_is_bound_to_its_session() {
        var one = SessionPlay.opening(SessionPlay.terms(3, 3, PlannedChannel.FLASH_CALL))
                .id();
        var other = new SessionId("ver_" + "0".repeat(26));
        assertThat(vault.codeMac(one, "0123")).isEqualTo(vault.codeMac(one, "0123"));
        assertThat(vault.codeMac(one, "0123")).isNotEqualTo(vault.codeMac(one, "0124"));
        assertThat(vault.codeMac(one, "0123")).isNotEqualTo(vault.codeMac(other, "0123"));
    }

    @Test
    void a_number_has_one_mac_and_it_tells_nothing_of_a_code() {
        var number = E164.parse(CALLER_ID);
        assertThat(vault.numberMac(number)).isEqualTo(vault.numberMac(new E164("442079460123")));
        assertThat(vault.numberMac(number)).isNotEqualTo(vault.mac("code", number.digits()));
    }

    @Test
    void nothing_that_is_printed_holds_a_secret() {
        byte[] key = key(7);
        var secretive = new Vault(key);
        var sealed = secretive.seal(CALLER_ID, CONTEXT);
        var number = E164.parse(CALLER_ID);
        assertThat(secretive + sealed + secretive.numberMac(number) + secretive.keyId())
                .doesNotContain("0123", "2079460", "0707");
        for (var broken :
                new String[] {sealed + "AA", sealed.substring(0, 20), CALLER_ID, vault.keyId() + "." + CALLER_ID}) {
            assertThatThrownBy(() -> secretive.open(broken, CONTEXT)).satisfies(e -> {
                var trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain("2079460", CALLER_ID);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void a_master_key_of_another_length_is_refused(int length) {
        assertThatThrownBy(() -> new Vault(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("master key: " + length + " bytes (expected: 32)");
    }

    @Test
    void the_callers_copy_of_the_master_key_may_be_wiped() {
        byte[] key = key(1);
        var wiped = new Vault(key);
        Arrays.fill(key, (byte) 0);
        assertThat(wiped.open(vault.seal("0123", CONTEXT), CONTEXT)).isEqualTo("0123");
    }

    @Test
    void texts_are_compared_whole() {
        assertThat(Vault.same("abc", "abc")).isTrue();
        assertThat(Vault.same("abc", "abd")).isFalse();
        assertThat(Vault.same("abc", "ab")).isFalse();
        assertThat(Vault.same("", "")).isTrue();
    }

    @Test
    void the_hash_of_a_secret_needs_no_key() {
        // SHA-256 of "abc", FIPS 180-2 appendix B.1.
        assertThat(Vault.hash("abc")).isEqualTo("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[Vault.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
