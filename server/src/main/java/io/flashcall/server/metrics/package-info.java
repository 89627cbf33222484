/// What the service counts, in Prometheus' text format.
///
/// **Start here:** [Metrics]. Whoever serves requests, refuses them or delivers webhooks tells it; the engine,
/// the pools and the outbox are read when somebody asks for the text.
///
/// **Labels** have few values: apps, trunks, pools, countries, outcomes. No number, call or session ever is one, and
/// what a label could take beyond [LabelCap]'s bound counts as `other`.
///
/// **Threads:** everything here may be used from any thread.
@NullMarked
package io.flashcall.server.metrics;

import org.jspecify.annotations.NullMarked;
