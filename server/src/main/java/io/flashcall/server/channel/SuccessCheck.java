package io.flashcall.server.channel;

import io.flashcall.server.config.HttpChannelConfig.SuccessRule;
import io.flashcall.server.net.Answer;

/// Whether a provider's answer means that it took the message. Immutable.
final class SuccessCheck {

    private final SuccessRule rule;

    SuccessCheck(SuccessRule rule) {
        this.rule = rule;
    }

    boolean accepts(Answer.Answered answer) {
        if (answer.status() < rule.minStatus() || answer.status() > rule.maxStatus()) {
            return false;
        }
        return rule.pointer().map(pointer -> says(answer.body(), pointer)).orElse(true);
    }

    private boolean says(String body, String pointer) {
        return JsonValue.at(body, pointer)
                .filter(value -> rule.expected()
                        .map(expected ->
                                value.isValueNode() && value.asString("").equals(expected))
                        .orElse(true))
                .isPresent();
    }
}
