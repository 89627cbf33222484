package io.flashcall.engine.agent;

import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.EngineSnapshot.AgentSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.Socket;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.trunk.Trunk;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What other threads may do with one user agent.
final class AgentHandle {

    private static final Logger LOG = LoggerFactory.getLogger(AgentHandle.class);
    private static final long STEP_SECONDS = 5;
    private static final long LEAVE_SECONDS = 1;

    private final EventLoop thread;
    private final AgentLoop loop;
    private final CallTable calls;
    private final UserAgent agent;
    private final EventQueue events;
    private final AgentContext context;
    private final DatagramIo io;
    private final AgentTelemetry telemetry;
    private final int eventCapacity;

    AgentHandle(
            EventLoop thread, AgentLoop loop, UserAgent agent, CallTable calls, DatagramIo io, AgentContext context) {
        this.thread = thread;
        this.loop = loop;
        this.agent = agent;
        this.calls = calls;
        this.io = io;
        this.context = context;
        events = context.events;
        telemetry = context.telemetry;
        eventCapacity = context.events.credits();
    }

    /// Has signatures made there; to be said before the first call.
    void signBy(SignatureThread thread) {
        context.signatures = thread.answering(loop::submit);
    }

    /// Its place among the user agents.
    int index() {
        return context.agent;
    }

    /// A slot with room for its events, or null when there is none.
    @Nullable CallSlot reserve() {
        if (!events.reserve()) {
            return null;
        }
        var slot = calls.acquire();
        if (slot == null) {
            events.giveBack(EventQueue.EVENTS_PER_CALL);
        }
        return slot;
    }

    void giveBack(CallSlot slot) {
        calls.giveBack(slot);
        events.giveBack(EventQueue.EVENTS_PER_CALL);
    }

    /// Starts a call in a reserved slot.
    ///
    /// @return its key
    long begin(CallSlot slot, CallPlan plan) {
        long key = calls.nextKey(slot);
        slot.prepare(plan, key);
        loop.submit(slot);
        return key;
    }

    /// Asks a call to end.
    ///
    /// @return whether it is live
    boolean hangUp(long key) {
        if (calls.find(key) == null) {
            return false;
        }
        loop.submit(new Command.HangUp(key));
        return true;
    }

    /// Takes our contacts back, so that carriers send nothing to where nobody is. A registrar that does not answer
    /// within a second is not waited for.
    static void leaveRegistrars(List<AgentHandle> agents) {
        var all = agents.stream().map(AgentHandle::leave).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all)
                    .orTimeout(LEAVE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.info("not every registrar has answered that we leave");
        }
    }

    private CompletableFuture<Void> leave() {
        var done = new CompletableFuture<Void>();
        loop.submit(new Command.Leave(() -> done.complete(null)));
        return done;
    }

    void hangUpAll() {
        loop.submit(new Command.HangUpAll());
    }

    /// Has the agent use a trunk's hosts as they are now. Any thread that may wait.
    ///
    /// @return whether there is a route to each
    boolean relocate(Trunk trunk, AgentFactory factory) {
        try {
            var located = factory.locate(context.agent, trunk, io.localAddress());
            loop.submit(new Command.Relocate(trunk, located));
            return located.size() == trunk.targets().targets().size();
        } catch (IOException e) {
            LOG.error("trunk {}: its hosts cannot be used: {}", trunk.config().name(), e.getMessage());
            return false;
        }
    }

    /// A trunk's hosts as this agent will reach them. Any thread that may wait.
    ///
    /// @throws IOException naming a host without a route
    List<Hops.Located> locate(Trunk trunk, AgentFactory factory) throws IOException {
        return factory.locate(context.agent, trunk, io.localAddress());
    }

    /// A trunk as this agent will use it, once it is told to. Any thread.
    ///
    /// @throws IOException naming the file whose secret cannot be read
    TrunkLine line(Trunk trunk) throws IOException {
        return AgentFactory.line(trunk, context, System.nanoTime());
    }

    /// Has something done with the agent's trunks.
    ///
    /// @return completes when it is done; never, when the agent has ended
    CompletableFuture<Void> onLines(ObjLongConsumer<TrunkLines> step) {
        var done = new CompletableFuture<Void>();
        loop.submit(new Command.OnLines(step, done));
        return done;
    }

    CallTable calls() {
        return calls;
    }

    EventQueue events() {
        return events;
    }

    /// Whether no call is live, no BYE of one that has ended is unanswered, and every event has been consumed.
    boolean isIdle() {
        return calls.live() == 0 && agent.pendingRequests() == 0 && events.credits() == eventCapacity;
    }

    AgentSnapshot snapshot() {
        var counters = io.counters();
        var in = counters.in();
        var socket = new Socket(
                in.datagrams(), in.kernelDrops(), in.truncated(), counters.out().drops());
        return new AgentSnapshot(telemetry.counters(), socket, calls.live(), telemetry.latencies());
    }

    /// Ends all calls without a word, and closes the connections and the socket, which an interrupt does not keep it
    /// from.
    void close() {
        var done = new CompletableFuture<Void>();
        loop.submit(new Command.AbortAll(() -> {
            context.hops.closeStreams();
            done.complete(null);
        }));
        await(done, "its calls did not end");
        close(thread, io);
    }

    /// Closes a socket on its loop and waits for that, whatever interrupts.
    static void close(EventLoop thread, DatagramIo io) {
        try {
            await(CompletableFuture.runAsync(io::close, thread), "its socket did not close");
        } catch (RejectedExecutionException e) {
            LOG.debug("the loop has ended, and its socket with it", e);
        }
    }

    /// Unlike `get`, `join` keeps an interrupt for later.
    private static void await(CompletableFuture<Void> step, String failure) {
        try {
            step.orTimeout(STEP_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            LOG.error("user agent: {}", failure, e);
        }
    }
}
