package io.flashcall.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.store.ApiKeys.Scope;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyTextTest {

    private static final String ID = "0123456789ab";
    private static final String SECRET = "0123456789abcdefghjkmnpqrstvwxyz01234567";

    @ParameterizedTest
    @EnumSource
    void a_key_reads_as_it_was_drawn(Scope scope) {
        var drawn = KeyText.draw(scope);
        assertThat(KeyText.parse(drawn.text())).contains(drawn);
        assertThat(drawn.scope()).isEqualTo(scope);
        assertThat(drawn.id()).hasSize(12);
    }

    @Test
    void a_key_says_in_clear_what_it_is_for() {
        assertThat(KeyText.draw(Scope.PUBLISHABLE).text()).startsWith("fc_pub_");
        assertThat(KeyText.draw(Scope.SERVER).text()).startsWith("fc_srv_");
        assertThat(KeyText.draw(Scope.ADMIN).text()).startsWith("fc_adm_");
    }

    @Test
    void no_two_keys_and_no_two_client_secrets_are_alike() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            var key = KeyText.draw(Scope.SERVER);
            texts.add(key.text());
            texts.add(key.id());
            texts.add(KeyText.clientSecret());
        }
        assertThat(texts).hasSize(3_000);
    }

    @Test
    void a_client_secret_is_no_key() {
        assertThat(KeyText.clientSecret()).matches("fcs_[0-9a-z]{40}");
        assertThat(KeyText.parse(KeyText.clientSecret())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fc_srv_" + ID,
                "fc_srv_" + ID + "_",
                "fc_srv_" + ID + "_" + SECRET + "0",
                "fc_root_" + ID + "_" + SECRET,
                "FC_SRV_" + ID + "_" + SECRET,
                "fc_srv_" + ID + "_" + SECRET + "\n",
                " fc_srv_" + ID + "_" + SECRET,
                "fc_srv_0123456789aB_" + SECRET,
                "fc_srv_0123456789ai_" + SECRET,
                "fc_srv_0123456789al_" + SECRET,
                "fc_srv_0123456789ao_" + SECRET,
                "fc_srv_0123456789au_" + SECRET,
            })
    void what_is_no_key_of_ours_reads_as_none(String text) {
        assertThat(KeyText.parse("fc_srv_" + ID + "_" + SECRET)).isPresent();
        assertThat(KeyText.parse(text)).isEmpty();
    }

    @Test
    void it_prints_its_name_and_not_its_secret() {
        var key = KeyText.parse("fc_srv_" + ID + "_" + SECRET).orElseThrow();
        assertThat(key).hasToString("fc_srv_" + ID + "_…");
    }

    @Test
    void only_its_hash_is_kept() {
        var key = KeyText.draw(Scope.ADMIN);
        assertThat(key.hash()).isEqualTo(Vault.hash(key.text())).doesNotContain(key.text());
        assertThat(KeyText.parse(key.text())).map(KeyText::hash).contains(key.hash());
    }
}
