package io.flashcall.engine.agent;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallEvent.Stamp;
import io.flashcall.engine.CallEvent.Trying;
import io.flashcall.engine.CallId;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.call.Ending;
import io.flashcall.engine.call.FlashCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An event on its way from the loop to the consumer: plain fields that the loop fills without making an object. The
/// consumer's thread makes the [CallEvent] and hands the cell back.
final class EventCell {

    /// Which [CallEvent] it becomes.
    enum Kind {
        PLACED,
        TRYING,
        RINGING,
        HANGING_UP,
        ENDED
    }

    static final int LONGEST_REASON = 128;

    private static final byte[] EMPTY = {};
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    Kind kind = Kind.PLACED;
    long call;
    int sequence;
    long nanos;
    long wallOffset;
    int status;
    int q850;
    int retryAfterSeconds;
    long late;
    Ending ending = Ending.ABANDONED;
    int credits;
    private final byte[] reference = new byte[References.ROW];
    private @Nullable String longReference;
    private byte[] reason = EMPTY;
    private int reasonLength;
    private byte[] redress = EMPTY;
    private int redressLength;

    /// Keeps what the caller knows the call by.
    ///
    /// @param rows     has it in the row that begins at `row`, unless it stayed a string
    /// @param asString the string, or null
    void reference(byte[] rows, int row, @Nullable String asString) {
        System.arraycopy(rows, row, reference, 0, References.ROW);
        if (asString != null || longReference != null) {
            longReference = asString;
        }
    }

    /// The consumer has it.
    void forgetReference() {
        reference[0] = 0;
        longReference = null;
    }

    /// Keeps up to [#LONGEST_REASON] bytes of a Reason header.
    void reason(byte[] bytes, int offset, int length) {
        reasonLength = Math.min(length, LONGEST_REASON);
        if (reason.length < reasonLength) {
            reason = new byte[LONGEST_REASON];
        }
        System.arraycopy(bytes, offset, reason, 0, reasonLength);
    }

    /// Keeps where one may complain; one that is longer than [RedressUrl#LONGEST] is none.
    void redress(byte[] bytes, int offset, int length) {
        redressLength = length > RedressUrl.LONGEST ? 0 : length;
        if (redress.length < redressLength) {
            redress = new byte[RedressUrl.LONGEST];
        }
        System.arraycopy(bytes, offset, redress, 0, redressLength);
    }

    void clearResponse(int ofStatus) {
        status = ofStatus;
        q850 = -1;
        retryAfterSeconds = -1;
        reasonLength = 0;
        redressLength = 0;
    }

    CallEvent toEvent() {
        var at = Instant.EPOCH.plusNanos(nanos + wallOffset);
        String name = longReference == null ? References.read(reference) : longReference;
        var stamp = new Stamp(new CallId(call), name, sequence, at, nanos);
        return switch (kind) {
            case PLACED -> new Placed(stamp);
            case TRYING -> new Trying(stamp, response());
            case RINGING -> new Ringing(stamp, response());
            case HANGING_UP ->
                new HangingUp(stamp, late == FlashCall.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(late)));
            case ENDED -> new Ended(stamp, ending.with(response(), retryAfter()));
        };
    }

    private SipStatus response() {
        if (status == 0) {
            return SipStatus.NONE;
        }
        return new SipStatus(status, q850, reasonText(), RedressUrl.read(redress, redressLength));
    }

    /// On one line, and without what a terminal or a log would take for a command.
    private String reasonText() {
        if (reasonLength == 0) {
            return "";
        }
        var text = new String(reason, 0, reasonLength, StandardCharsets.UTF_8);
        return CONTROLS.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("?");
    }

    private Optional<Duration> retryAfter() {
        return retryAfterSeconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(retryAfterSeconds));
    }
}
