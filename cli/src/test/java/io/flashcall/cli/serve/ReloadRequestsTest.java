package io.flashcall.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.Reloaded;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReloadRequestsTest {

    private final ReloadRequests requests = new ReloadRequests();
    private final AtomicInteger reloads = new AtomicInteger();

    @Test
    void what_is_asked_while_the_service_runs_is_done_at_once() {
        requests.answerBy(this::reload);
        requests.ask();
        requests.ask();
        assertThat(reloads).hasValue(2);
    }

    @Test
    void what_was_asked_before_is_done_once_when_it_runs() {
        requests.ask();
        requests.ask();
        requests.answerBy(this::reload);
        assertThat(reloads).hasValue(1);
    }

    @Test
    void when_it_ends_nothing_is_reloaded() {
        requests.answerBy(this::reload);
        requests.end();
        requests.ask();
        assertThat(reloads).hasValue(0);
    }

    @Test
    void a_fault_does_not_end_the_thread_that_asked() {
        requests.answerBy(() -> {
            reloads.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        requests.ask();
        requests.ask();
        assertThat(reloads).hasValue(2);
    }

    private Reloaded reload() {
        reloads.incrementAndGet();
        return new Reloaded.Done(List.of(), false, List.of(), List.of());
    }
}
