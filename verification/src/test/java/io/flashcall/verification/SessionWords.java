package io.flashcall.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Sessions and what they ask for, in words that fit a table.
final class SessionWords {

    private SessionWords() {}

    /// `launching sms`, `calling 1`, `spent, call 1 in the air`, …
    static String state(Session session) {
        return switch (session.phase()) {
            case Phase.Launching(int send, int channelIndex, var _) ->
                "launching " + channel(session, channelIndex) + suffix(send) + calls(session);
            case Phase.Trying(int attempt, var _) -> trying(session.attempts().get(attempt - 1));
            case Phase.Spent() -> "spent" + calls(session);
            case Phase.Ended(var status, var reason, var _) -> (status.label() + " " + reason).strip() + calls(session);
        };
    }

    /// What is to be done, in order, and what was denied.
    static String effects(Step step) {
        List<String> words = new ArrayList<>();
        for (var effect : step.effects()) {
            words.add(
                    switch (effect) {
                        case Effect.Launch(int send, int channelIndex) ->
                            "launch " + channel(step.session(), channelIndex) + suffix(send);
                        case Effect.Dispatch(int attempt) -> "dispatch " + attempt;
                        case Effect.HangUp(int attempt) -> "hang up " + attempt;
                        case Effect.Publish publish -> publish.type().label();
                    });
        }
        step.denial().ifPresent(why -> words.add("denied: " + why.name().toLowerCase(Locale.ROOT)));
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static String trying(Attempt attempt) {
        String word;
        if (attempt.isUnderWay()) {
            word = !attempt.isFlashCall() ? "sending" : attempt.times().rang().isPresent() ? "ringing" : "calling";
        } else {
            word = switch (attempt.result().orElseThrow().verdict()) {
                case DELIVERED -> "delivered";
                case PERHAPS -> "unconfirmed";
                case NEXT_ROUTE, NEXT_CHANNEL -> "stuck after";
            };
        }
        return word + " " + attempt.number();
    }

    private static String channel(Session session, int index) {
        return session.opening().terms().channels().get(index).name().value();
    }

    private static String suffix(int send) {
        return send == 1 ? "" : " send " + send;
    }

    private static String calls(Session session) {
        return session.attempts().stream()
                .filter(attempt -> attempt.isFlashCall() && attempt.isUnderWay())
                .map(attempt -> ", call " + attempt.number() + " in the air")
                .reduce("", String::concat);
    }
}
