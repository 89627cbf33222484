/// Digest access authentication from the side that asks for it: RFC 3261 §22 with RFC 7616 and RFC 8760.
///
/// **Start here:** an [io.flashcall.testbed.digest.Authenticator] holds a request against a
/// [io.flashcall.testbed.digest.DigestPolicy] and says whether it is admitted, or which challenges to send.
/// All of it is written for the testbed alone: the engine computes its responses with other code.
@NullMarked
package io.flashcall.testbed.digest;

import org.jspecify.annotations.NullMarked;
