package io.flashcall.verification;

import io.flashcall.engine.E164;
import io.flashcall.verification.Verifications.CheckResult;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.number.EnteredCode;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Sessions.Change;
import java.time.InstantSource;
import java.util.Optional;

/// The use case of checking what somebody entered. What is compared are keyed hashes, all of the session's, in a time
/// that does not depend on which of them fits.
final class Checks {

    private final Sessions sessions;
    private final SessionChanges changes;
    private final Vault vault;
    private final CheckBudget budget;
    private final InstantSource clock;

    Checks(Sessions sessions, SessionChanges changes, Vault vault, CheckBudget budget, InstantSource clock) {
        this.sessions = sessions;
        this.changes = changes;
        this.vault = vault;
        this.budget = budget;
        this.clock = clock;
    }

    CheckResult check(SessionId id, String text, String source, boolean whole) {
        var found = sessions.find(id);
        if (found.isEmpty()) {
            return new CheckResult.NotFound();
        }
        var session = found.get();
        return switch (EnteredCode.read(text, session.opening().terms().codeLength())) {
            case EnteredCode.Unreadable(var expected) -> new CheckResult.Unreadable(expected);
            case EnteredCode.LastDigits _
            when whole -> new CheckResult.Unreadable("Report the whole number that called.");
            case EnteredCode.LastDigits(var code) -> check(session, new Entered(code, Optional.empty()), source);
            case EnteredCode.WholeNumber number ->
                check(session, new Entered(number.code(), Optional.of(number)), source);
        };
    }

    /// @param number where it was more than the code
    private record Entered(String code, Optional<EnteredCode.WholeNumber> number) {}

    private CheckResult check(Session session, Entered entered, String source) {
        var id = session.id();
        var now = clock.instant();
        var destination = vault.numberMac(session.opening().intent().to());
        if (session.status() == Status.PENDING && budget.isUsedUp(destination, now)) {
            return new CheckResult.Limited(Limits.FAILED_CHECKS, CheckBudget.untilTomorrow(now));
        }
        var mac = vault.codeMac(id, entered.code());
        return changes.apply(
                        id,
                        current -> new SessionEvent.Checked(match(current, entered, mac), source),
                        write -> write.events().stream().anyMatch(event -> event.type() == EventType.CHECK_WRONG)
                                ? write.with(CheckBudget.day(destination, now))
                                : write)
                .map(Checks::result)
                .orElseGet(CheckResult.NotFound::new);
    }

    private static CheckResult result(Change change) {
        var after = change.after();
        if (change.step().denial().isPresent()) {
            return new CheckResult.Over(after);
        }
        return after.status() == Status.VERIFIED ? new CheckResult.Right(after) : new CheckResult.Wrong(after);
    }

    /// The attempt that carried what was entered, or 0.
    private int match(Session session, Entered entered, String mac) {
        int match = 0;
        for (var attempt : session.attempts()) {
            boolean fits = Vault.same(mac, attempt.code().mac());
            if (fits
                    && entered.number()
                            .map(number -> isWhole(session, attempt, number))
                            .orElse(true)) {
                match = attempt.number();
            }
        }
        return match;
    }

    private boolean isWhole(Session session, Attempt attempt, EnteredCode.WholeNumber number) {
        return attempt.code()
                .callerId()
                .map(kept -> new E164(vault.open(kept, session.id().value())))
                .filter(number::is)
                .isPresent();
    }
}
