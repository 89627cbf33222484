package io.flashcall.engine.transport;

import java.util.Arrays;

/// Datagrams that were given up, kept until their handler can be told outside of [DatagramIo#send]. One thread.
final class SendFailures {

    private long[] tokens = new long[64];
    private int[] errnos = new int[64];
    private int count;
    private boolean reporting;

    void add(long token, int errno) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
            errnos = Arrays.copyOf(errnos, 2 * count);
        }
        tokens[count] = token;
        errnos[count] = errno;
        count++;
    }

    /// Tells the handler, which may send and flush again meanwhile: what fails then is told by the outer call.
    void report(DatagramHandler handler) {
        if (reporting) {
            return;
        }
        reporting = true;
        try {
            for (int i = 0; i < count; i++) {
                handler.onSendError(tokens[i], errnos[i]);
            }
        } finally {
            count = 0;
            reporting = false;
        }
    }

    /// The same from outside of the handler's cycles: in one of its own.
    void reportInCycle(DatagramHandler handler) {
        if (count == 0 || reporting) {
            return;
        }
        handler.beforeRead();
        try {
            report(handler);
        } finally {
            handler.afterRead();
        }
    }
}
