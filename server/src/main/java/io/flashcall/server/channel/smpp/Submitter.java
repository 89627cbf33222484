package io.flashcall.server.channel.smpp;

import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.pricing.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Hands the parts of one message to the SMSC, one after another, and says how it ended. What was surely not taken may
/// be tried again for a while; what may have been, never (ADR 15). Thread-safe.
final class Submitter {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// What is written within this time is not asked about: it costs a look into the store.
    private static final Duration PROMPT = Duration.ofMillis(250);

    private final Link link;
    private final Duration patience;
    private final SmppCounts counts;

    /// @param patience how long one part may wait for the link, for a place in the window, and for a throttling SMSC
    Submitter(Link link, Duration patience, SmppCounts counts) {
        this.link = link;
        this.patience = patience;
        this.counts = counts;
    }

    /// @param wanted   whether anybody still waits for it: asked of a message that was held up for a while, before
    ///                 any of it is written
    /// @param accepted hears the SMSC's ids when it has taken every part, before this returns
    AttemptResult send(
            Envelope envelope, Encoder.Encoded message, BooleanSupplier wanted, Consumer<List<String>> accepted) {
        var ids = new ArrayList<String>();
        long heldUp = System.nanoTime() + PROMPT.toNanos();
        for (var part : message.parts()) {
            BooleanSupplier goes = () -> !ids.isEmpty() || System.nanoTime() < heldUp || wanted.getAsBoolean();
            switch (submit(envelope, part, goes)) {
                case Answer.Accepted(var id) -> ids.add(id);
                case Answer.Unwanted() -> {
                    return AttemptResult.withdrawn();
                }
                case Answer.Lost(var reason) -> {
                    return unknown(message, ids.size(), reason);
                }
                case Answer other -> {
                    return ids.isEmpty() ? refused(other) : unknown(message, ids.size(), detail(other));
                }
            }
        }
        accepted.accept(ids);
        var detail = message.billed() == 1 ? "1 part" : message.billed() + " parts";
        return new AttemptResult(Verdict.DELIVERED, "accepted", detail, true, Usage.ofParts(message.billed()));
    }

    private Answer submit(Envelope envelope, Part part, BooleanSupplier goes) {
        long until = System.nanoTime() + patience.toNanos();
        var pause = FIRST_PAUSE;
        while (true) {
            var bind = link.await(until);
            if (bind.isEmpty()) {
                return new Answer.Unsent("the link is down");
            }
            var answer = bind.get().submit(envelope, part, until, goes);
            boolean again = switch (answer) {
                case Answer.Unsent _ -> System.nanoTime() < until;
                case Answer.Refused refused
                when refused.isThrottled() -> {
                    counts.throttle();
                    boolean slept = sleep(pause, until);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                    yield slept;
                }
                case Answer.Refused _, Answer.Accepted _, Answer.Lost _, Answer.Unwritable _, Answer.Unwanted _ ->
                    false;
            };
            if (!again) {
                return answer;
            }
        }
    }

    /// Between half of a pause and all of it.
    ///
    /// @return false when there is no time for it
    private static boolean sleep(Duration pause, long until) {
        long nanos = pause.toNanos() / 2 + ThreadLocalRandom.current().nextLong(pause.toNanos() / 2);
        if (System.nanoTime() + nanos > until) {
            return false;
        }
        try {
            Thread.sleep(Duration.ofNanos(nanos));
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static AttemptResult refused(Answer answer) {
        var outcome = switch (answer) {
            case Answer.Refused refused when refused.isThrottled() -> "provider_throttled";
            case Answer.Unsent _ -> "provider_unreachable";
            case Answer.Refused _, Answer.Unwritable _, Answer.Unwanted _, Answer.Accepted _, Answer.Lost _ ->
                "provider_refused";
        };
        return new AttemptResult(Verdict.NEXT_CHANNEL, outcome, detail(answer), false);
    }

    private static AttemptResult unknown(Encoder.Encoded message, int taken, String reason) {
        int parts = message.parts().size();
        var detail = reason + "; not sent again";
        return new AttemptResult(
                Verdict.PERHAPS,
                "unknown",
                parts == 1 ? detail : taken + " of " + parts + " parts accepted, then: " + detail,
                true,
                Usage.ofParts(message.billed()));
    }

    private static String detail(Answer answer) {
        return switch (answer) {
            case Answer.Refused refused -> refused.toString();
            case Answer.Unsent(var reason) -> reason;
            case Answer.Lost(var reason) -> reason;
            case Answer.Unwritable _ -> "an address or the text is too long for the protocol";
            case Answer.Unwanted _ -> "unwanted";
            case Answer.Accepted _ -> "accepted";
        };
    }
}
