/// The service: adapters around engine and domain, and the one place that wires them.
///
/// **Start here:** [Wiring#start] makes a running [Service] of a configuration.
@NullMarked
package io.flashcall.server;

import org.jspecify.annotations.NullMarked;
