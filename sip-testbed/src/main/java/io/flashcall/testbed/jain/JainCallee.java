package io.flashcall.testbed.jain;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A callee on a real SIP stack that none of us wrote, on a free loopback port.
///
/// Each has its own class loader, so callees of both stacks may run side by side in one JVM. Thread-safe.
public final class JainCallee implements AutoCloseable {

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final StackLoader loader;
    private final CalleeStack callee;
    private final InetSocketAddress address;
    private final ThreadGroup threads;

    private JainCallee(StackLoader loader, CalleeStack callee, InetSocketAddress address, ThreadGroup threads) {
        this.loader = loader;
        this.callee = callee;
        this.address = address;
        this.threads = threads;
    }

    /// Starts a stack; it takes calls when this returns.
    ///
    /// @throws IllegalStateException if the stack cannot be loaded or started
    public static JainCallee start(Stack stack, CalleeOptions options) {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        String name = stack + "-" + SERIAL.incrementAndGet();
        ThreadGroup threads = new ThreadGroup(name);
        try {
            StackLoader loader = StackLoader.of(stack);
            CalleeStack callee = (CalleeStack) loader.loadClass("io.flashcall.testbed.jain.callee.StackCallee")
                    .getConstructor()
                    .newInstance();
            int port = onThreadOf(threads, () -> callee.start(loopback, name, options));
            return new JainCallee(loader, callee, new InetSocketAddress(loopback, port), threads);
        } catch (Exception e) {
            throw new IllegalStateException("cannot start the " + stack + " stack", e);
        }
    }

    /// The stack's threads inherit group and daemon flag from the thread that makes them.
    private static <T> T onThreadOf(ThreadGroup threads, Callable<T> task) throws Exception {
        FutureTask<T> result = new FutureTask<>(task);
        Thread thread = new Thread(threads, result, threads.getName());
        thread.setDaemon(true);
        thread.start();
        return result.get(10, TimeUnit.SECONDS);
    }

    /// The UDP address it takes calls on.
    public InetSocketAddress address() {
        return address;
    }

    public CalleeCounters counters() {
        return callee.counters();
    }

    /// Stops the stack; its threads end and its port is free a moment later. Idempotent.
    @Override
    public void close() {
        try {
            onThreadOf(threads, () -> {
                callee.close();
                return true;
            });
            threads.interrupt();
            loader.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop " + threads.getName(), e);
        }
    }
}
