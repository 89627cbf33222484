package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FIRST_HOST;
import static io.flashcall.engine.agent.AgentFixture.PAIR_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static io.flashcall.engine.agent.RegistrationOnTheWireTest.CHALLENGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Trunks that register come and go with a reload: the carrier knows us as long as it has to, and no longer.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrationReloadTest {

    private static final int FREE = 7;

    /// With RFC 3261's timers: what may still come after the last call.
    private static final Duration AFTER_LAST_CALL = Duration.ofSeconds(193);

    private final AgentFixture the = new AgentFixture(RegistrationReloadTest::registering);
    private final Trunk former = the.trunks.get(PAIR_TRUNK);
    private final AtomicInteger gone = new AtomicInteger();

    @Test
    void a_trunk_that_leaves_takes_its_contact_back_when_its_last_call_is_over() {
        bind("");
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        leave();
        the.probes();
        the.sentNothing();
        the.receives(invite.answer("486 Busy Here", "a"), FIRST_HOST);
        the.sent();
        the.probes();
        Sent last = the.sentOne();
        assertThat(last.header("Contact")).isEqualTo("<sip:account-1@192.0.2.10:5060>;expires=0");
        the.receives(last.answer("200 OK", "r"), FIRST_HOST);
        passes(AFTER_LAST_CALL);
        assertThat(the.sent()).isEmpty();
        assertThat(gone).hasValue(1);
    }

    @Test
    void a_registrar_that_is_silent_does_not_hold_a_trunk_that_leaves() {
        bind("");
        leave();
        passes(AFTER_LAST_CALL);
        assertThat(the.sent())
                .isNotEmpty()
                .allMatch(sent -> sent.header("Expires").equals("0"));
        assertThat(gone).hasValue(1);
    }

    @Test
    void a_trunk_whose_place_is_taken_leaves_the_contact_to_the_one_that_registers_it() {
        bind("");
        var next = replace(registering(RegistrationConfig.of("account-1")));
        leave();
        the.probes();
        Sent register = the.sentOne();
        assertThat(register.header("Expires")).isEqualTo("600");
        the.receives(register.answer("200 OK", "r", "Expires: 600"), FIRST_HOST);
        passes(AFTER_LAST_CALL);
        assertThat(the.sent()).isEmpty();
        assertThat(gone).hasValue(1);
        assertThat(next.registrations().getFirst().state()).isEqualTo(State.REGISTERED);
    }

    @Test
    void a_contact_that_is_bound_by_datagrams_is_left_alone_where_long_calls_may_go_by_TCP() {
        var by = new AgentFixture(trunk -> registering(byBoth(trunk)));
        var old = by.trunks.get(PAIR_TRUNK);
        by.probes();
        by.receives(by.sentOne().answer("200 OK", "r", "Expires: 600"), FIRST_HOST);
        var _ = replace(by, old, old.config());
        leave(by, old);
        by.probes();
        assertThat(by.sent()).extracting(sent -> sent.header("Expires")).containsExactly("600");
    }

    private static TrunkConfig byBoth(TrunkConfig plain) {
        return new TrunkConfig(
                plain.name(),
                plain.peer().withTransports(Set.of(SipTransport.UDP, SipTransport.TCP)),
                plain.callerIds(),
                plain.numbers(),
                plain.calls(),
                plain.options());
    }

    @Test
    void a_trunk_that_registers_somebody_else_takes_the_former_contact_back() {
        bind("");
        replace(registering(RegistrationConfig.of("account-2")));
        leave();
        the.probes();
        assertThat(the.sent())
                .extracting(sent -> sent.header("Contact"))
                .containsExactlyInAnyOrder(
                        "<sip:account-2@192.0.2.10:5060>;expires=600", "<sip:account-1@192.0.2.10:5060>;expires=0");
    }

    @Test
    void calls_pass_the_proxies_of_the_former_registration_until_the_new_one_says_more() {
        bind("Service-Route: <sip:edge.example;lr>");
        replace(registering(RegistrationConfig.of("account-1")));
        leave();
        the.place(FREE, RING, SETUP);
        assertThat(the.sentOne().all("Route")).containsExactly("<sip:edge.example;lr>");
        the.probes();
        the.receives(the.sentOne().answer("200 OK", "r", "Expires: 600"), FIRST_HOST);
        the.place(FREE, RING, SETUP);
        assertThat(the.sentOne().all("Route")).isEmpty();
    }

    @Test
    void whoever_was_rejected_asks_again_at_once_with_secrets_that_are_mended() {
        the.probes();
        for (String nonce : List.of("n1", "n2", "n3")) {
            the.receives(the.sentOne().answer("401 Unauthorized", "r", CHALLENGE.formatted(nonce)), FIRST_HOST);
        }
        assertThat(state()).isEqualTo(State.REJECTED);
        the.probes();
        the.sentNothing();

        mend();
        the.probes();
        Sent again = the.sentOne();
        assertThat(again.all("Authorization")).as("of the former").isEmpty();
        the.receives(again.answer("401 Unauthorized", "r", CHALLENGE.formatted("n4")), FIRST_HOST);
        Sent shown = the.sentOne();
        assertThat(shown.header("Authorization")).contains("nonce=\"n4\"", "nc=00000001");
        the.receives(shown.answer("200 OK", "r", "Expires: 600"), FIRST_HOST);
        assertThat(state()).isEqualTo(State.REGISTERED);
    }

    @Test
    void what_is_said_to_the_former_secrets_is_not_held_against_those_that_are_mended() {
        the.probes();
        the.receives(the.sentOne().answer("401 Unauthorized", "r", CHALLENGE.formatted("n1")), FIRST_HOST);
        Sent former = the.sentOne();
        mend();
        the.receives(former.answer("403 Forbidden", "r"), FIRST_HOST);
        the.probes();
        Sent again = the.sentOne();
        assertThat(again.all("Authorization")).isEmpty();
        the.receives(again.answer("403 Forbidden", "r"), FIRST_HOST);
        the.probes();
        the.sentNothing();
        assertThat(state()).as("once is enough").isEqualTo(State.REJECTED);
    }

    @Test
    void whoever_is_registered_stays_so_with_other_secrets() {
        bind("");
        mend();
        the.probes();
        the.sentNothing();
        assertThat(state()).isEqualTo(State.REGISTERED);
    }

    private void mend() {
        try {
            former.secrets(TrunkSecrets.load(former.config()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        onLines(the, (lines, now) -> lines.renew(former, now));
    }

    private State state() {
        return former.registrations().getFirst().state();
    }

    private static TrunkConfig registering(TrunkConfig trunk) {
        return RegistrationOnTheWireTest.registering(trunk);
    }

    /// What comes in the place of the former.
    private TrunkConfig registering(RegistrationConfig as) {
        return RegistrationOnTheWireTest.registering(former.config(), as);
    }

    private void bind(String more) {
        the.probes();
        Sent register = the.sentOne();
        the.receives(
                more.isEmpty()
                        ? register.answer("200 OK", "r", "Expires: 600")
                        : register.answer("200 OK", "r", "Expires: 600", more),
                FIRST_HOST);
        the.sentNothing();
    }

    private Trunk replace(TrunkConfig config) {
        return replace(the, former, config);
    }

    private static Trunk replace(AgentFixture on, Trunk old, TrunkConfig config) {
        try {
            var next = old.successor(FREE, config, TrunkSecrets.load(config), 0);
            next.targets(old.targets());
            on.trunks.add(next);
            var line = AgentFactory.line(next, on.context, on.now());
            onLines(on, (lines, now) -> lines.add(line, on.located(next), old, now));
            return next;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void leave() {
        leave(the, former);
    }

    private void leave(AgentFixture on, Trunk old) {
        old.leave();
        onLines(on, (lines, _) -> lines.leave(old, gone::incrementAndGet));
    }

    private static void onLines(AgentFixture on, ObjLongConsumer<TrunkLines> step) {
        var done = new CompletableFuture<Void>();
        on.run(new Command.OnLines(step, done));
        done.join();
    }

    private void passes(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 500) {
            the.passes(Duration.ofMillis(500));
            the.probes();
        }
    }
}
