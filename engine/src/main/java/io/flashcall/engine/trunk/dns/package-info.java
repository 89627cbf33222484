/// Where a carrier is: RFC 3263 over a small port to DNS, and a watcher that keeps the answer fresh.
///
/// **Start here:** `CarrierLocator#locate` finds a carrier once; `TargetWatcher` keeps one trunk's targets
/// fresh and the last good ones while DNS fails; `DnsJavaClient` is the DNS behind both.
///
/// **Threads:** everything that asks DNS blocks, and belongs on a virtual thread, never on an event loop.
@NullMarked
package io.flashcall.engine.trunk.dns;

import org.jspecify.annotations.NullMarked;
