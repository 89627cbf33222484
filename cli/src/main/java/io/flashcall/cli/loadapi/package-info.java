/// `flashcall load-api`: whole verifications at a steady rate, from start to webhook.
///
/// **Start here:** [LoadApiCommand] reads what is wanted and starts a [Playground] where no service is given; an
/// [ApiLoad] runs it: its pacer makes starts due, [Lanes] send them, the [RingFeed] tells caller ids, and the webhooks
/// tell how each session ended.
@NullMarked
package io.flashcall.cli.loadapi;

import org.jspecify.annotations.NullMarked;
