package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TraceListenerTest {

    private final WireMessage message = Messages.of(true, "INVITE");

    @Test
    void several_hear_each_message_in_order() {
        List<String> heard = new ArrayList<>();
        var all = TraceListener.all(
                m -> heard.add("first " + m.length()), TraceListener.NONE, m -> heard.add("second " + m.length()));
        all.onMessage(message);

        assertThat(heard).containsExactly("first 6", "second 6");
    }

    @Test
    void one_that_throws_does_not_keep_the_others_from_hearing() {
        List<String> heard = new ArrayList<>();
        var all = TraceListener.all(
                m -> {
                    throw new IllegalStateException("the first");
                },
                m -> heard.add("second"),
                m -> {
                    throw new IllegalStateException("the third");
                },
                m -> heard.add("fourth"));

        assertThatThrownBy(() -> all.onMessage(message)).hasMessage("the first");
        assertThat(heard).containsExactly("second", "fourth");
    }

    @Test
    void nobody_is_nobody_and_one_is_that_one() {
        TraceListener one = m -> {};
        assertThat(TraceListener.all()).isSameAs(TraceListener.NONE);
        assertThat(TraceListener.all(TraceListener.NONE, TraceListener.NONE)).isSameAs(TraceListener.NONE);
        assertThat(TraceListener.all(TraceListener.NONE, one)).isSameAs(one);
    }
}
