package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.STRANGER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Agent 0 of two that share a port, and what comes to it for agent 1.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HandOverTest {

    private final AgentFixture the = new AgentFixture();
    private final List<String> handedOver = new ArrayList<>();

    @BeforeEach
    void there_are_two() {
        the.context.handOver = (agent, bytes, length, peer, received) -> {
            if (agent != 1) {
                return false;
            }
            handedOver.add((received ? "" : "ICMP ") + new String(bytes, 0, length, UTF_8) + " " + peer);
            return true;
        };
    }

    @Test
    void responses_go_to_the_agent_that_the_branch_names() {
        Sent invite = invite();
        String own = invite.answer("100 Trying", "");
        String others = ofAgent(1, own);
        the.receives(others);
        assertThat(handedOver).containsExactly(others + " " + CARRIER);
        assertThat(the.story()).containsExactly("Placed");
        the.receives(own);
        assertThat(the.story()).containsExactly("Placed", "Trying");
        assertThat(handedOver).hasSize(1);
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isZero();
    }

    @Test
    void a_response_to_an_agent_that_is_not_there_is_nobodys() {
        the.receives(ofAgent(9, invite().answer("180 Ringing", "a")));
        assertThat(handedOver).isEmpty();
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(1);
    }

    @Test
    void requests_within_a_dialog_go_to_the_agent_that_the_to_tag_names() {
        String from = invite().header("From");
        String tag = from.substring(from.indexOf(";tag=") + 5);
        String bye = request("BYE", tag);
        String others = request("BYE", "01" + tag.substring(2));
        the.receives(others);
        assertThat(handedOver).containsExactly(others + " " + CARRIER);
        the.sentNothing();
        the.receives(bye);
        assertThat(the.methodsSent()).containsExactly("200");
    }

    @Test
    void other_requests_are_answered_where_they_come() {
        the.receives(PeerRequestsTest.request("OPTIONS", "z9hG4bKa", 1));
        assertThat(the.methodsSent()).containsExactly("200");
        assertThat(handedOver).isEmpty();
    }

    @Test
    void what_strangers_send_is_not_handed_over() {
        the.receives(ofAgent(1, invite().answer("100 Trying", "")), STRANGER);
        assertThat(handedOver).isEmpty();
        assertThat(the.counted(Metric.STRANGERS_DROPPED)).isEqualTo(1);
    }

    @Test
    void an_ICMP_error_goes_to_the_agent_whose_INVITE_it_quotes() {
        String quoted = ofAgent(1, invite().text());
        byte[] bytes = quoted.getBytes(UTF_8);
        the.cycle(agent -> agent.onUndelivered(bytes, bytes.length, CARRIER));
        assertThat(handedOver).containsExactly("ICMP " + quoted + " " + CARRIER);
        assertThat(the.counted(Metric.ICMP_UNMATCHED)).isZero();
    }

    private Sent invite() {
        the.place();
        return the.sentOne();
    }

    /// The same message as if that agent had made its call: in branch, tag and Call-ID its number stands first.
    private static String ofAgent(int agent, String message) {
        String number = "%02x".formatted(agent);
        return message.replace("branch=z9hG4bK00", "branch=z9hG4bK" + number)
                .replace(";tag=00", ";tag=" + number)
                .replace("Call-ID: 00", "Call-ID: " + number);
    }

    private static String request(String method, String toTag) {
        return PeerRequestsTest.request(method, "z9hG4bK" + toTag, 2, "<sip:+12025550123@192.0.2.10>;tag=" + toTag);
    }
}
