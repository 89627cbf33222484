/// What is told to an app's own back end: webhooks by the Standard Webhooks specification, and the question
/// whether somebody may be called at all.
///
/// **Start here:** [JsonJournal] writes an event as it will be sent; it is saved with the change that it tells
/// of. [Dispatcher] takes what is due from the outbox, one `Lane` for each endpoint; a `Courier` signs and
/// sends one delivery and says how it ended. [HookAuthorizer] asks before a call.
///
/// **Threads:** all is blocking code for virtual threads; each class says who may share it.
@NullMarked
package io.flashcall.server.webhook;

import org.jspecify.annotations.NullMarked;
