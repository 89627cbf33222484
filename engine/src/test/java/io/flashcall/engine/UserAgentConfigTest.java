package io.flashcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UserAgentConfigTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 7, 67_108_865, 1_500_000_000, Integer.MAX_VALUE})
    void room_for_events_that_no_queue_can_have_is_refused_by_name(int capacity) {
        assertThatThrownBy(() -> withEvents(capacity))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("user_agents.event_capacity: " + capacity + " (expected: 8 to 67108864)");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 67_108_864})
    void the_ends_of_the_range_are_in_it(int capacity) {
        assertThat(withEvents(capacity).eventCapacity()).isEqualTo(capacity);
    }

    private static UserAgentConfig withEvents(int capacity) {
        var local = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        return new UserAgentConfig(1, local, List.of(), 16, capacity, 1 << 20);
    }
}
