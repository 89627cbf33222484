package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.ConfigException;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlainE164;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands in our messages, as the carrier's trace shows it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WireSystemTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    // Numbers.

    @Test
    void numbers_stand_with_plus_and_user_phone() {
        try (var stage = Stage.with("ring")) {
            String invite = invite(stage);
            String peer = "127.0.0.1:" + stage.carrier().address().getPort();
            assertThat(startLine(invite)).isEqualTo("INVITE sip:+442079460123@" + peer + ";user=phone SIP/2.0");
            assertThat(header(invite, "To")).isEqualTo("<sip:+442079460123@" + peer + ";user=phone>");
            assertThat(header(invite, "From")).startsWith("<sip:+12025550123@127.0.0.1;user=phone>;tag=");
            assertThat(header(invite, "Contact"))
                    .startsWith("<sip:+12025550123@127.0.0.1:")
                    .endsWith(">");
            assertThat(invite).doesNotContain("P-Asserted-Identity", "Remote-Party-ID");
            assertThat(invite.length()).as("bytes").isLessThan(1300);
        }
    }

    @Test
    void numbers_stand_without_plus_where_the_trunk_wants_e164_digits() {
        var numbers = new NumberPolicy(new PlainE164(), false, false, false, "");
        try (var stage = Scene.of("ring").numbers(numbers).start()) {
            String invite = invite(stage);
            assertThat(startLine(invite)).startsWith("INVITE sip:442079460123@127.0.0.1:");
            assertThat(header(invite, "From")).startsWith("<sip:12025550123@127.0.0.1>;tag=");
            assertThat(invite).doesNotContain("user=phone", "+");
        }
    }

    @Test
    void numbers_stand_the_national_way_where_the_trunk_wants_it() {
        var numbers = new NumberPolicy(new National("44", "0", "00"), true, false, false, "");
        try (var stage = Scene.of("ring").numbers(numbers).start()) {
            String invite = invite(stage);
            assertThat(startLine(invite)).startsWith("INVITE sip:02079460123@").contains(";user=phone");
            assertThat(header(invite, "From")).startsWith("<sip:0012025550123@");

            stage.outcomeOf(stage.place(stage.request("+33142685300")));
            assertThat(stage.received("INVITE").get(1).startLine()).startsWith("INVITE sip:0033142685300@");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1234567", "+999999999999999", "+100000000000000"})
    void the_shortest_and_the_longest_numbers_stand_as_they_are(String number) {
        try (var stage = Stage.with("answer-on-cancel")) {
            stage.outcomeOf(stage.place(stage.request(number)));
            stage.everythingIsOver();
            assertThat(stage.received(""))
                    .allSatisfy(line -> assertThat(header(line.text(), "To")).startsWith("<sip:" + number + "@"));
        }
    }

    @Test
    void the_caller_id_also_stands_in_identity_headers_where_the_trunk_wants_it() {
        var numbers = new NumberPolicy(new PlusE164(), true, true, true, "sip.example.net");
        try (var stage = Scene.of("ring").numbers(numbers).start()) {
            String invite = invite(stage);
            assertThat(header(invite, "From")).startsWith("<sip:+12025550123@sip.example.net;user=phone>;tag=");
            assertThat(header(invite, "P-Asserted-Identity"))
                    .isEqualTo("<sip:+12025550123@sip.example.net;user=phone>");
            assertThat(header(invite, "Remote-Party-ID"))
                    .isEqualTo("<sip:+12025550123@sip.example.net;user=phone>;party=calling;screen=yes;privacy=off");
            stage.everythingIsOver();
        }
    }

    @Test
    void a_cancel_gives_no_reason_that_could_hide_the_missed_call() {
        try (var stage = Stage.with("ring")) {
            stage.outcome();
            assertThat(stage.received("CANCEL"))
                    .singleElement()
                    .satisfies(cancel -> assertThat(cancel.text()).doesNotContainIgnoringCase("reason"));
        }
    }

    @Test
    void each_call_has_identifiers_of_its_own_and_the_call_id_begins_with_the_calls() {
        try (var stage = Stage.with("ring")) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                String call = stage.place();
                stage.outcomeOf(call);
                String invite = stage.received("INVITE").get(i).text();
                assertThat(header(invite, "Call-ID"))
                        .startsWith(stage.idOf(call).toString());
                seen.add(header(invite, "Call-ID"));
                seen.add(header(invite, "From").replaceAll(".*tag=", ""));
                seen.add(header(invite, "Via").replaceAll(".*branch=([^;]+).*", "$1"));
            }
            assertThat(seen).hasSize(15);
        }
    }

    // Addresses.

    @Test
    void an_advertised_address_stands_in_via_contact_and_sdp() {
        try (var stage = Scene.of("ring").agents(1, "203.0.113.7:5099").start()) {
            String invite = invite(stage);
            assertThat(header(invite, "Via"))
                    .startsWith("SIP/2.0/UDP 203.0.113.7:5099;")
                    .contains("rport");
            assertThat(header(invite, "Contact")).isEqualTo("<sip:+12025550123@203.0.113.7:5099>");
            assertThat(header(invite, "From")).startsWith("<sip:+12025550123@203.0.113.7;");
            assertThat(invite)
                    .contains("\r\nc=IN IP4 203.0.113.7\r\n")
                    .containsPattern("o=- .* IN IP4 203.0.113.7\r\n");
            assertThat(invite).doesNotContain("0.0.0.0");
            stage.everythingIsOver();
        }
    }

    @Test
    void an_ipv6_address_stands_in_its_short_form() {
        try (var stage = Scene.of("ring").host(InetAddress.ofLiteral("::1")).start()) {
            String invite = invite(stage);
            assertThat(startLine(invite)).contains("@[::1]:");
            assertThat(header(invite, "Via")).startsWith("SIP/2.0/UDP [::1]:");
            assertThat(header(invite, "Contact")).contains("@[::1]:");
            assertThat(invite).contains("\r\nc=IN IP6 ::1\r\n").doesNotContain("0:0:0");
        }
    }

    @Test
    void an_advertised_name_stands_in_via_and_contact_and_the_own_address_in_sdp() {
        try (var stage = Scene.of("ring").agents(1, "sip.example.net").start()) {
            String invite = invite(stage);
            int port = stage.received("INVITE").getFirst().peer().getPort();
            assertThat(header(invite, "Via")).startsWith("SIP/2.0/UDP sip.example.net:" + port + ";");
            assertThat(header(invite, "Contact")).isEqualTo("<sip:+12025550123@sip.example.net:" + port + ">");
            assertThat(invite).contains("\r\nc=IN IP4 127.0.0.1\r\n");
            stage.everythingIsOver();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.0.0.0:5060",
                "[::]",
                "[::]:5060",
                "[::0]:5060",
                "[0:0:0:0:0:0:0:0]",
                "[::ffff:0.0.0.0]",
                "203.0.113.7:0",
                "203.0.113.7:65536",
                "203.0.113.7:99999",
                "203.0.113.777",
                "[2001:db8::1::2]",
                "[.]",
                "a..b",
                "-",
                ".example.net",
                "sip.example-:5060"
            })
    void what_no_peer_could_reach_cannot_be_advertised(String advertised) {
        assertThatThrownBy(() -> Scene.of("ring").agents(1, advertised).start().close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("user_agents.advertised: [" + advertised + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1::2]", "203.0.113.777", "-", "a..b", ".", "[]", "sip.example.net:5060", "0.0.0.0"})
    void what_cannot_stand_in_from_cannot_be_configured(String domain) {
        assertThatThrownBy(() -> new NumberPolicy(new PlusE164(), true, false, false, domain))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("numbers.from_domain: " + domain);
    }

    @Test
    void an_agent_bound_to_any_address_names_the_one_that_routing_chooses() {
        try (var carrier = carrierOn(LOOPBACK);
                var stage = Scene.towards(carrier.address())
                        .local(new InetSocketAddress("0.0.0.0", 0))
                        .start()) {
            assertThat(stage.outcome()).isInstanceOf(Rang.class);
            stage.nothingIsLeft();
            assertThat(carrier.violations()).isEmpty();
            assertThat(carrier.counters().requests().acks()).isOne();
        }
    }

    @Test
    void each_agent_has_a_port_of_its_own() throws SocketException {
        int first = twoFreePorts();
        try (var stage = Scene.of("ring")
                .local(new InetSocketAddress(LOOPBACK, first))
                .agents(2)
                .start()) {
            var calls = new ArrayList<String>();
            for (int i = 0; i < 8; i++) {
                calls.add(stage.place());
            }
            assertThat(calls)
                    .allSatisfy(call -> assertThat(stage.outcomeOf(call)).isInstanceOf(Rang.class));
            stage.everythingIsOver();
            assertThat(stage.received("INVITE"))
                    .extracting(line -> line.peer().getPort())
                    .containsOnly(first, first + 1);
            assertThat(stage.received("INVITE"))
                    .allSatisfy(line -> assertThat(header(line.text(), "Via"))
                            .contains("127.0.0.1:" + line.peer().getPort() + ";"));
            assertThat(stage.engine.snapshot().agents())
                    .hasSize(2)
                    .allSatisfy(agent -> assertThat(agent.socket().received()).isPositive());
        }
    }

    @Test
    void agents_may_take_any_port_and_advertise_different_addresses() {
        try (var stage = Scene.of("answer-on-cancel")
                .agents(3, "203.0.113.1:5061", "203.0.113.2:5062", "203.0.113.3:5063")
                .start()) {
            var calls = new ArrayList<String>();
            for (int i = 0; i < 9; i++) {
                calls.add(stage.place());
            }
            assertThat(calls)
                    .allSatisfy(call -> assertThat(stage.outcomeOf(call)).isInstanceOf(Answered.class));
            stage.everythingIsOver();
            assertThat(stage.received("INVITE"))
                    .extracting(line -> header(line.text(), "Contact"))
                    .containsOnly(
                            "<sip:+12025550123@203.0.113.1:5061>",
                            "<sip:+12025550123@203.0.113.2:5062>",
                            "<sip:+12025550123@203.0.113.3:5063>");
        }
    }

    @Test
    void each_trunks_calls_go_to_its_own_target() {
        try (var other = carrierOn(InetAddress.ofLiteral("127.0.0.3"));
                var stage = Scene.of("ring").trunk("other", other.address()).start()) {
            stage.outcomeOf(stage.place());
            stage.outcomeOf(stage.place(CallRequest.of("other", Stage.FROM, Stage.TO, "o-1")));
            stage.outcomeOf(stage.place(CallRequest.of("other", Stage.FROM, Stage.TO, "o-2")));
            stage.everythingIsOver();
            assertThat(stage.received("INVITE")).hasSize(1);
            assertThat(other.counters().requests())
                    .matches(seen -> seen.invites() == 2 && seen.cancels() == 2 && seen.acks() == 2);
            assertThat(other.violations()).isEmpty();
        }
    }

    private static Carrier carrierOn(InetAddress address) {
        return Carrier.start(CarrierConfig.loopback("ring").withListen(new InetSocketAddress(address, 0)));
    }

    private static int twoFreePorts() throws SocketException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (var first = new DatagramSocket(0, LOOPBACK);
                    var second = new DatagramSocket(first.getLocalPort() + 1, LOOPBACK)) {
                return second.getLocalPort() - 1;
            } catch (SocketException | IllegalArgumentException e) {
                // The next port is taken, or there is none: another pair.
            }
        }
        throw new SocketException("no two free ports in a row");
    }

    private static String invite(Stage stage) {
        assertThat(stage.outcome()).isInstanceOf(Rang.class);
        return stage.received("INVITE").getFirst().text();
    }

    private static String startLine(String message) {
        return message.substring(0, message.indexOf("\r\n"));
    }

    private static String header(String message, String name) {
        var found =
                Pattern.compile("\r\n" + Pattern.quote(name) + ": ([^\r\n]*)").matcher(message);
        assertThat(found.find()).as("%s in %s", name, message).isTrue();
        return found.group(1);
    }
}
