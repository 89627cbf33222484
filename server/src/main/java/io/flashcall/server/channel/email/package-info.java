/// Email over SMTP.
///
/// **Start here:** [EmailChannel]; [Letters] writes what is sent, [Relay] hands it to the mail server.
///
/// **Threads:** thread-safe and blocking; for virtual threads.
@NullMarked
package io.flashcall.server.channel.email;

import org.jspecify.annotations.NullMarked;
