package io.flashcall.engine.agent;

import io.flashcall.engine.transport.DatagramHandler;
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
    private static final int PROBE_MILLIS = 500;

    private final EventLoop loop;
    private final MpscUnboundedArrayQueue<Command> commands = new MpscUnboundedArrayQueue<>(QUEUE_CHUNK);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable commandCycle = this::runCommands;
    private final Runnable tickCycle = this::tick;
    private boolean tickScheduled;

    /// Set once, after its socket is bound; what arrives before belongs to no call and is dropped.
    private volatile @Nullable UserAgent agent;

    AgentLoop(EventLoop loop) {
        this.loop = loop;
    }

    void drive(UserAgent driven) {
        agent = driven;
        var _ = loop.scheduleAtFixedRate(this::probe, 0, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Hands a command to the loop; any thread, never blocks. A loop that has ended has no call left that it
    /// could concern.
    void submit(Command command) {
        commands.offer(command);
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(commandCycle);
            } catch (RejectedExecutionException e) {
                LOG.debug("after the end: {}", command);
            }
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

    private void runCommands() {
        scheduled.set(false);
        var driven = agent;
        if (driven == null) {
            return;
        }
        driven.beginCycle(System.nanoTime());
        for (int i = 0; i < COMMANDS_A_CYCLE; i++) {
            var command = commands.relaxedPoll();
            if (command == null) {
                break;
            }
            driven.run(command);
        }
        driven.endCycle();
        scheduleTick(driven);
        if (!commands.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.execute(commandCycle);
        }
    }

    private void probe() {
        inCycle(UserAgent::probe);
    }

    private void tick() {
        tickScheduled = false;
        var driven = agent;
        if (driven != null) {
            driven.beginCycle(System.nanoTime());
            driven.endCycle();
            scheduleTick(driven);
        }
    }

    /// At the wheel's own phase: an unaligned tick would add up to its own length to the lateness.
    private void scheduleTick(UserAgent driven) {
        long at = driven.nextTickAt();
        if (!tickScheduled && at != Long.MAX_VALUE) {
            tickScheduled = true;
            var _ = loop.schedule(tickCycle, at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }
}
