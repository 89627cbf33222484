package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Early.Reliability;
import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse;
import io.flashcall.testbed.wire.SipResponse.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The reliable provisional responses of one fork (RFC 3262 §3): one at a time, in the order of their RSeq,
/// each repeated until its PRACK comes. Confined to the loop.
final class Reliable {

    private static final String OPTION = "100rel";

    private final Wire wire;
    private final BooleanSupplier over;
    private final Runnable unacknowledged;
    private final Queue<Waiting> waiting = new ArrayDeque<>(2);
    private final List<Runnable> whenQuiet = new ArrayList<>(1);
    private long rseq;
    private boolean pending;

    private record Waiting(SipResponse response, Consumer<byte[]> sent) {}

    /// @param before one less than the first RSeq
    /// @param over whether the INVITE has its final response
    /// @param unacknowledged runs if no PRACK comes
    Reliable(Wire wire, long before, BooleanSupplier over, Runnable unacknowledged) {
        this.wire = wire;
        this.rseq = before;
        this.over = over;
        this.unacknowledged = unacknowledged;
    }

    /// Whether this caller lists 100rel, as supported or as required.
    static boolean isKnownTo(SipMessage invite) {
        return isRequiredBy(invite) || invite.elements(HeaderName.SUPPORTED).contains(OPTION);
    }

    private static boolean isRequiredBy(SipMessage invite) {
        return invite.elements(HeaderName.REQUIRE).contains(OPTION);
    }

    /// The refusal of an INVITE that wants or lacks 100rel (RFC 3261 §8.2.2.3, RFC 3262 §3).
    static Optional<Refusal> refuses(Reliability reliability, SipMessage invite) {
        return switch (reliability) {
            case OFF ->
                isRequiredBy(invite)
                        ? Optional.of(new Refusal(420, List.of(new Field("Unsupported", OPTION))))
                        : Optional.empty();
            case REQUIRED ->
                isKnownTo(invite)
                        ? Optional.empty()
                        : Optional.of(new Refusal(421, List.of(new Field("Require", OPTION))));
            case SUPPORTED, FORCED -> Optional.empty();
        };
    }

    static boolean applies(Reliability reliability, SipMessage invite) {
        return switch (reliability) {
            case OFF -> false;
            case SUPPORTED, REQUIRED -> isKnownTo(invite);
            case FORCED -> true;
        };
    }

    /// Sends the response, as soon as the one before it is acknowledged.
    ///
    /// @param sent hears the bytes when they have left for the first time
    void send(SipResponse response, Consumer<byte[]> sent) {
        waiting.add(new Waiting(response, sent));
        if (!pending) {
            next();
        }
    }

    private void next() {
        if (over.getAsBoolean()) {
            return;
        }
        Waiting first = waiting.poll();
        if (first == null) {
            List.copyOf(whenQuiet).forEach(Runnable::run);
            whenQuiet.clear();
            return;
        }
        pending = true;
        rseq++;
        long mine = rseq;
        List<Field> fields = List.of(new Field("Require", OPTION), new Field("RSeq", Long.toString(rseq)));
        byte[] bytes = wire.write(first.response().with(fields));
        wire.transmit(bytes);
        first.sent().accept(bytes);
        wire.repeatProvisional(bytes, () -> !pending || rseq != mine || over.getAsBoolean(), unacknowledged);
    }

    /// Whether this PRACK names the response that waits for one; if so the next may be sent by [#proceed].
    boolean acknowledge(Invite invite, SipMessage prack) {
        String expected = rseq + " " + invite.cseq() + " INVITE";
        if (!pending || !expected.equals(prack.headerOrEmpty(HeaderName.RACK))) {
            return false;
        }
        pending = false;
        return true;
    }

    void proceed() {
        if (!pending) {
            next();
        }
    }

    /// Runs when nothing waits for a PRACK, perhaps at once; never if none comes.
    void whenQuiet(Runnable task) {
        if (pending) {
            whenQuiet.add(task);
        } else {
            task.run();
        }
    }
}
