package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FIRST_HOST;
import static io.flashcall.engine.agent.AgentFixture.KNOWN;
import static io.flashcall.engine.agent.AgentFixture.KNOWN_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.PAIR_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static io.flashcall.engine.agent.AgentFixture.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.trunk.TargetHealth.State;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Trunks that come and go under the calls of a user agent.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReloadOnTheWireTest {

    private static final String CHALLENGE = "Digest realm=\"carrier\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";
    private static final int FREE = 7;

    /// With RFC 3261's timers: what may still come after the last call.
    private static final Duration AFTER_LAST_CALL = Duration.ofSeconds(192);

    private final AgentFixture the = new AgentFixture();
    private final AtomicInteger gone = new AtomicInteger();

    @Test
    void a_call_over_a_trunk_that_leaves_goes_on_as_it_began() {
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        leave(PAIR_TRUNK);
        the.receives(invite.answer("180 Ringing", "a"), FIRST_HOST);
        the.passes(RING);
        Sent cancel = the.sentOne();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        the.probes();
        the.receives(cancel.answer("200 OK", "a"), FIRST_HOST);
        the.receives(invite.answer("487 Request Terminated", "a"), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.nothingIsLeft();
    }

    @Test
    void a_trunk_that_leaves_is_gone_when_nothing_can_come_for_its_last_call() {
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        leave(PAIR_TRUNK);
        the.passes(Duration.ofSeconds(1));
        the.probes();
        the.sent();
        the.receives(invite.answer("486 Busy Here", "a"), FIRST_HOST);
        the.sent();
        the.probes();
        the.passes(AFTER_LAST_CALL);
        the.probes();
        assertThat(gone).as("while a late final may come").hasValue(0);
        the.passes(Duration.ofMillis(1));
        the.probes();
        assertThat(gone).hasValue(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> the.context.lines.get(PAIR_TRUNK))
                .withMessage("trunk 4 is gone");
    }

    @Test
    void a_final_that_comes_again_is_ACKed_while_the_trunk_leaves() {
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        leave(PAIR_TRUNK);
        the.receives(invite.answer("486 Busy Here", "a"), FIRST_HOST);
        the.sent();
        the.probes();
        the.passes(Duration.ofSeconds(31));
        the.probes();
        the.receives(invite.answer("486 Busy Here", "a"), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void a_late_answer_is_hung_up_while_the_trunk_leaves() {
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        leave(PAIR_TRUNK);
        the.receives(invite.answer("486 Busy Here", "a"), FIRST_HOST);
        the.sent();
        the.probes();
        the.receives(invite.answer("200 OK", "b", "Contact: <sip:gw@198.51.100.51>"), FIRST_HOST);
        assertThat(the.methodsSent()).containsExactly("ACK", "BYE");
    }

    @Test
    void connections_of_a_trunk_that_leaves_are_closed_when_it_is_gone() {
        var trunk = the.trunks.get(AgentFixture.STREAMS_TRUNK);
        var stream = the.streams.to(5061);
        stream.is(Stream.State.UP);
        leave(AgentFixture.STREAMS_TRUNK);
        the.probes();
        assertThat(stream.state()).isEqualTo(Stream.State.UP);
        the.passes(AFTER_LAST_CALL.plusMillis(1));
        the.probes();
        assertThat(stream.state()).isEqualTo(Stream.State.DOWN);
        assertThat(the.context.lines.find(trunk)).isNull();
    }

    @Test
    void a_year_of_reloads_leaves_nothing_behind() {
        int lines = the.context.lines.size();
        int hops = the.context.hops.size();
        var trunk = the.trunks.get(PAIR_TRUNK);
        int most = 0;
        var registry = registry(trunk);
        for (int i = 0; i < 2_000; i++) {
            var next = successor(trunk, registry.takeIndex(), RING);
            registry.add(next);
            add(next, trunk);
            leave(trunk, registry);
            most = Math.max(most, next.index());
            trunk = next;
            the.passes(Duration.ofSeconds(60));
            the.probes();
        }
        assertThat(most).as("highest index").isLessThan(FREE + 6);
        the.passes(AFTER_LAST_CALL.plusMillis(1));
        the.probes();
        assertThat(the.context.lines.size()).isEqualTo(lines);
        assertThat(the.context.hops.size()).isLessThan(hops + 12);
    }

    @Test
    void a_trunk_that_takes_anothers_place_knows_which_hosts_are_down() {
        the.cycle(agent -> the.context.lines.get(PAIR_TRUNK).hops()[0].health.onUnreachable(the.now()));
        var next = successor(the.trunks.get(PAIR_TRUNK), FREE, RING);
        add(next, the.trunks.get(PAIR_TRUNK));
        var hops = the.context.lines.get(FREE).hops();
        assertThat(hops[0].health.state()).isEqualTo(State.DOWN);
        assertThat(hops[1].health.state()).isEqualTo(State.UP);
    }

    @Test
    void a_trunk_that_takes_anothers_place_shows_the_credentials_that_the_carrier_knows() throws IOException {
        var before = the.trunks.get(KNOWN_TRUNK);
        before.secrets(TrunkSecrets.load(before.config()));
        authorizedCall(KNOWN_TRUNK);
        var next = successor(before, FREE, RING);
        the.trunks.add(next);
        add(next, before);
        the.place(FREE, RING, SETUP);
        assertThat(the.sentOne().header("Authorization")).contains("nonce=\"n1\"", "nc=00000002");
    }

    @Test
    void with_a_new_password_the_carrier_is_asked_anew() throws IOException {
        var trunk = the.trunks.get(KNOWN_TRUNK);
        authorizedCall(KNOWN_TRUNK);
        trunk.secrets(TrunkSecrets.load(trunk.config()));
        onLines((lines, now) -> lines.renew(trunk, now));
        the.place(KNOWN_TRUNK, RING, SETUP);
        Sent first = the.sentOne();
        assertThat(first.all("Authorization")).isEmpty();
        the.receives(first.answer("401 Unauthorized", "x", "WWW-Authenticate: " + CHALLENGE), KNOWN);
        assertThat(the.sent().getLast().header("Authorization")).contains("nc=00000001");
    }

    @Test
    void hosts_that_are_found_for_a_trunk_that_is_gone_are_of_no_concern() {
        var gone = successor(the.trunks.get(PAIR_TRUNK), PAIR_TRUNK, RING);
        the.run(new Command.Relocate(gone, List.of()));
        assertThat(the.context.lines.get(PAIR_TRUNK).hops()).hasSize(2);
    }

    @Test
    void hosts_that_are_found_for_a_trunk_that_leaves_do_not_hold_it() {
        leave(PAIR_TRUNK);
        the.probes();
        the.run(new Command.Relocate(the.trunks.get(PAIR_TRUNK), the.located(PAIR_TRUNK)));
        the.passes(AFTER_LAST_CALL.plusMillis(1));
        the.probes();
        assertThat(gone).hasValue(1);
    }

    private void authorizedCall(int trunk) {
        the.place(trunk, RING, SETUP);
        the.receives(the.sentOne().answer("401 Unauthorized", "x", "WWW-Authenticate: " + CHALLENGE), KNOWN);
        Sent second = the.sent().getLast();
        the.receives(second.answer("486 Busy Here", "y"), KNOWN);
        the.sent();
    }

    private static Trunk successor(Trunk before, int index, Duration ring) {
        var config = before.config();
        var calls = config.calls();
        var changed = new CallPolicy(
                calls.ringPolicy(), ring, calls.setupTimeout(), calls.maxChannels(), calls.callsPerSecond());
        var next = before.successor(index, config.withCalls(changed), secrets(config), 0);
        next.targets(before.targets());
        return next;
    }

    private static TrunkSecrets secrets(TrunkConfig config) {
        try {
            return TrunkSecrets.load(config);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Trunks registry(Trunk trunk) {
        var registry = new Trunks(new AnySource());
        for (int i = 0; i < FREE; i++) {
            registry.takeIndex();
        }
        registry.add(trunk);
        return registry;
    }

    private void add(Trunk trunk, Trunk before) {
        onLines((lines, now) -> {
            try {
                lines.add(AgentFactory.line(trunk, the.context, now), the.located(trunk), before, now);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void leave(int trunk) {
        leave(the.trunks.get(trunk), gone::incrementAndGet);
    }

    private void leave(Trunk trunk, Trunks registry) {
        leave(trunk, () -> registry.remove(trunk));
    }

    private void leave(Trunk trunk, Runnable whenGone) {
        trunk.leave();
        onLines((lines, _) -> lines.leave(trunk, whenGone));
        assertThat(required(the.context.lines.find(trunk)).whenGone).isNotNull();
    }

    private void onLines(ObjLongConsumer<TrunkLines> step) {
        var done = new CompletableFuture<Void>();
        the.run(new Command.OnLines(step, done));
        done.join();
    }
}
