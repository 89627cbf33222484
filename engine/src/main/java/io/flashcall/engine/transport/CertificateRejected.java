package io.flashcall.engine.transport;

import java.security.cert.CertificateException;

/// Why we do not trust the peer's certificate. Travels through the JDK's handshake as a cause.
final class CertificateRejected extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    CertificateRejected(CloseReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    CloseReason reason() {
        return reason;
    }
}
