package io.flashcall.engine.identity;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/// The one curve of STIR (NIST P-256), and ES256 upon it (RFC 7518 §3.4): a signature is R and S, 32 bytes
/// each.
final class P256 {

    static final int COORDINATE_BYTES = 32;
    static final int SIGNATURE_BYTES = 2 * COORDINATE_BYTES;

    private static final ECParameterSpec CURVE = curve();

    private P256() {}

    static boolean isOn(ECKey key) {
        var other = key.getParams();
        return other != null
                && other.getCurve().equals(CURVE.getCurve())
                && other.getGenerator().equals(CURVE.getGenerator())
                && other.getOrder().equals(CURVE.getOrder())
                && other.getCofactor() == CURVE.getCofactor();
    }

    static Signature es256() {
        try {
            return Signature.getInstance("SHA256withECDSAinP1363Format");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ES256", e);
        }
    }

    private static ECParameterSpec curve() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
