package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FIRST_HOST;
import static io.flashcall.engine.agent.AgentFixture.PAIR_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SECOND_HOST;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static io.flashcall.engine.agent.AgentFixture.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Credentials;
import io.flashcall.engine.Password;
import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SignallingConfig.Reliability;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A trunk of two hosts whose carrier wants registrations (RFC 3261 §10).
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrationOnTheWireTest {

    static final String CHALLENGE =
            "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"";

    private final AgentFixture the = new AgentFixture(RegistrationOnTheWireTest::registering);

    static TrunkConfig registering(TrunkConfig trunk) {
        return trunk.name().equals("pair") ? registering(trunk, RegistrationConfig.of("account-1")) : trunk;
    }

    static TrunkConfig registering(TrunkConfig plain, RegistrationConfig as) {
        var ours = new Credentials("flashcall", new Password.Text(AgentFixture.PASSWORD));
        return new TrunkConfig(
                plain.name(),
                plain.peer().withCredentials(ours),
                plain.callerIds(),
                plain.numbers(),
                plain.calls(),
                plain.options().withRegistration(as));
    }

    @Test
    void it_binds_the_contact_of_the_agent_to_the_address_of_record() {
        Sent register = first();
        assertThat(register.startLine()).isEqualTo("REGISTER sip:198.51.100.51:5060 SIP/2.0");
        assertThat(register.header("From")).startsWith("<sip:account-1@198.51.100.51>;tag=");
        assertThat(register.header("To")).isEqualTo("<sip:account-1@198.51.100.51>");
        assertThat(register.header("Contact")).isEqualTo("<sip:account-1@192.0.2.10:5060>;expires=600");
        assertThat(register.header("Expires")).isEqualTo("600");
        assertThat(register.header("CSeq")).isEqualTo("1 REGISTER");
        assertThat(register.header("Content-Length")).isEqualTo("0");
        assertThat(register.to().same(FIRST_HOST)).isTrue();
        assertThat(status().state()).isEqualTo(State.REGISTERING);
    }

    @Test
    void a_challenge_is_answered_within_the_same_registration() {
        Sent plain = first();
        Sent second = challenged(plain, "n1");
        assertThat(second.header("CSeq")).isEqualTo("2 REGISTER");
        assertThat(second.header("Call-ID")).isEqualTo(plain.header("Call-ID"));
        assertThat(second.header("From")).isEqualTo(plain.header("From"));
        assertThat(second.branch()).isNotEqualTo(plain.branch());
        assertThat(second.header("Authorization"))
                .contains("username=\"flashcall\"", "nonce=\"n1\"", "uri=\"sip:198.51.100.51:5060\"", "nc=00000001");
        grant(second, 600);
        assertThat(status().state()).isEqualTo(State.REGISTERED);
        assertThat(status().reason()).isEqualTo("at 198.51.100.51:5060;transport=udp for 600 s");
        assertThat(the.trunks.get(PAIR_TRUNK).isRejected()).isFalse();
        passes(Duration.ofSeconds(200));
        the.sentNothing();
    }

    @Test
    void it_is_renewed_well_ahead_of_the_time_that_was_granted_to_our_contact() {
        Sent second = challenged(first(), "n1");
        receives(second.answer(
                "200 OK",
                "r",
                "Contact: \"Other\" <sip:account-1@192.0.2.99:5060>;expires=7, <sip:account-1@192.0.2.10:50601>;expires=8",
                "Contact: <SIP:account-1@192.0.2.10:5060;ob>;q=0.5;expires=100",
                "Expires: 3600"));
        passes(Duration.ofSeconds(39));
        the.sentNothing();
        Sent refresh = next(Duration.ofMillis(11_500));
        assertThat(refresh.header("CSeq")).isEqualTo("3 REGISTER");
        assertThat(refresh.header("Call-ID")).isEqualTo(second.header("Call-ID"));
        assertThat(refresh.header("Authorization")).contains("nonce=\"n1\"", "nc=00000002");
        assertThat(status().state()).as("meanwhile").isEqualTo(State.REGISTERED);
    }

    @Test
    void without_a_word_of_our_contact_Expires_counts_and_without_that_what_was_asked_for() {
        receives(first().answer("200 OK", "r", "Expires: 20"));
        receives(next(Duration.ofMillis(10_500)).answer("200 OK", "r"));
        passes(Duration.ofSeconds(239));
        the.sentNothing();
        assertThat(next(Duration.ofMillis(61_500)).method()).isEqualTo("REGISTER");
    }

    @Test
    void a_registrar_that_wants_a_longer_time_gets_it_from_then_on() {
        receives(first().answer("423 Interval Too Brief", "r", "Min-Expires: 1800"));
        Sent longer = the.sentOne();
        assertThat(longer.header("Contact")).endsWith(";expires=1800");
        assertThat(longer.header("CSeq")).isEqualTo("2 REGISTER");
        grant(longer, 1_800);
        assertThat(next(Duration.ofSeconds(901)).header("Expires")).isEqualTo("1800");
    }

    @Test
    void a_registrar_that_never_has_enough_is_left_alone() {
        receives(first().answer("423 Interval Too Brief", "r", "Min-Expires: 700"));
        receives(the.sentOne().answer("423 Interval Too Brief", "r", "Min-Expires: 800"));
        receives(the.sentOne().answer("423 Interval Too Brief", "r", "Min-Expires: 900"));
        the.sentNothing();
        assertThat(status().state()).isEqualTo(State.REJECTED);
    }

    @Test
    void a_423_that_does_not_say_how_long_is_a_refusal() {
        receives(first().answer("423 Interval Too Brief", "r"));
        the.sentNothing();
        assertThat(status().reason()).startsWith("423 from ");
    }

    @Test
    void a_stale_nonce_at_a_refresh_costs_one_more_request() {
        Sent second = challenged(first(), "n1");
        grant(second, 100);
        receives(next(Duration.ofMillis(50_500))
                .answer("401 Unauthorized", "r", CHALLENGE.formatted("n2") + ", stale=true"));
        Sent again = the.sentOne();
        assertThat(again.header("Authorization")).contains("nonce=\"n2\"", "nc=00000001");
        grant(again, 100);
        assertThat(status().state()).isEqualTo(State.REGISTERED);
        assertThat(the.counted(Metric.REGISTERS_FAILED)).isZero();
    }

    @Test
    void wrong_credentials_are_tried_a_few_times_then_not_for_a_minute() {
        Sent second = challenged(first(), "n1");
        receives(second.answer("401 Unauthorized", "r", CHALLENGE.formatted("n2")));
        receives(the.sentOne().answer("401 Unauthorized", "r", CHALLENGE.formatted("n3")));
        the.sentNothing();
        assertThat(status().state()).isEqualTo(State.REJECTED);
        assertThat(status().reason()).contains("credentials").doesNotContain(AgentFixture.PASSWORD);
        assertThat(the.trunks.get(PAIR_TRUNK).isRejected()).isTrue();
        passes(Duration.ofSeconds(59));
        the.sentNothing();
        Sent later = next(Duration.ofSeconds(2));
        assertThat(status().state()).as("until it is taken").isEqualTo(State.REJECTED);
        grant(later, 600);
        assertThat(status().state()).isEqualTo(State.REGISTERED);
        assertThat(the.trunks.get(PAIR_TRUNK).isRejected()).isFalse();
    }

    @Test
    void an_unknown_account_is_rejected_and_calls_are_tried_all_the_same() {
        receives(first().answer("404 Not Found", "r"));
        assertThat(status().state()).isEqualTo(State.REJECTED);
        assertThat(status().reason()).startsWith("404 from ");
        the.place(PAIR_TRUNK, RING, SETUP);
        assertThat(the.methodsSent()).containsExactly("INVITE");
    }

    @Test
    void a_host_that_says_503_is_left_for_the_next_one_at_once() {
        receives(first().answer("503 Service Unavailable", "r"));
        Sent other = the.sentOne();
        assertThat(other.to().same(SECOND_HOST)).isTrue();
        assertThat(other.startLine()).isEqualTo("REGISTER sip:198.51.100.52:5080 SIP/2.0");
        assertThat(other.header("CSeq")).isEqualTo("2 REGISTER");
        the.receives(other.answer("200 OK", "r", "Expires: 600"), SECOND_HOST);
        assertThat(status().reason()).isEqualTo("at 198.51.100.52:5080;transport=udp for 600 s");
    }

    @Test
    void a_silent_host_gets_repetitions_until_timer_F_then_the_next_one_is_asked() {
        first();
        passes(Duration.ofSeconds(31));
        var repeated = the.sent();
        assertThat(repeated).hasSizeGreaterThan(5).allMatch(sent -> sent.to().same(FIRST_HOST));
        passes(Duration.ofSeconds(2));
        assertThat(the.sent().getLast().to().same(SECOND_HOST)).isTrue();
    }

    @Test
    void a_host_that_the_system_cannot_send_to_is_left_for_the_next_one() {
        the.io.refuse(FIRST_HOST, 101);
        the.probes();
        assertThat(the.sentOne().to().same(SECOND_HOST)).isTrue();
    }

    @Test
    void with_no_host_left_the_pauses_grow_up_to_five_minutes() {
        var times = new ArrayList<Long>();
        the.probes();
        for (int halfSeconds = 0; halfSeconds < 4_000; halfSeconds++) {
            for (Sent sent : the.sent()) {
                if (sent.to().same(FIRST_HOST)) {
                    times.add(the.now());
                }
                the.receives(sent.answer("500 Server Internal Error", "r"), sent.to());
            }
            passes(Duration.ofMillis(500));
        }
        var pauses = new ArrayList<Double>();
        for (int i = 1; i < times.size(); i++) {
            pauses.add((times.get(i) - times.get(i - 1)) / 1e9);
        }
        assertThat(pauses.getFirst()).isBetween(1.0, 3.5);
        assertThat(pauses.get(3)).isBetween(8.0, 17.5);
        assertThat(pauses).allMatch(pause -> pause <= 301.5);
        assertThat(pauses.getLast()).isGreaterThan(149);
        assertThat(status().state()).isEqualTo(State.UNREGISTERED);
    }

    @Test
    void a_Retry_After_is_honoured() {
        receives(first().answer("503 Service Unavailable", "r", "Retry-After: 90"));
        the.receives(the.sentOne().answer("503 Service Unavailable", "r", "Retry-After: 30"), SECOND_HOST);
        passes(Duration.ofSeconds(89));
        the.sentNothing();
        passes(Duration.ofSeconds(2));
        assertThat(the.sent()).isNotEmpty();
    }

    @Test
    void one_that_is_not_renewed_holds_as_long_as_it_was_granted() {
        grant(first(), 60);
        passes(Duration.ofSeconds(59));
        assertThat(status().state()).isEqualTo(State.REGISTERED);
        passes(Duration.ofSeconds(2));
        assertThat(status().state()).isNotEqualTo(State.REGISTERED);
        assertThat(the.counted(Metric.FAULTS)).isZero();
    }

    @Test
    void what_strangers_and_old_answers_say_is_dropped() {
        Sent register = first();
        the.receives(register.answer("200 OK", "r", "Expires: 600"), STRANGER);
        receives(register.answer("200 OK", "r", "Expires: 600").replace("1 REGISTER", "2 REGISTER"));
        receives(register.answer("200 OK", "r", "Expires: 600").replace("1 REGISTER", "1 OPTIONS"));
        assertThat(status().state()).isEqualTo(State.REGISTERING);
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isEqualTo(2);
        Sent second = challenged(register, "n1");
        receives(register.answer("403 Forbidden", "r"));
        grant(second, 600);
        assertThat(status().state()).isEqualTo(State.REGISTERED);
    }

    @Test
    void the_Service_Route_stands_in_the_INVITE_its_CANCEL_and_its_ACK() {
        receives(first().answer(
                        "200 OK",
                        "r",
                        "Expires: 600",
                        "Service-Route: <sip:edge.carrier.example;lr>, <sip:core@198.51.100.9:5070;lr;x=y>"));
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = the.sentOne();
        assertThat(invite.to().same(FIRST_HOST))
                .as("it goes where it went before")
                .isTrue();
        var routes = List.of("<sip:edge.carrier.example;lr>", "<sip:core@198.51.100.9:5070;lr;x=y>");
        assertThat(invite.all("Route")).isEqualTo(routes);
        receives(invite.answer("180 Ringing", "c"));
        the.passes(RING);
        Sent cancel = the.sentOne();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.all("Route")).isEqualTo(routes);
        receives(invite.answer("487 Request Terminated", "c"));
        Sent ack = the.sentOne();
        assertThat(ack.all("Route")).isEqualTo(routes);
        receives(invite.answer("487 Request Terminated", "c"));
        assertThat(the.sentOne().text()).as("its repetition").isEqualTo(ack.text());
    }

    @Test
    void calls_under_way_keep_the_Service_Route_that_they_began_with() {
        receives(first().answer("200 OK", "r", "Expires: 10", "Service-Route: <sip:a.example;lr>"));
        the.place(PAIR_TRUNK, Duration.ofSeconds(30), SETUP);
        Sent invite = the.sentOne();
        receives(invite.answer("180 Ringing", "c"));
        receives(next(Duration.ofMillis(5_500))
                .answer("200 OK", "r", "Expires: 600", "Service-Route: <sip:b.example;lr>"));
        the.passes(Duration.ofSeconds(30));
        assertThat(the.sent().getFirst().all("Route")).containsExactly("<sip:a.example;lr>");
        the.place(PAIR_TRUNK, RING, SETUP);
        assertThat(the.sent().getLast().all("Route")).containsExactly("<sip:b.example;lr>");
    }

    @Test
    void a_Service_Route_that_could_not_be_followed_is_left_out_whole() {
        receives(first().answer(
                        "200 OK", "r", "Expires: 600", "Service-Route: <sip:a.example;lr>, <sip:strict.example>"));
        the.place(PAIR_TRUNK, RING, SETUP);
        assertThat(the.sentOne().all("Route")).isEmpty();
        assertThat(status().state()).isEqualTo(State.REGISTERED);
    }

    @Test
    void whoever_leaves_takes_its_contact_back_and_registers_no_more() {
        grant(challenged(first(), "n1"), 600);
        var told = new ArrayList<String>();
        the.run(new Command.Leave(() -> told.add("left")));
        Sent last = the.sentOne();
        assertThat(last.header("Contact")).isEqualTo("<sip:account-1@192.0.2.10:5060>;expires=0");
        assertThat(last.header("Expires")).isEqualTo("0");
        assertThat(last.header("CSeq")).isEqualTo("3 REGISTER");
        receives(last.answer("401 Unauthorized", "r", CHALLENGE.formatted("n2") + ", stale=true"));
        assertThat(told).isEmpty();
        Sent again = the.sentOne();
        assertThat(again.header("Expires")).isEqualTo("0");
        receives(again.answer("200 OK", "r"));
        assertThat(told).containsExactly("left");
        passes(Duration.ofMinutes(20));
        the.sentNothing();
        assertThat(status()).isEqualTo(new RegistrationStatus("pair", 0, State.UNREGISTERED, "we have left"));
    }

    @Test
    void whoever_was_not_bound_has_nothing_to_take_back() {
        receives(first().answer("403 Forbidden", "r"));
        var told = new ArrayList<String>();
        the.run(new Command.Leave(() -> told.add("left")));
        the.sentNothing();
        assertThat(told).containsExactly("left");
    }

    @Test
    void a_registrar_that_says_nothing_to_that_is_given_up() {
        grant(first(), 600);
        var told = new ArrayList<String>();
        the.run(new Command.Leave(() -> told.add("left")));
        passes(Duration.ofSeconds(33));
        assertThat(told).containsExactly("left");
        assertThat(the.sent()).allMatch(sent -> sent.to().same(FIRST_HOST));
    }

    @Test
    void the_routes_that_are_configured_come_ahead_of_the_Service_Route() {
        var wanted = new AgentFixture(trunk -> trunk.name().equals("pair")
                ? registering(
                        trunk.withOptions(trunk.options()
                                .withSignalling(new SignallingConfig(
                                        Reliability.OFF, List.of("sip:proxy.example;lr"), List.of()))),
                        new RegistrationConfig("account-1", Optional.of("ims.example"), Duration.ofHours(1)))
                : trunk);
        wanted.probes();
        Sent register = wanted.sentOne();
        assertThat(register.startLine()).isEqualTo("REGISTER sip:ims.example SIP/2.0");
        assertThat(register.header("To")).isEqualTo("<sip:account-1@ims.example>");
        assertThat(register.header("Expires")).isEqualTo("3600");
        assertThat(register.all("Route")).containsExactly("<sip:proxy.example;lr>");
        wanted.receives(register.answer("200 OK", "r", "Service-Route: <sip:a.example;lr>"), FIRST_HOST);
        wanted.place(PAIR_TRUNK, RING, SETUP);
        assertThat(wanted.sentOne().all("Route")).containsExactly("<sip:proxy.example;lr>", "<sip:a.example;lr>");
    }

    @Test
    void by_an_outbound_proxy_the_carriers_domain_is_registered_and_called() {
        var wanted = new AgentFixture(trunk -> trunk.name().equals("pair")
                ? registering(
                        trunk.withOptions(trunk.options()
                                .withSignalling(new SignallingConfig(
                                        Reliability.OFF, List.of("sip:proxy.example;lr"), List.of(), "ims.example"))),
                        RegistrationConfig.of("account-1"))
                : trunk);
        wanted.probes();
        Sent register = wanted.sentOne();
        assertThat(register.to().same(FIRST_HOST)).isTrue();
        assertThat(register.startLine()).isEqualTo("REGISTER sip:ims.example SIP/2.0");
        assertThat(register.header("To")).isEqualTo("<sip:account-1@ims.example>");
        wanted.receives(register.answer("200 OK", "r", "Expires: 600"), FIRST_HOST);
        wanted.place(PAIR_TRUNK, RING, SETUP);
        Sent invite = wanted.sentOne();
        assertThat(invite.to().same(FIRST_HOST)).isTrue();
        assertThat(invite.startLine()).endsWith("@ims.example;user=phone SIP/2.0");
        assertThat(invite.header("To")).contains("@ims.example");
        assertThat(invite.all("Route")).containsExactly("<sip:proxy.example;lr>");
    }

    // What it takes.

    private Sent first() {
        the.probes();
        return the.sentOne();
    }

    private Sent challenged(Sent register, String nonce) {
        receives(register.answer("401 Unauthorized", "r", CHALLENGE.formatted(nonce)));
        return the.sentOne();
    }

    private void grant(Sent register, int seconds) {
        receives(register.answer("200 OK", "r", "Contact: <sip:account-1@192.0.2.10:5060>;expires=" + seconds));
        the.sentNothing();
    }

    private void receives(String message) {
        the.receives(message, FIRST_HOST);
    }

    /// As in an agent's loop, which looks every half second.
    private void passes(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 500) {
            the.passes(Duration.ofMillis(500));
            the.probes();
        }
    }

    /// Time passes until something is sent.
    private Sent next(Duration most) {
        for (long millis = 0; millis < most.toMillis(); millis += 500) {
            passes(Duration.ofMillis(500));
            var sent = the.sent();
            if (!sent.isEmpty()) {
                assertThat(sent).hasSize(1);
                return sent.getFirst();
            }
        }
        throw new AssertionError("nothing was sent for " + most);
    }

    private RegistrationStatus status() {
        return the.trunks.get(PAIR_TRUNK).registrations().getFirst();
    }
}
