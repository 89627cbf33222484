package io.flashcall.engine.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// Where the certificates of signers come from. Thread-safe; may block for seconds; never throws for what the
/// other side does.
@FunctionalInterface
public interface CertificateSource {

    /// Gets what stands at an `x5u`.
    ///
    /// @param x5u as [io.flashcall.engine.StirConfig#isX5u] wants it
    /// @param now for a cache
    Answer fetch(String x5u, Instant now);

    sealed interface Answer {}

    /// @param certificates the signer's first, then perhaps some above it, in any order; at least one
    record Chain(List<X509Certificate> certificates) implements Answer {

        public Chain {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("certificates: none (expected: the signer's, and those above it)");
            }
        }
    }

    /// @param fault  [Fault#X5U_FORBIDDEN], [Fault#X5U_UNREACHABLE] or [Fault#BAD_CERTIFICATE]
    /// @param detail for a log
    record Unavailable(Fault fault, String detail) implements Answer {}
}
