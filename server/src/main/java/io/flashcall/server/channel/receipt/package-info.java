/// Receipts that providers send over HTTP.
///
/// **Start here:** [ReceiptDesk]: whether a receipt is the provider's own, what it says, and which attempts it is
/// about.
///
/// **Threads:** thread-safe and blocking; for virtual threads.
@NullMarked
package io.flashcall.server.channel.receipt;

import org.jspecify.annotations.NullMarked;
