package io.flashcall.engine.agent;

import io.flashcall.engine.identity.IdentitySigner;
import java.util.function.Consumer;
import org.jctools.queues.MpscBlockingConsumerArrayQueue;

/// Makes the signatures that calls wait for, of all user agents, in the order in which they are asked for. It is one
/// thread, so that many at once keep one core busy at most.
final class SignatureThread implements AutoCloseable {

    /// More than can be signed before setup timeouts are over would be signed for nobody.
    private static final int MOST_WAITING = 16_384;

    private static final long CLOSE_MILLIS = 2_000;

    private final MpscBlockingConsumerArrayQueue<Order> orders = new MpscBlockingConsumerArrayQueue<>(MOST_WAITING);
    private final Thread thread;

    private record Order(IdentitySigner signer, long call, long from, long to, Consumer<Command> loop) {}

    private SignatureThread() {
        thread = Thread.ofPlatform().name("flashcall-signatures").daemon().unstarted(this::run);
    }

    static SignatureThread start() {
        var signatures = new SignatureThread();
        signatures.thread.start();
        return signatures;
    }

    /// For the calls of one user agent.
    ///
    /// @param loop takes what was made; never blocks
    Signatures answering(Consumer<Command> loop) {
        return (signer, call, from, to) -> {
            if (!orders.offer(new Order(signer, call, from, to, loop))) {
                loop.accept(new Command.Signed(call, CallSignature.NONE));
            }
        };
    }

    private void run() {
        try {
            while (true) {
                var order = orders.take();
                var made = CallSignature.make(order.signer, order.from, order.to, System.nanoTime());
                order.loop.accept(new Command.Signed(order.call, made));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the thread; what nobody has signed yet stays so. Keeps an interrupt of the caller's for later.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
