/// Runs real SIP peers that nobody here wrote, on loopback, for as long as a test needs them: Kamailio as
/// registrar, proxy with digest and record-routing hop, and baresip as a handset.
///
/// **Start here:** `Kamailio#builder` and `Baresip#builder`; both are ready when `start` returns, tell their
/// version, and end with `close`. `CertificateAuthority` makes what TLS needs. Their configuration files are
/// the resources `peers/`.
///
/// **Programs:** Debian's packages `kamailio` with `kamailio-tls-modules`, `baresip-core` and `openssl`; a
/// missing one is named by the exception. **Bounds:** every process ends with `close`, or else after its
/// life, by `timeout`.
@NullMarked
package io.flashcall.testbed.peers;

import org.jspecify.annotations.NullMarked;
