package io.flashcall.engine.transport;

import java.lang.foreign.Arena;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Datagrams on their way out: what [DatagramIo#send] queued and the kernel has not taken yet. For the thread of its
/// arena.
///
/// Where the kernel can segment (UDP GSO), equally long datagrams to one target share one send, which costs the
/// kernel little more than a single one. A train that it refuses is taken apart and offered again one by one.
final class SendQueue {

    /// How often a datagram is offered that fails with what an ICMP error may have left behind.
    static final int TRIES = 4;

    private static final Logger LOG = LoggerFactory.getLogger(SendQueue.class);

    /// The system call, so that a test can play a kernel that has had enough.
    interface Kernel {

        /// Sends as many as it takes, without waiting.
        ///
        /// @return headers whose datagrams were sent, or a negative errno that belongs to the first of them
        int send(long headers, int count);
    }

    /// Takes each datagram that the kernel refused.
    interface Refusals {

        void refused(long token, int errno);
    }

    private final Kernel kernel;
    private final Refusals refusals;
    private final SendHeaders headers;
    private Pending pending;
    private Pending spare;
    private boolean segmenting;
    private int head;
    private int tries;
    private long calls;
    private long sends;
    private long sent;

    /// @param segmenting whether the kernel can cut a train into its datagrams
    SendQueue(Kernel kernel, Refusals refusals, boolean v4Socket, boolean segmenting, Arena arena) {
        this.kernel = kernel;
        this.refusals = refusals;
        this.segmenting = segmenting;
        headers = new SendHeaders(v4Socket, arena);
        pending = new Pending(arena);
        spare = new Pending(arena);
    }

    /// Queues a copy.
    ///
    /// @return false when there is no room: flush first, or give the datagram up
    boolean offer(byte[] from, int offset, int length, Endpoint to, long token, int lane) {
        return pending.add(from, offset, length, to, token, lane, segmenting);
    }

    /// Sends until the queue is empty or the kernel would block. A datagram that the kernel refuses is reported and
    /// the rest carries on. An ICMP error that concerns an earlier datagram fails the next call as well, whose
    /// datagram is offered again.
    ///
    /// @return false when the kernel would block: the rest waits for the socket to become writable
    boolean flush() {
        headers.layOut(pending);
        head = 0;
        while (head < headers.count()) {
            int result = kernel.send(headers.address(head), headers.count() - head);
            calls++;
            if (result > 0) {
                onSent(result);
            } else if (result == -LinuxUdp.EAGAIN) {
                keepRest(segmenting);
                return false;
            } else {
                onError(-result);
            }
        }
        clear();
        return true;
    }

    private void onSent(int taken) {
        for (int i = 0; i < taken; i++) {
            sent += pending.cars(headers.train(head + i));
        }
        sends += taken;
        head += taken;
        tries = 0;
    }

    private void onError(int errno) {
        if (errno == LinuxUdp.EINTR || (LinuxUdp.isOfIcmp(errno) && ++tries < TRIES)) {
            return;
        }
        tries = 0;
        int train = headers.train(head);
        if (pending.cars(train) == 1) {
            refusals.refused(pending.token(pending.first(train)), errno);
            head++;
            return;
        }
        if (errno == LinuxUdp.EIO || errno == LinuxUdp.EINVAL) {
            segmenting = false;
            LOG.info(
                    "UDP: no segmentation offload from now on, for a send of several datagrams failed: errno {}",
                    errno);
        }
        keepRest(false);
        headers.layOut(pending);
    }

    /// What has not left begins a queue of its own.
    private void keepRest(boolean joining) {
        for (int i = head; i < headers.count(); i++) {
            spare.addTrain(pending, headers.train(i), headers.lane(i), joining);
        }
        var rest = spare;
        spare = pending;
        pending = rest;
        spare.clear();
        headers.clear();
        head = 0;
    }

    /// Gives up all that waits.
    void abandon() {
        headers.layOut(pending);
        for (int i = 0; i < headers.count(); i++) {
            for (int car = pending.first(headers.train(i)); car >= 0; car = pending.following(car)) {
                refusals.refused(pending.token(car), LinuxUdp.EAGAIN);
            }
        }
        clear();
    }

    int waiting() {
        return pending.datagrams();
    }

    /// System calls.
    long calls() {
        return calls;
    }

    /// What the kernel had to do: one for each train.
    long sends() {
        return sends;
    }

    /// Datagrams that have left.
    long sent() {
        return sent;
    }

    private void clear() {
        pending.clear();
        headers.clear();
        head = 0;
    }
}
