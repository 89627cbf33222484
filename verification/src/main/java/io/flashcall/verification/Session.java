package io.flashcall.verification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One verification: a pure fold over events, with deadlines. `session.on(event, now)` is the next session and what the
/// world must do about it; nothing here reads a clock or does I/O.
///
/// ```
///             Prepared                     outcome: next route, next channel;
///  Launching ─────────▶ Trying ──────────────────────────────┐  or its time is up
///   ▲   │ Unavailable     │ ▲                                │
///   │   └───▶ next ◀──────┼─┼────────────────────────────────┘
///   │          │ none left│ │ resend
///   └──────────┤          │ └────────────────────── Spent ◀── something may have been seen
///              └──────────┼──────────────────────────────────▶ Ended: failed (undeliverable)
///   any of them ──────────┴── right code ─▶ verified · wrong ones ─▶ failed · time ─▶ expired · app ─▶ canceled
/// ```
///
/// @param opening  what never changes
/// @param attempts in order; the codes of all of them count until the session ends
/// @param tally    what was used up
/// @param phase    what it waits for
public record Session(Opening opening, List<Attempt> attempts, Tally tally, Phase phase) {

    public Session {
        attempts = List.copyOf(attempts);
    }

    /// @param checks checks made, right or wrong
    /// @param sends  the first send and its resends
    /// @param events events published
    public record Tally(int checks, int sends, int events) {}

    /// The first step of a new session: it asks for a launch on its first channel.
    public static Step start(Opening opening) {
        var empty = new Session(opening, List.of(), new Tally(0, 1, 0), new Phase.Launching(1, 0, opening.at()));
        return new Transition(empty, opening.at()).start();
    }

    /// What becomes of it.
    ///
    /// @param now not before any earlier one; whoever has a late clock only sees deadlines pass late
    public Step on(SessionEvent event, Instant now) {
        return new Transition(this, now).on(event);
    }

    public SessionId id() {
        return opening.id();
    }

    public Status status() {
        return phase instanceof Phase.Ended ended ? ended.status() : Status.PENDING;
    }

    /// One word for machines; empty unless it failed.
    public String reason() {
        return phase instanceof Phase.Ended ended ? ended.reason() : "";
    }

    public Optional<Instant> endedAt() {
        return phase instanceof Phase.Ended ended ? Optional.of(ended.at()) : Optional.empty();
    }

    /// When [SessionEvent.TimePassed] is due; empty once it has ended.
    public Optional<Instant> deadline() {
        return switch (phase) {
            case Phase.Launching launching ->
                Optional.of(earlier(launching.since().plus(Transition.LAUNCH_PATIENCE)));
            case Phase.Trying trying -> Optional.of(earlier(trying.until()));
            case Phase.Spent() -> Optional.of(opening.expiresAt());
            case Phase.Ended _ -> Optional.empty();
        };
    }

    public int checksLeft() {
        return opening.terms().checks() - tally.checks();
    }

    public int sendsLeft() {
        return opening.terms().sends() - tally.sends();
    }

    /// The channel in use, or about to be.
    public ChannelName channel() {
        var channels = opening.terms().channels();
        if (phase instanceof Phase.Launching launching) {
            return channels.get(launching.channelIndex()).name();
        }
        return latest().map(attempt -> attempt.plan().channel())
                .orElseGet(() -> channels.getFirst().name());
    }

    /// What may be shown of the latest caller id; empty unless the latest attempt is a flash call.
    public Optional<String> prefix() {
        return latest().filter(Attempt::isFlashCall)
                .map(attempt -> attempt.code().prefix())
                .filter(prefix -> !prefix.isEmpty());
    }

    /// Whether it waits for this launch.
    public boolean awaits(Effect.Launch launch) {
        return phase instanceof Phase.Launching launching
                && launching.send() == launch.send()
                && launching.channelIndex() == launch.channelIndex();
    }

    /// Whether the user may still want what this attempt brings: it is being tried, or was the last thing to be tried.
    public boolean wants(int attempt) {
        return switch (phase) {
            case Phase.Trying trying -> trying.attempt() == attempt;
            case Phase.Spent() -> attempts.size() == attempt;
            case Phase.Launching _, Phase.Ended _ -> false;
        };
    }

    /// The attempt of that number.
    public Optional<Attempt> attempt(int number) {
        return number >= 1 && number <= attempts.size() ? Optional.of(attempts.get(number - 1)) : Optional.empty();
    }

    /// The one made last.
    public Optional<Attempt> latest() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    private Instant earlier(Instant deadline) {
        return deadline.isBefore(opening.expiresAt()) ? deadline : opening.expiresAt();
    }
}
