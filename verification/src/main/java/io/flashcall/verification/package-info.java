/// The verification domain: a phone number becomes a verified one.
///
/// **Start here:** [Verifications] has the use cases; [Session] is the pure fold that they drive: event and time make
/// the next session and its effects. **Rules:** no I/O here; what must be kept goes through the ports of `store`, what
/// must be sent through the [io.flashcall.verification.channel.Channel]s. A caller id is a secret until its session
/// ends, because its last digits are the code: only the [Vault] turns one into what may be stored.
///
/// **Threads:** plain blocking code for virtual threads. Records are immutable; whatever is shared says so.
@NullMarked
package io.flashcall.verification;

import org.jspecify.annotations.NullMarked;
