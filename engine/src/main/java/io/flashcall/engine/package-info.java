/// Places flash calls over SIP and reports how each one ended. Knows nothing of codes or sessions.
///
/// **Start here:** [Engine#place] takes a [CallRequest] and promises exactly one [CallOutcome] for every request it
/// accepts.
///
/// **Threads:** `place` may be called from any thread and never blocks. Behind it, each call belongs to one user agent,
/// and only that agent's event loop touches it; there are no locks below this package.
///
/// **Follow one call:** `Engine` → `agent.UserAgent` → `call.FlashCall` → `transaction.InviteTransaction` →
/// `sip.RequestTemplate` → `transport.DatagramIo`, and back through `sip.ResponseView`.
@NullMarked
package io.flashcall.engine;

import org.jspecify.annotations.NullMarked;
