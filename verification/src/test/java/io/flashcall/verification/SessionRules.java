package io.flashcall.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What must be true of a session, whatever happens to it and in whatever order.
final class SessionRules {

    private Session before;
    private int sequence;
    private final Set<Integer> dispatched = new HashSet<>();
    private final Set<Integer> hungUp = new HashSet<>();

    SessionRules(Step start) {
        before = start.session();
        sequence = start.published().size();
    }

    void judge(SessionEvent event, Step step, Instant now) {
        var after = step.session();
        itsStatusMovesOnceAndToOneFinal(after);
        itsEventsAreNumberedWithoutAGap(step);
        itsLimitsHold(step);
        itLaunchesOnlyWhatItWaitsFor(step, after);
        itNeverCallsAgainAfterRinging(event, step, now);
        itHasOneCallInTheAirAtATime(step);
        itsEndHangsUpItsCalls(step, after);
        itsDeadlineIsAlwaysSet(event, after, now);
        whatWasDeniedChangesNothing(step, after);
        before = after;
    }

    private void itsStatusMovesOnceAndToOneFinal(Session after) {
        assertThat(after.opening()).isEqualTo(before.opening());
        if (before.status().isFinal()) {
            assertThat(after.phase()).as("an end is for ever").isEqualTo(before.phase());
        }
        assertThat(after.reason().isEmpty())
                .as("only a failure has a reason")
                .isEqualTo(after.status() != Status.FAILED);
    }

    private void itsEventsAreNumberedWithoutAGap(Step step) {
        for (var publish : step.published()) {
            assertThat(publish.sequence()).as("sequence").isEqualTo(++sequence);
        }
        long ends = step.published().stream()
                .filter(publish -> publish.type().isFinal())
                .count();
        boolean ended = !before.status().isFinal() && step.session().status().isFinal();
        assertThat(ends).as("final events").isEqualTo(ended ? 1 : 0);
        assertThat(step.session().tally().events()).isEqualTo(sequence);
    }

    private void itsLimitsHold(Step step) {
        var after = step.session();
        assertThat(after.checksLeft()).as("checks left").isNotNegative();
        assertThat(after.sendsLeft()).as("sends left").isNotNegative();
        if (after.checksLeft() == 0) {
            assertThat(after.status().isFinal()).as("no check is left").isTrue();
        }
        assertThat(after.attempts())
                .allSatisfy(attempt -> assertThat(attempt.plan().send())
                        .isBetween(1, after.opening().terms().sends()));
    }

    private static void itLaunchesOnlyWhatItWaitsFor(Step step, Session after) {
        for (var launch : of(step, Effect.Launch.class)) {
            assertThat(after.phase()).isInstanceOfSatisfying(Phase.Launching.class, phase -> {
                assertThat(phase.send()).isEqualTo(launch.send());
                assertThat(phase.channelIndex()).isEqualTo(launch.channelIndex());
            });
        }
        assertThat(of(step, Effect.Launch.class)).hasSizeLessThanOrEqualTo(1);
    }

    private void itNeverCallsAgainAfterRinging(SessionEvent event, Step step, Instant now) {
        boolean rang = before.phase() instanceof Phase.Trying trying
                && before.attempt(trying.attempt()).orElseThrow().times().rang().isPresent()
                && now.isBefore(trying.until());
        if (rang && !(event instanceof SessionEvent.ResendAsked)) {
            assertThat(of(step, Effect.Launch.class))
                    .as("launches after ringing")
                    .isEmpty();
        }
    }

    private void itHasOneCallInTheAirAtATime(Step step) {
        for (var hangUp : of(step, Effect.HangUp.class)) {
            assertThat(before.attempt(hangUp.attempt())).hasValueSatisfying(attempt -> {
                assertThat(attempt.isFlashCall()).isTrue();
                assertThat(attempt.isUnderWay()).isTrue();
            });
            hungUp.add(hangUp.attempt());
        }
        for (var dispatch : of(step, Effect.Dispatch.class)) {
            assertThat(dispatched.add(dispatch.attempt())).as("dispatched once").isTrue();
            assertThat(before.attempts())
                    .filteredOn(attempt -> attempt.isFlashCall() && attempt.isUnderWay())
                    .allSatisfy(
                            attempt -> assertThat(hungUp).as("calls hung up").contains(attempt.number()));
        }
        assertThat(step.session().attempts()).as("every attempt is dispatched").hasSize(dispatched.size());
    }

    private void itsEndHangsUpItsCalls(Step step, Session after) {
        if (after.status().isFinal() && !before.status().isFinal()) {
            var hangUps = of(step, Effect.HangUp.class).stream()
                    .map(Effect.HangUp::attempt)
                    .toList();
            var inTheAir = after.attempts().stream()
                    .filter(attempt -> attempt.isFlashCall() && attempt.isUnderWay())
                    .map(Attempt::number)
                    .toList();
            assertThat(hangUps).as("hung up").containsAll(inTheAir);
        }
        if (after.status().isFinal()) {
            assertThat(of(step, Effect.Launch.class)).isEmpty();
            assertThat(of(step, Effect.Dispatch.class)).isEmpty();
        }
    }

    private static void itsDeadlineIsAlwaysSet(SessionEvent event, Session after, Instant now) {
        assertThat(after.deadline().isPresent())
                .as("has a deadline")
                .isEqualTo(!after.status().isFinal());
        after.deadline().ifPresent(deadline -> {
            assertThat(deadline).isBeforeOrEqualTo(after.opening().expiresAt());
            if (event instanceof SessionEvent.TimePassed) {
                assertThat(deadline).as("deadline after TimePassed").isAfter(now);
            }
            var due = now.isAfter(deadline) ? now : deadline;
            var step = after.on(new SessionEvent.TimePassed(), due);
            assertThat(step.session()).as("moved by its deadline").isNotEqualTo(after);
            assertThat(step.session().deadline().orElse(Instant.MAX))
                    .as("next deadline")
                    .isAfter(due);
        });
    }

    private void whatWasDeniedChangesNothing(Step step, Session after) {
        if (step.denial().isPresent() && after.status() != Status.EXPIRED) {
            assertThat(after).isEqualTo(before);
            assertThat(step.effects()).isEmpty();
        }
    }

    private static <E extends Effect> List<E> of(Step step, Class<E> kind) {
        List<E> found = new ArrayList<>();
        for (var effect : step.effects()) {
            Optional.of(effect).filter(kind::isInstance).map(kind::cast).ifPresent(found::add);
        }
        return found;
    }
}
