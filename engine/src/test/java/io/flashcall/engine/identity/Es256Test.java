package io.flashcall.engine.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The example of RFC 7515 Appendix A.3. (That of RFC 8225 Appendix A does not verify with the key printed
/// there.)
@DisplayNameGeneration(ReplaceUnderscores.class)
class Es256Test {

    private static final String SIGNED = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private static final String SIGNATURE =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    private static final String X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private static final String Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    @Test
    void the_example_of_rfc_7515_verifies() throws Exception {
        var es256 = P256.es256();
        es256.initVerify(publicKey());
        es256.update(SIGNED.getBytes(US_ASCII));

        assertThat(es256.verify(Base64.getUrlDecoder().decode(SIGNATURE))).isTrue();
    }

    @Test
    void the_curve_is_told_from_others() throws Exception {
        assertThat(P256.isOn((ECKey) publicKey())).isTrue();
        assertThat(P256.isOn((ECKey) Keys.on("secp384r1").getPublic())).isFalse();
        assertThat(P256.isOn((ECKey) Keys.on("secp521r1").getPublic())).isFalse();
    }

    private static PublicKey publicKey() throws Exception {
        var curve = ((ECKey) Keys.p256().getPublic()).getParams();
        var point = new ECPoint(number(X), number(Y));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
    }

    private static BigInteger number(String base64Url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
    }
}
