package io.flashcall.engine;

import io.flashcall.engine.agent.UserAgentPool;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.telemetry.EngineSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Places flash calls and reports how each one ended. All methods may be called from any thread.
public interface Engine extends AutoCloseable {

    /// Starts an engine in this process: binds a socket for each user agent, captures what is configured.
    ///
    /// @param listener receives every event of every accepted call
    /// @throws IOException naming the address, when a socket cannot be bound, or where captures cannot go
    static Engine start(EngineConfig config, CallEventListener listener) throws IOException {
        return start(config, listener, TraceListener.NONE);
    }

    /// The same, and `trace` sees each SIP message.
    static Engine start(EngineConfig config, CallEventListener listener, TraceListener trace) throws IOException {
        return UserAgentPool.start(config, listener, trace);
    }

    /// Asks for a flash call. Never blocks; nothing is sent before it returns `Accepted`.
    Admission place(CallRequest request);

    /// Asks a call to end. Its CANCEL leaves at once if the peer has answered with a provisional, else as soon as one
    /// comes (RFC 3261 §9.1).
    ///
    /// @return whether the call was live
    boolean hangUp(CallId call);

    /// Has another configuration take effect: trunks are added, changed and taken out, and their files read again,
    /// while calls over all of them go on. A call ends under the terms that it began with. What a running engine
    /// cannot change is left as it is, and named in the report.
    ///
    /// Blocks, for as long as the look-up of new names takes: 3 s and little more. One at a time. For a moment,
    /// calls of another thread may be placed over trunks of either configuration.
    ///
    /// @throws IOException           naming the file that cannot be used, or the host without a route; nothing has
    ///                               changed then
    /// @throws ConfigException       when a trunk does not fit the user agents that run; nothing has changed then
    /// @throws IllegalStateException when the engine drains or is closed
    ReloadReport reload(EngineConfig config) throws IOException;

    /// How the trunks stand: those in use, then those that a reload has changed or taken out and that wait for the
    /// end of their calls. Blocks for a moment.
    List<TrunkStatus> trunks();

    /// Counters and latency distributions since the start.
    EngineSnapshot snapshot();

    /// Stops admitting, hangs up every live call and waits until all have ended and their events are delivered, but
    /// no longer than `timeout`. May be called again to wait longer.
    DrainReport drain(Duration timeout);

    /// Drains for no time, then releases sockets and threads. Idempotent.
    @Override
    void close();
}
