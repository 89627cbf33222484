package io.flashcall.engine.agent;

import io.flashcall.engine.transport.DatagramHandler;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives one [UserAgent] on its event loop: by datagrams, by the wheel's ticks, and by the commands that other
/// threads put into its queue.
final class AgentLoop implements DatagramHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
    private static final int QUEUE_CHUNK = 1024;
    private static final int COMMANDS_A_CYCLE = 512;
    private static final int MESSAGES_A_CYCLE = 256;
    private static final int PROBE_MILLIS = 500;

    private final EventLoop loop;
    private final MpscUnboundedArrayQueue<Command> commands = new MpscUnboundedArrayQueue<>(QUEUE_CHUNK);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable commandCycle = this::runCommands;
    private final Runnable tickCycle = this::tick;
    private final Runnable inboxCycle = this::runInbox;
    private final AtomicBoolean inboxScheduled = new AtomicBoolean();
    private final @Nullable Inbox inbox;
    private final ReadPace pace = new ReadPace(System.nanoTime());
    private boolean tickScheduled;

    /// Whether commands wait for the next tick, so that nobody need wake the loop for them.
    private volatile boolean gathering;

    private @Nullable DatagramIo io;

    /// Set once, after its socket is bound; what arrives before belongs to no call and is dropped.
    private volatile @Nullable UserAgent agent;

    /// @param shared whether other agents may hand messages over
    AgentLoop(EventLoop loop, boolean shared) {
        this.loop = loop;
        inbox = shared ? new Inbox() : null;
    }

    void drive(UserAgent driven, DatagramIo socket) {
        agent = driven;
        loop.execute(() -> io = socket);
        var _ = loop.scheduleAtFixedRate(this::probe, 0, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Hands a command to the loop; any thread, never blocks. A loop that has ended has no call left that it
    /// could concern.
    void submit(Command command) {
        commands.offer(command);
        // Whoever ends the gathering looks into the queue after it: one of the two sees the other.
        if (!gathering) {
            schedule(scheduled, commandCycle);
        }
    }

    /// Hands the loop a copy of a message that another agent has received; any thread, never blocks.
    ///
    /// @return false when too many wait
    boolean handOver(byte[] bytes, int length, Endpoint peer, boolean received) {
        if (inbox == null || !inbox.offer(bytes, length, peer, received)) {
            return false;
        }
        schedule(inboxScheduled, inboxCycle);
        return true;
    }

    private void schedule(AtomicBoolean already, Runnable cycle) {
        if (!already.get() && already.compareAndSet(false, true)) {
            try {
                loop.execute(cycle);
            } catch (RejectedExecutionException e) {
                LOG.debug("after the end of the loop", e);
            }
        }
    }

    private void runInbox() {
        inboxScheduled.set(false);
        var driven = agent;
        if (inbox == null || driven == null) {
            return;
        }
        driven.beginCycle(System.nanoTime());
        for (int i = 0; i < MESSAGES_A_CYCLE; i++) {
            var parcel = inbox.poll();
            if (parcel == null) {
                break;
            }
            if (parcel.isReceived()) {
                driven.onDatagram(parcel.bytes(), parcel.length(), parcel.peer());
            } else {
                driven.onUndelivered(parcel.bytes(), parcel.length(), parcel.peer());
            }
            inbox.recycle(parcel);
        }
        driven.endCycle();
        scheduleTick(driven);
        if (!inbox.isEmpty()) {
            schedule(inboxScheduled, inboxCycle);
        }
    }

    @Override
    public void beforeRead() {
        var driven = agent;
        if (driven != null) {
            driven.beforeRead();
        }
    }

    @Override
    public void onDatagram(byte[] bytes, int length, Endpoint source) {
        var driven = agent;
        if (driven != null) {
            pace.count();
            driven.onDatagram(bytes, length, source);
        }
    }

    /// A message that came by a hop's connection, within a read cycle.
    void onMessage(Hop hop, byte[] bytes, int length) {
        var driven = agent;
        if (driven != null) {
            driven.onMessage(hop, bytes, length);
        }
    }

    /// Something happens outside of the other cycles; the loop.
    void inCycle(Consumer<UserAgent> step) {
        var driven = agent;
        if (driven != null) {
            driven.beginCycle(System.nanoTime());
            step.accept(driven);
            driven.endCycle();
            scheduleTick(driven);
        }
    }

    @Override
    public void afterRead() {
        var driven = agent;
        if (driven != null) {
            driven.afterRead();
            scheduleTick(driven);
        }
    }

    @Override
    public void onSendError(long token, int errno) {
        var driven = agent;
        if (driven != null) {
            driven.onSendError(token, errno);
        }
    }

    @Override
    public void onUndelivered(byte[] quoted, int length, Endpoint destination) {
        var driven = agent;
        if (driven != null) {
            driven.onUndelivered(quoted, length, destination);
        }
    }

    private void runCommands() {
        scheduled.set(false);
        var driven = agent;
        if (driven == null) {
            return;
        }
        driven.beginCycle(System.nanoTime());
        runSome(driven);
        driven.endCycle();
        scheduleTick(driven);
        wakeForMore();
    }

    private void runSome(UserAgent driven) {
        for (int i = 0; i < COMMANDS_A_CYCLE; i++) {
            var command = commands.relaxedPoll();
            if (command == null) {
                return;
            }
            pace.count();
            driven.run(command);
        }
    }

    private void wakeForMore() {
        if (!commands.isEmpty()) {
            schedule(scheduled, commandCycle);
        }
    }

    private void probe() {
        inCycle(UserAgent::probe);
    }

    private void tick() {
        tickScheduled = false;
        var driven = agent;
        if (driven == null) {
            return;
        }
        long now = driven.timeOfTick(System.nanoTime());
        driven.beginCycle(now);
        if (pace.isGathering() && io != null) {
            io.poll();
            runSome(driven);
        }
        driven.endCycle();
        gather(pace.decide(now));
        scheduleTick(driven);
        if (!gathering) {
            wakeForMore();
        }
    }

    private void gather(boolean wanted) {
        if (wanted != gathering && io != null && io.gather(wanted)) {
            gathering = wanted;
        }
    }

    /// At the wheel's own phase: an unaligned tick would add up to its own length to the lateness.
    private void scheduleTick(UserAgent driven) {
        long at = gathering ? driven.soonestTickAt() : driven.nextTickAt();
        if (!tickScheduled && at != Long.MAX_VALUE) {
            tickScheduled = true;
            var _ = loop.schedule(tickCycle, at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }
}
