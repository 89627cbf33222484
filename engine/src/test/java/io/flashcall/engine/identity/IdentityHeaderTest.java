package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IdentityHeaderTest {

    private static final String JWS = "eyJh.eyJi.c2ln";
    private static final String INFO = ";info=<https://cert.example.org/passport.cer>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                JWS + INFO + ";alg=ES256;ppt=shaken",
                JWS + INFO + ";alg=ES256;ppt=\"shaken\"",
                JWS + INFO + ";ppt=shaken;alg=ES256",
                JWS + INFO + ";ppt=shaken",
                JWS + " ; info=<https://cert.example.org/passport.cer> ;\talg=ES256 ;\r\n ppt = \"shaken\" ",
                JWS + ";INFO=<https://cert.example.org/passport.cer>;Alg=ES256;PPT=shaken",
                JWS + INFO + ";alg=ES256;ppt=shaken;later;more=1;other=\"a;b\"",
                JWS + ";alg=ES256;ppt=shaken" + INFO
            })
    void all_ways_to_write_it_are_read(String value) {
        assertThat(IdentityHeader.parse(value))
                .isEqualTo(new IdentityHeader(JWS, "https://cert.example.org/passport.cer", "ES256", "shaken"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "rubbish",
                "a.b",
                "a..c" + INFO,
                "..sig" + INFO,
                "a.b.c.d" + INFO,
                "a.b=.c" + INFO,
                "a.b.c",
                JWS + ";",
                JWS + ";;" + INFO,
                JWS + INFO + ";",
                JWS + INFO + " ppt=shaken",
                JWS + INFO + ";ppt=",
                JWS + INFO + ";ppt=shaken;ppt=div",
                JWS + INFO + INFO,
                JWS + ";info=<https://cert.example.org/passport.cer",
                JWS + ";ppt=shaken",
                "\"" + JWS + "\"" + INFO
            })
    void anything_else_is_malformed(String value) {
        assertThat(catchThrowableOfType(Objection.class, () -> IdentityHeader.parse(value))
                        .fault())
                .isEqualTo(Fault.MALFORMED);
    }

    @Test
    void it_may_not_be_endless() {
        String value = JWS + INFO + ";more=" + "x".repeat(8192);

        assertThat(catchThrowableOfType(Objection.class, () -> IdentityHeader.parse(value))
                        .fault())
                .isEqualTo(Fault.MALFORMED);
    }
}
