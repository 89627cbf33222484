package io.flashcall.engine.agent;

import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.transaction.Timers;
import org.jspecify.annotations.Nullable;

/// What the calls of one user agent share: the wire, the wheel, the queue, the memory of ended calls. Confined
/// to the agent's event loop, as are all that hold it.
final class AgentContext {

    final int agent;
    final Timers timers;
    final Sender sender;
    final TimerWheel wheel;
    final EventQueue events;
    final EndedCalls ended;
    final AgentTelemetry telemetry;
    final Lateness lateness;
    final TrunkLines lines;
    final Hops hops;
    final Prober prober;
    final Registrations registrations;

    /// Who makes signatures; set before the first call.
    Signatures signatures = Signatures.NONE;

    /// Where messages go that came to this agent and are another's.
    HandOver handOver = HandOver.NONE;
    final Redirects redirects;

    /// Add it to monotonic nanoseconds for nanoseconds since 1970; set anew now and then, as the wall clock may
    /// be.
    long wallOffset;

    /// Time of the cycle.
    long now;

    /// The response being handled, while one is.
    @Nullable ResponseView atHand;

    /// The hop by whose connection the message at hand came; null for a datagram.
    @Nullable Hop arrival;

    AgentContext(int agent, Timers timers, Sender sender, AgentStores stores, AgentTelemetry telemetry) {
        this.agent = agent;
        this.timers = timers;
        this.sender = sender;
        this.wheel = stores.wheel();
        this.events = stores.events();
        this.ended = stores.ended();
        this.telemetry = telemetry;
        this.lines = stores.lines();
        this.hops = stores.hops();
        prober = new Prober(agent, hops, sender, telemetry);
        registrations = new Registrations(this);
        this.lateness = new Lateness(telemetry);
        redirects = new Redirects(hops, telemetry);
    }

    /// The parts of a context that hold things.
    record AgentStores(TimerWheel wheel, EventQueue events, EndedCalls ended, TrunkLines lines, Hops hops) {}
}
