package io.flashcall.testbed.jain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/// A callee on a real SIP stack that none of us wrote, on a free loopback port.
///
/// Each has its own class loader, so callees of both stacks may run side by side in one JVM. Thread-safe.
public final class JainCallee implements AutoCloseable {

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final StackLoader loader;
    private final CalleeStack callee;
    private final InetSocketAddress address;

    private JainCallee(StackLoader loader, CalleeStack callee, InetSocketAddress address) {
        this.loader = loader;
        this.callee = callee;
        this.address = address;
    }

    /// Starts a stack; it takes calls when this returns.
    ///
    /// @throws IllegalStateException if the stack cannot be loaded or started
    public static JainCallee start(Stack stack, CalleeOptions options) {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try {
            StackLoader loader = StackLoader.of(stack);
            CalleeStack callee = (CalleeStack) loader.loadClass("io.flashcall.testbed.jain.callee.StackCallee")
                    .getConstructor()
                    .newInstance();
            int port = callee.start(loopback, stack + "-" + SERIAL.incrementAndGet(), options);
            return new JainCallee(loader, callee, new InetSocketAddress(loopback, port));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot start the " + stack + " stack", e);
        }
    }

    /// The UDP address it takes calls on.
    public InetSocketAddress address() {
        return address;
    }

    public CalleeCounters counters() {
        return callee.counters();
    }

    /// Stops the stack and its threads, frees the port.
    @Override
    public void close() {
        callee.close();
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
