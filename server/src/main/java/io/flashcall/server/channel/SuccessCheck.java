package io.flashcall.server.channel;

import io.flashcall.server.config.HttpChannelConfig.SuccessRule;
import io.flashcall.server.net.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;

/// Whether a provider's answer means that it took the message. Immutable.
final class SuccessCheck {

    private static final JsonMapper JSON = JsonMapper.shared();

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
        try {
            var value = JSON.readTree(body).at(JsonPointer.compile(pointer));
            if (value.isMissingNode() || value.isNull()) {
                return false;
            }
            return rule.expected()
                    .map(expected -> value.isValueNode() && value.asString("").equals(expected))
                    .orElse(true);
        } catch (JacksonException e) {
            return false;
        }
    }
}
