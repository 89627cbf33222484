package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TransportChoiceTest {

    @Test
    void batches_are_chosen_where_nothing_stands_in_their_way() {
        assertThat(TransportChoice.choose(Optional.empty()).name()).isEqualTo("epoll+recvmmsg+gso (ffm)");
    }

    @Test
    void nio_is_chosen_otherwise() {
        assertThat(TransportChoice.choose(Optional.of("no epoll")).name()).isEqualTo("nio");
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void here_the_best_is_batches() {
        assertThat(DatagramTransport.best().name()).isEqualTo("epoll+recvmmsg+gso (ffm)");
        assertThat(DatagramTransport.best()).isSameAs(DatagramTransport.best());
    }
}
