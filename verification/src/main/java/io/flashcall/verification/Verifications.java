package io.flashcall.verification;

import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The use cases. Blocking; for virtual threads. Numbers and codes come as people typed them.
public interface Verifications {

    /// Starts a verification: judges, saves and dispatches its first attempt.
    StartResult start(StartRequest request);

    Optional<Session> find(SessionId id);

    /// Somebody entered a code: the last digits, or the whole caller id in any formatting.
    ///
    /// @param source `manual`, `intercepted` or `log`
    /// @param whole  whether only the whole caller id counts, as for a report
    CheckResult check(SessionId id, String entered, String source, boolean whole);

    /// Sends again.
    ActionResult resend(SessionId id, Optional<ChannelName> channel);

    /// Withdraws it; a call in the air is hung up.
    ActionResult cancel(SessionId id);

    List<TimelineEntry> timeline(SessionId id);

    /// What a start needs.
    ///
    /// @param app       whose
    /// @param caller    who asks
    /// @param to        the number as typed
    /// @param subject   what it is for
    /// @param wishes    where it departs from the app's policy
    /// @param keep      makes the response to keep for an idempotent request, from the saved session
    record StartRequest(
            App app,
            Caller caller,
            String to,
            Subject subject,
            Wishes wishes,
            Optional<Function<Session, IdempotentRequests.Result>> keep) {}

    /// @param server       whether it came with a server key; else it is a publishable one
    /// @param address      the client's IP address
    /// @param clientSecret a new secret for a publishable key's session; empty for server keys
    record Caller(boolean server, String address, Optional<String> clientSecret) {}

    /// @param transaction JSON object, as text
    /// @param email       where email may reach the user
    record Subject(
            String purpose,
            Optional<String> userReference,
            Optional<String> transaction,
            Optional<String> language,
            Optional<String> email) {}

    /// @param requestedCode digits that the caller id must end in
    record Wishes(
            Optional<Integer> codeLength,
            Optional<Duration> timeToLive,
            Optional<Integer> checks,
            Optional<Integer> sends,
            Optional<List<ChannelName>> channels,
            Optional<Duration> ringTime,
            Optional<String> requestedCode) {

        public static final Wishes NONE = new Wishes(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    sealed interface StartResult {

        record Started(Session session) implements StartResult {}

        /// The same was asked for before, and is pending.
        record Reused(Session session) implements StartResult {}

        /// @param reason as [io.flashcall.verification.guard.NumberRules] says
        record NumberRefused(String reason, String detail) implements StartResult {}

        /// @param limit its name
        record Limited(String limit, Duration retryAfter) implements StartResult {}

        /// What the app may spend is spent.
        ///
        /// @param limit      `budget_per_day` or `budget_per_month`
        /// @param retryAfter until the next day or month begins
        record OverBudget(String limit, Duration retryAfter) implements StartResult {}

        /// A wish is out of the app's bounds.
        ///
        /// @param field  name in the request, such as `code_length`
        /// @param detail the value, and what was expected
        record WishRefused(String field, String detail) implements StartResult {}

        /// The app's own back end said no, or did not answer in time.
        record Denied(String detail) implements StartResult {}

        /// No caller id ends in the requested code.
        record NoSuchCode() implements StartResult {}
    }

    sealed interface CheckResult {

        record Right(Session session) implements CheckResult {}

        /// @param session may have failed by it
        record Wrong(Session session) implements CheckResult {}

        /// It is over; nothing was counted.
        record Over(Session session) implements CheckResult {}

        /// What was entered cannot be a code; nothing was counted.
        record Unreadable(String expected) implements CheckResult {}

        record Limited(String limit, Duration retryAfter) implements CheckResult {}

        record NotFound() implements CheckResult {}
    }

    sealed interface ActionResult {

        record Done(Session session) implements ActionResult {}

        record Denied(Session session, Denial why) implements ActionResult {}

        /// The app's own back end said no, or did not answer in time.
        record Forbidden(String detail) implements ActionResult {}

        record NotFound() implements ActionResult {}
    }
}
