package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReceiveBufferTest {

    private final InetSocketAddress socket = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5060);
    private final Logger logger = (Logger) LoggerFactory.getLogger(ReceiveBuffer.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    @Test
    void less_than_was_asked_for_is_a_warning_that_names_the_remedy() {
        ReceiveBuffer.check(socket, 8 << 20, 208 << 10);
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .contains("5060", "212992", "expected: 8388608", "sysctl -w net.core.rmem_max=8388608");
        });
    }

    @Test
    void as_much_as_was_asked_for_says_nothing() {
        ReceiveBuffer.check(socket, 8 << 20, 8 << 20);
        assertThat(log.list).isEmpty();
    }
}
