package io.flashcall.testbed.jain;

import java.net.InetAddress;

/// The bridge to the classes behind the other class loader: only types that both sides share.
public interface CalleeStack extends AutoCloseable {

    /// Opens a stack on a free UDP port of `address` and begins to take calls; returns the port.
    int start(InetAddress address, String name, CalleeOptions options) throws Exception;

    /// May be called from any thread.
    CalleeCounters counters();

    @Override
    void close();
}
