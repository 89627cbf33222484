package io.flashcall.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.api.StreamEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ProgressTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "call.ringing        | {}                                                  | The phone rings.",
                "call.failed         | {}                                                  | The call did not get through.",
                "call.failed         | {\"outcome\":\"busy\",\"detail\":\"486 Busy Here\"} | The call did not get through: 486 Busy Here.",
                "call.failed         | {\"outcome\":\"no_response\"}                       | The call did not get through: no_response.",
                "channel.fallback    | {\"to\":\"sms\"}                                    | Trying another way: sms.",
                "channel.unavailable | {\"channel\":\"sms\",\"reason\":\"budget\"}         | No way by sms: budget.",
                "message.delivered   | {}                                                  | The message has arrived.",
                "message.failed      | {\"detail\":\"stat:UNDELIV\"}                       | The message did not arrive: stat:UNDELIV.",
            })
    void a_person_is_told_what_happens_and_why(String type, String details, String sentence) {
        var data = JSON.createObjectNode();
        data.set("details", JSON.readTree(details));

        assertThat(Progress.sentence(new StreamEvent(type, data))).contains(sentence);
    }
}
