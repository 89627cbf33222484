/// Proving to a carrier who we are: HTTP Digest in SIP (RFC 3261 §22, RFC 7616, RFC 8760).
///
/// **Start here:** [Authenticator], one for each user agent and trunk. It learns from challenges and writes
/// Authorization lines; a nonce serves as many calls as the carrier lets it, so that most of them are not
/// challenged. Confined to its user agent's loop; hashes bytes, makes no objects for a call.
@NullMarked
package io.flashcall.engine.auth;

import org.jspecify.annotations.NullMarked;
