/// HTTP to addresses that others chose: webhook receivers, authorization hooks, providers.
///
/// **Start here:** [GuardedHttp] sends one request and says what came of it. [AddressGuard] decides which
/// addresses it may connect to; each name is resolved once, and the address that was checked is the one that is
/// connected to.
///
/// **Threads:** everything here is thread-safe; [GuardedHttp#send] blocks, and is for virtual threads.
@NullMarked
package io.flashcall.server.net;

import org.jspecify.annotations.NullMarked;
