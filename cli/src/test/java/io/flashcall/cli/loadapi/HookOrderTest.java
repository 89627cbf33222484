package io.flashcall.cli.loadapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.hook.Hook;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HookOrderTest {

    private final HookOrder order = new HookOrder();

    @Test
    void events_in_order_overtake_nobody_and_one_that_comes_again_does_not_either() {
        note("ver_1", 1);
        note("ver_1", 3);
        note("ver_2", 1);
        note("ver_1", 4);
        note("ver_1", 3);
        note("ver_1", 1);

        assertThat(order.overtaken()).isZero();
    }

    @Test
    void one_that_comes_for_the_first_time_after_a_later_one_was_overtaken() {
        note("ver_1", 3);
        note("ver_1", 2);
        note("ver_1", 2);

        assertThat(order.overtaken()).isEqualTo(1);
    }

    private void note(String verification, int sequence) {
        var body = JsonNodeFactory.instance.objectNode();
        var data = body.putObject("data").put("sequence", sequence);
        data.putObject("verification").put("id", verification);
        order.note(new Hook("msg_1", body));
    }
}
