package io.flashcall.testbed.jain.callee;

import io.flashcall.testbed.jain.CalleeCounters;
import io.flashcall.testbed.jain.CalleeOptions;
import io.flashcall.testbed.jain.CalleeStack;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Properties;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipFactory;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TransportNotSupportedException;
import org.jspecify.annotations.Nullable;

/// Opens the stack that this class's loader knows, and puts a [Callee] on it.
///
/// To be started and closed on threads of one [ThreadGroup]: the stack's own threads then belong to it too, and the
/// event scanner, which no method of the stack ends, can be interrupted with the rest.
public final class StackCallee implements CalleeStack {

    private static final int PORT_ATTEMPTS = 5;

    private @Nullable SipStack stack;
    private @Nullable Callee callee;

    @Override
    public int start(InetAddress address, String name, CalleeOptions options) throws Exception {
        // A loader of its own has a factory of its own, though the factory is a singleton.
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        SipStack opened = factory.createSipStack(properties(name));
        stack = opened;
        ListeningPoint point = listen(opened, address);
        SipProvider provider = opened.createSipProvider(point);
        Callee listener = new Callee(factory, provider, options);
        callee = listener;
        provider.addSipListener(listener);
        opened.start();
        return point.getPort();
    }

    private static Properties properties(String name) {
        Properties properties = new Properties();
        // No javax.sip.IP_ADDRESS: with it, a stack refuses every listening point but that one's.
        properties.setProperty("javax.sip.STACK_NAME", name);
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", QuietLogger.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", QuietServerLogger.class.getName());
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        return properties;
    }

    /// The stack wants to be told its port, so a free one is looked for first; another process may snatch it.
    private static ListeningPoint listen(SipStack stack, InetAddress address)
            throws IOException, TransportNotSupportedException, InvalidArgumentException {
        for (int attempt = 1; ; attempt++) {
            int port;
            try (DatagramSocket probe = new DatagramSocket(0, address)) {
                port = probe.getLocalPort();
            }
            try {
                return stack.createListeningPoint(address.getHostAddress(), port, ListeningPoint.UDP);
            } catch (InvalidArgumentException e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public CalleeCounters counters() {
        Callee listener = callee;
        if (listener == null) {
            throw new IllegalStateException("not started");
        }
        return listener.counters();
    }

    @Override
    public void close() {
        if (callee != null) {
            callee.close();
        }
        if (stack != null) {
            // The stack closes its sockets, then sleeps a second before it clears its tables; nobody needs to wait.
            Thread.currentThread().interrupt();
            stack.stop();
            stack = null;
        }
    }
}
