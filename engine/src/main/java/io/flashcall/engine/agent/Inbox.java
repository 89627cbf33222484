package io.flashcall.engine.agent;

import io.flashcall.engine.transport.Endpoint;
import java.util.Arrays;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/// Messages that other user agents have received for this one: copies in a bounded number of parcels, which are used
/// again. A parcel grows to the longest message that it had to hold, and shrinks after one that is unusually long: what
/// all of them hold at once is bounded, whatever is sent to us. Any thread puts in, one takes out.
final class Inbox {

    /// About as many responses as come within a tenth of a second at 10,000 calls a second.
    static final int PARCELS = 4096;

    private static final int USUAL_BYTES = 1_024;
    private static final int MOST_KEPT_BYTES = 8_192;

    private final MpmcArrayQueue<Parcel> idle = new MpmcArrayQueue<>(PARCELS);
    private final MpscArrayQueue<Parcel> full = new MpscArrayQueue<>(PARCELS);

    /// One message.
    static final class Parcel {

        private final Endpoint peer = new Endpoint();
        private byte[] bytes = new byte[USUAL_BYTES];
        private int length;
        private boolean received;

        /// Where it came from, or where it was sent in vain.
        Endpoint peer() {
            return peer;
        }

        /// From index 0 to [#length].
        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        /// Whether it was received; else it is what an ICMP error quotes.
        boolean isReceived() {
            return received;
        }

        private void fill(byte[] from, int count, Endpoint theirs, boolean wasReceived) {
            if (bytes.length < count) {
                bytes = Arrays.copyOf(from, count);
            } else {
                System.arraycopy(from, 0, bytes, 0, count);
            }
            length = count;
            peer.set(theirs.hi(), theirs.lo(), theirs.port());
            received = wasReceived;
        }
    }

    Inbox() {
        for (int i = 0; i < PARCELS; i++) {
            idle.offer(new Parcel());
        }
    }

    /// Puts in a copy.
    ///
    /// @return false when there is no room
    boolean offer(byte[] bytes, int length, Endpoint peer, boolean received) {
        var parcel = idle.poll();
        if (parcel == null) {
            return false;
        }
        parcel.fill(bytes, length, peer, received);
        full.offer(parcel);
        return true;
    }

    /// The next message, to be given back with [#recycle]; null when there is none.
    @Nullable Parcel poll() {
        return full.relaxedPoll();
    }

    void recycle(Parcel parcel) {
        if (parcel.bytes.length > MOST_KEPT_BYTES) {
            parcel.bytes = new byte[USUAL_BYTES];
        }
        idle.offer(parcel);
    }

    boolean isEmpty() {
        return full.isEmpty();
    }
}
