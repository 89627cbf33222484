/// Who says so: signs the caller id of our calls and checks that of others (STIR/SHAKEN; RFC 8224, 8225,
/// 8588).
///
/// **Start here:** [IdentitySigner#sign] makes the two header lines of an INVITE; [IdentityVerifier#verify]
/// turns a received Identity header into a [Verdict].
///
/// **Threads:** all public types may be used from any thread. Signing never blocks. Verifying may fetch a
/// certificate: it blocks for at most two seconds, so it is for virtual threads, never for an event loop.
///
/// Received bytes are verified as they came, never rebuilt from what they mean. What we send is canonical
/// (RFC 8225 §9) since some verifiers do rebuild it.
@NullMarked
package io.flashcall.engine.identity;

import org.jspecify.annotations.NullMarked;
