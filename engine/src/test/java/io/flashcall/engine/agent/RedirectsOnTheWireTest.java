package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FAILOVER;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static io.flashcall.engine.agent.AgentFixture.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Cidr;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RedirectPolicy;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.TargetSet;
import io.flashcall.engine.trunk.Trunk;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A carrier that answers 3xx: where its calls go, and how they are told (RFC 3261 §8.1.3.4).
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedirectsOnTheWireTest {

    private static final Endpoint CARRIER = endpoint("203.0.113.5", 5060);
    private static final Endpoint GATEWAY = endpoint("203.0.113.77", 5062);
    private static final Endpoint OTHER_GATEWAY = endpoint("203.0.113.78", 5060);
    private static final Endpoint LISTED = endpoint("192.0.2.200", 5060);
    private static final Endpoint FIRST = endpoint("198.51.100.51", 5060);
    private static final Endpoint SECOND = endpoint("198.51.100.52", 5080);
    private static final String TO_GATEWAY = "Contact: <sip:+442079460199@203.0.113.77:5062;user=phone>";

    /// One address and a block of sources; redirections are followed twice.
    private static final int CARRIER_TRUNK = 0;

    /// A name with two hosts, reached by UDP alone.
    private static final int NAMED_TRUNK = 1;

    /// Redirections to a list alone, and credentials.
    private static final int LISTED_TRUNK = 2;

    /// Redirections are not followed.
    private static final int STRICT_TRUNK = 3;

    private final AgentFixture the = new AgentFixture(config(), RedirectsOnTheWireTest::trunks, TraceListener.NONE);

    @Test
    void the_contact_is_called_in_a_new_transaction_with_the_next_CSeq_number() {
        Sent first = place(CARRIER_TRUNK);
        Sent next = redirected(first, CARRIER, TO_GATEWAY);
        assertThat(next.startLine()).isEqualTo("INVITE sip:+442079460199@203.0.113.77:5062;user=phone SIP/2.0");
        assertThat(next.to().same(GATEWAY)).isTrue();
        assertThat(next.branch()).isNotEqualTo(first.branch());
        assertThat(next.header("CSeq")).isEqualTo("2 INVITE");
        assertThat(rest(next)).isEqualTo(rest(first));
        assertThat(the.counted(Metric.REDIRECTS_FOLLOWED)).isEqualTo(1);
    }

    @Test
    void the_302_is_acknowledged_as_the_INVITE_was_sent_and_again_when_it_comes_again() {
        Sent first = place(CARRIER_TRUNK);
        the.receives(first.answer("302 Moved Temporarily", "a", TO_GATEWAY), CARRIER);
        Sent ack = the.sent().getFirst();
        assertThat(ack.startLine()).isEqualTo(first.startLine().replace("INVITE", "ACK"));
        assertThat(ack.branch()).isEqualTo(first.branch());
        assertThat(ack.to().same(CARRIER)).isTrue();

        the.receives(first.answer("302 Moved Temporarily", "a", TO_GATEWAY), CARRIER);
        assertThat(the.sentOne().text()).isEqualTo(ack.text());
        assertThat(the.counted(Metric.REDIRECTS_FOLLOWED)).isEqualTo(1);
    }

    @Test
    void its_CANCEL_and_ACK_have_the_Request_URI_of_the_contact_also_after_the_end() {
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY);
        the.receives(next.answer("180 Ringing", "b"), GATEWAY);
        the.passes(RING);
        Sent cancel = the.sentOne();
        assertThat(cancel.startLine()).isEqualTo(next.startLine().replace("INVITE", "CANCEL"));
        assertThat(cancel.branch()).isEqualTo(next.branch());
        assertThat(cancel.header("CSeq")).isEqualTo("2 CANCEL");
        assertThat(cancel.to().same(GATEWAY)).isTrue();

        the.receives(next.answer("487 Request Terminated", "b"), GATEWAY);
        Sent ack = the.sentOne();
        assertThat(ack.startLine()).isEqualTo(next.startLine().replace("INVITE", "ACK"));
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.nothingIsLeft();
        the.receives(next.answer("487 Request Terminated", "b"), GATEWAY);
        assertThat(the.sentOne().text()).isEqualTo(ack.text());
    }

    @Test
    void a_retransmission_is_the_same_bytes() {
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY);
        the.passes(Duration.ofMillis(500));
        assertThat(the.sentOne().text()).isEqualTo(next.text());
    }

    @Test
    void an_answer_without_a_Contact_is_hung_up_at_the_URI_that_was_called() {
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY);
        the.receives(next.answer("200 OK", "b"), GATEWAY);
        var sent = the.sent();
        assertThat(sent).extracting(Sent::method).containsExactly("ACK", "BYE");
        assertThat(sent)
                .allSatisfy(request ->
                        assertThat(request.startLine()).contains(" sip:+442079460199@203.0.113.77:5062;user=phone "));
    }

    @Test
    void the_next_call_is_sent_as_ever_from_the_same_slot() {
        Sent first = place(CARRIER_TRUNK);
        Sent next = redirected(first, CARRIER, TO_GATEWAY);
        the.receives(next.answer("486 Busy Here", "b"), GATEWAY);
        the.sent();
        the.passes(Duration.ofSeconds(40));
        assertThat(place(CARRIER_TRUNK).startLine()).isEqualTo(first.startLine());
    }

    @Test
    void the_contact_of_the_highest_q_is_called_and_of_those_the_first() {
        Sent next = redirected(
                place(CARRIER_TRUNK),
                CARRIER,
                "Contact: <sip:1@203.0.113.77>;q=0.2, <sip:2@203.0.113.78>;q=0.75",
                "m: \"3\" <sip:3@203.0.113.79>;q=0.75, <sip:4@203.0.113.80>;q=x");
        assertThat(next.startLine()).isEqualTo("INVITE sip:2@203.0.113.78 SIP/2.0");
        assertThat(next.to().same(OTHER_GATEWAY)).isTrue();
    }

    @Test
    void without_q_a_contact_is_as_good_as_any() {
        Sent next = redirected(
                place(CARRIER_TRUNK), CARRIER, "Contact: <sip:1@203.0.113.77>;q=0.9, sip:2@203.0.113.78;expires=9");
        assertThat(next.startLine()).isEqualTo("INVITE sip:2@203.0.113.78 SIP/2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"300 Multiple Choices", "301 Moved Permanently", "302 Moved", "399 Some Day"})
    void every_3xx_but_two_is_followed(String status) {
        the.receives(place(CARRIER_TRUNK).answer(status, "a", TO_GATEWAY), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK", "INVITE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"305 Use Proxy", "380 Alternative Service"})
    void a_contact_that_is_not_the_callee_is_not_followed(String status) {
        the.receives(place(CARRIER_TRUNK).answer(status, "a", TO_GATEWAY), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK");
        endedAs(FailureCause.PROTOCOL);
    }

    @Test
    void two_redirections_are_followed_and_no_third() {
        Sent second = redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY);
        Sent third = redirected(second, GATEWAY, "Contact: <sip:2@203.0.113.78>");
        assertThat(third.header("CSeq")).isEqualTo("3 INVITE");
        the.receives(third.answer("302 Moved", "c", "Contact: <sip:3@203.0.113.79>"), OTHER_GATEWAY);
        assertThat(the.methodsSent()).containsExactly("ACK");
        endedAs(FailureCause.PROTOCOL);
        the.nothingIsLeft();
    }

    @Test
    void a_contact_that_was_tried_is_not_tried_again() {
        Sent second = redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY);
        the.receives(second.answer("302 Moved", "b", TO_GATEWAY), GATEWAY);
        assertThat(the.methodsSent()).containsExactly("ACK");
        endedAs(FailureCause.PROTOCOL);
        assertThat(the.counted(Metric.CONTACTS_IGNORED)).isEqualTo(1);
    }

    /// RFC 3261 §8.1.3.4: the target set holds the first Request-URI from the start.
    @Test
    void a_contact_with_the_URI_that_was_called_first_is_not_called_again() {
        Sent first = place(CARRIER_TRUNK);
        String same = "Contact: <" + first.startLine().split(" ", -1)[1] + ">";
        Sent second = redirected(first, CARRIER, same, "Contact: <sip:2@203.0.113.78>;q=0.1");
        assertThat(second.to().same(OTHER_GATEWAY)).isTrue();
        the.receives(second.answer("302 Moved", "b", same), OTHER_GATEWAY);
        assertThat(the.methodsSent()).containsExactly("ACK");
        endedAs(FailureCause.PROTOCOL);
    }

    @Test
    void each_INVITE_of_a_call_is_acknowledged_with_the_Request_URI_that_it_had() {
        Sent first = place(CARRIER_TRUNK);
        Sent second = redirected(first, CARRIER, TO_GATEWAY);
        Sent third = redirected(second, GATEWAY, "Contact: <sip:2@203.0.113.78>");
        the.receives(second.answer("302 Moved", "b", "Contact: <sip:2@203.0.113.78>"), GATEWAY);
        assertThat(the.sentOne().startLine()).isEqualTo(second.startLine().replace("INVITE", "ACK"));
        the.receives(first.answer("302 Moved", "a", TO_GATEWAY), CARRIER);
        assertThat(the.sentOne().startLine()).isEqualTo(first.startLine().replace("INVITE", "ACK"));
        the.receives(third.answer("486 Busy Here", "c"), OTHER_GATEWAY);
        assertThat(the.sentOne().startLine()).isEqualTo(third.startLine().replace("INVITE", "ACK"));
    }

    @Test
    void after_a_provisional_above_100_nothing_is_followed() {
        Sent first = place(CARRIER_TRUNK);
        the.receives(first.answer("183 Session Progress", "a"), CARRIER);
        the.receives(first.answer("302 Moved", "a", TO_GATEWAY), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void a_trunk_that_does_not_say_so_follows_nothing() {
        the.receives(place(STRICT_TRUNK).answer("302 Moved", "a", TO_GATEWAY), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK");
        endedAs(FailureCause.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "<sip:1@203.0.114.77>",
                "<sip:1@[2001:db8::77]>",
                "<sip:1@gw.carrier.example>",
                "<sip:1@203.0.113.77;maddr=203.0.114.1>",
                "<sip:1@203.0.113.77;method=BYE>",
                "<sip:1@203.0.113.77?Subject=x>",
                "<sip:1@203.0.113.77;transport=tcp>",
                "<sip:1@203.0.113.77;transport=ws>",
                "<sips:1@203.0.113.77>",
                "<tel:+442079460199>",
                "<mailto:a@203.0.113.77>",
                "<sip:1%0d%0aX-Evil:1@203.0.113.77>",
                "<sip:1%00@203.0.113.77>",
                "<sip:1%7F@203.0.113.77>",
                "<sip:1%zz@203.0.113.77>",
                "<sip:1%4",
                "<sip:\"1\"@203.0.113.77>",
                "<sip:1\\@203.0.113.77>",
                "<sip:1 @203.0.113.77>",
                "<sip:1\t@203.0.113.77>",
                "<sip:1é@203.0.113.77>",
                "<sip:1{}@203.0.113.77>",
                "<sip:1\r\n @203.0.113.77>",
                "<sip:1@203.0.113.77> trailing",
                "<sip:1@203.0.113.77:0>",
                "<sip:1@203.0.113.77:99999>",
                "<sip:1@203.0.113.077>",
                "<sip:1@203.0.113.5@203.0.114.1>",
                "<>",
                "\"open <sip:1@203.0.113.77>"
            })
    void what_is_odd_or_elsewhere_is_ignored_and_counted(String contact) {
        Sent first = place(CARRIER_TRUNK);
        the.receives(first.answer("302 Moved", "a", "Contact: " + contact), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK");
        endedAs(FailureCause.PROTOCOL);
        assertThat(the.counted(Metric.CONTACTS_IGNORED)).isEqualTo(1);
        the.nothingIsLeft();
    }

    @Test
    void a_URI_of_200_bytes_is_followed_and_one_of_201_is_not() {
        var longest = "sip:" + "1".repeat(200 - 17) + "@203.0.113.77";
        assertThat(longest).hasSize(200);
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, "Contact: <" + longest + ">");
        assertThat(next.startLine()).isEqualTo("INVITE " + longest + " SIP/2.0");
        the.receives(place(CARRIER_TRUNK).answer("302 Moved", "a", "Contact: <" + longest + "0>"), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void of_many_contacts_sixteen_are_looked_at() {
        var many = "<tel:+1>, ".repeat(16) + "<sip:1@203.0.113.77>";
        the.receives(place(CARRIER_TRUNK).answer("302 Moved", "a", "Contact: " + many), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(the.counted(Metric.CONTACTS_IGNORED)).isEqualTo(16);
    }

    @Test
    void a_302_without_a_contact_ends_the_call() {
        the.receives(place(CARRIER_TRUNK).answer("302 Moved", "a"), CARRIER);
        endedAs(FailureCause.PROTOCOL);
    }

    @Test
    void a_contact_at_the_trunk_s_own_host_goes_there_again() {
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, "Contact: <sip:0044%2312@203.0.113.5>");
        assertThat(next.startLine()).isEqualTo("INVITE sip:0044%2312@203.0.113.5 SIP/2.0");
        assertThat(next.to().same(CARRIER)).isTrue();
        assertThat(the.context.lines.get(CARRIER_TRUNK).guests()).isEmpty();
    }

    @Test
    void a_silent_contact_by_address_is_not_left_for_another_host() {
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY);
        the.passes(FAILOVER);
        assertThat(the.sent()).allSatisfy(sent -> assertThat(sent.text()).isEqualTo(next.text()));
        the.passes(SETUP);
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.NO_RESPONSE);
    }

    @Test
    void new_calls_are_not_redirected_to_a_host_that_has_been_silent() {
        redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY);
        the.passes(Duration.ofSeconds(2));
        the.sent();
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, TO_GATEWAY, "Contact: <sip:2@203.0.113.78>;q=0.1");
        assertThat(next.to().same(OTHER_GATEWAY)).isTrue();
        the.probes();
        assertThat(the.sentOne().to().same(GATEWAY))
                .as("asked whether it is back")
                .isTrue();
    }

    @Test
    void the_trunk_s_own_name_stands_for_its_hosts_which_may_take_the_call_over() {
        Sent first = place(NAMED_TRUNK);
        assertThat(first.to().same(FIRST)).isTrue();
        Sent next = redirected(first, FIRST, "Contact: <sip:99@GW.carrier.example>");
        assertThat(next.startLine()).isEqualTo("INVITE sip:99@GW.carrier.example SIP/2.0");
        assertThat(next.to().same(FIRST)).isTrue();
        assertThat(next.header("To")).isEqualTo(first.header("To"));
        the.receives(next.answer("503 Service Unavailable", "b"), FIRST);
        Sent elsewhere = the.sent().getLast();
        assertThat(elsewhere.startLine()).isEqualTo(next.startLine());
        assertThat(elsewhere.to().same(SECOND)).isTrue();
    }

    @Test
    void a_name_with_a_port_is_the_host_with_that_port() {
        Sent next = redirected(place(NAMED_TRUNK), FIRST, "Contact: <sip:99@gw.carrier.example:5080>");
        assertThat(next.to().same(SECOND)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:1@gw.carrier.example:5099>",
                "<sip:1@gw.carrier.example;transport=tls>",
                "<sips:1@gw.carrier.example>",
                "<sip:1@gw.carrier.example.evil.example>",
                "<sip:1@evil-gw.carrier.example>"
            })
    void a_name_that_stands_for_no_host_leads_nowhere(String contact) {
        the.receives(place(NAMED_TRUNK).answer("302 Moved", "a", "Contact: " + contact), FIRST);
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void a_trunk_that_lists_hosts_follows_to_those_and_to_its_own_and_listens_to_them() {
        the.receives(place(LISTED_TRUNK).answer("302 Moved", "a", TO_GATEWAY), CARRIER);
        assertThat(the.methodsSent()).as("a source that is not listed").containsExactly("ACK");
        Sent next = redirected(place(LISTED_TRUNK), CARRIER, "Contact: <sip:1@192.0.2.200>");
        assertThat(next.to().same(LISTED)).isTrue();
        the.receives(next.answer("180 Ringing", "b"), LISTED);
        the.passes(RING);
        assertThat(the.sentOne().method()).isEqualTo("CANCEL");
    }

    @Test
    void a_trunk_without_UDP_may_list_no_hosts_since_nothing_would_reach_them() {
        var listed = new RedirectPolicy(List.of(Cidr.parse("192.0.2.192/26")), 2);
        var byTcp = PeerConfig.at(SipTarget.parse("203.0.113.5;transport=tcp"));
        var options = TrunkOptions.STANDARD.withRedirects(listed);
        assertThatThrownBy(() -> trunk("carrier", byTcp, options))
                .hasMessageContaining(
                        "redirects.hosts: [192.0.2.192/26] (expected: none, since they are reached by UDP");
    }

    @Test
    void credentials_are_made_for_the_Request_URI_that_the_contact_gave() {
        Sent next = redirected(place(LISTED_TRUNK), CARRIER, "Contact: <sip:1@192.0.2.200;x=$1>");
        String challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=MD5, qop=\"auth\"";
        the.receives(next.answer("401 Unauthorized", "b", challenge), LISTED);
        Sent known = the.sent().getLast();
        assertThat(known.startLine()).isEqualTo(next.startLine());
        assertThat(known.header("CSeq")).isEqualTo("3 INVITE");
        assertThat(known.header("Authorization")).contains("uri=\"sip:1@192.0.2.200;x=$1\"");
        the.receives(known.answer("100 Trying", ""), LISTED);

        Sent shown = place(LISTED_TRUNK);
        assertThat(shown.header("Authorization")).contains("uri=\"sip:+442079460123@203.0.113.5:5060;user=phone\"");
        Sent again = redirected(shown, CARRIER, "Contact: <sip:1@192.0.2.201>");
        assertThat(again.header("Authorization")).contains("uri=\"sip:1@192.0.2.201\"");
    }

    @Test
    void room_for_further_hosts_is_bounded_and_comes_back() {
        for (int i = 0; i < 64; i++) {
            visit("203.0.113.77:" + (6000 + i));
        }
        the.receives(place(CARRIER_TRUNK).answer("302 Moved", "a", "Contact: <sip:1@203.0.113.77:7000>"), CARRIER);
        assertThat(the.methodsSent()).containsExactly("ACK");
        visit("203.0.113.77:6000");
        int hops = the.context.hops.size();
        the.passes(Duration.ofMinutes(13));
        for (int i = 0; i < 64; i++) {
            visit("203.0.113.77:" + (8000 + i));
        }
        assertThat(the.context.lines.get(CARRIER_TRUNK).guests()).hasSize(64);
        the.passes(Duration.ofMinutes(13));
        visit("203.0.113.77:9000");
        assertThat(the.context.hops.size()).isLessThanOrEqualTo(hops + 64);
    }

    private void visit(String host) {
        Sent next = redirected(place(CARRIER_TRUNK), CARRIER, "Contact: <sip:1@" + host + ">");
        the.receives(next.answer("486 Busy Here", "b"), next.to());
        the.sent();
    }

    // What it takes.

    private Sent place(int trunk) {
        the.place(trunk, RING, SETUP);
        return the.sentOne();
    }

    /// @return the INVITE that follows
    private Sent redirected(Sent invite, Endpoint from, String... contacts) {
        the.receives(invite.answer("302 Moved Temporarily", "a", contacts), from);
        var sent = the.sent();
        assertThat(sent).extracting(Sent::method).containsExactly("ACK", "INVITE");
        return sent.getLast();
    }

    private void endedAs(FailureCause cause) {
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(cause);
    }

    /// All but request line, branch and CSeq.
    private static List<String> rest(Sent request) {
        return request.text()
                .lines()
                .skip(1)
                .filter(line -> !line.startsWith("CSeq"))
                .map(line -> line.replace(request.branch(), ""))
                .toList();
    }

    private static EngineConfig config() {
        var byAddress = PeerConfig.at(CARRIER.toSocketAddress(), List.of(Cidr.parse("203.0.113.0/24")));
        var listed = new RedirectPolicy(List.of(Cidr.parse("192.0.2.192/26")), 2);
        var agents =
                new UserAgentConfig(1, new InetSocketAddress("192.0.2.10", 5060), List.of(), 128, 128 * 5 + 8, 1 << 20);
        return new EngineConfig(
                agents,
                SipTimers.STANDARD,
                List.of(
                        trunk("carrier", byAddress, TrunkOptions.STANDARD.withRedirects(RedirectPolicy.DEFAULT)),
                        trunk(
                                "named",
                                PeerConfig.at(SipTarget.parse("gw.carrier.example"))
                                        .withTransports(EnumSet.of(SipTransport.UDP)),
                                TrunkOptions.STANDARD.withRedirects(RedirectPolicy.DEFAULT)),
                        trunk(
                                "listed",
                                byAddress.withCredentials(new Credentials("us", new Password.Text("secret"))),
                                TrunkOptions.STANDARD.withRedirects(listed)),
                        trunk("strict", byAddress, TrunkOptions.STANDARD)));
    }

    private static List<Trunk> trunks(EngineConfig config) {
        var trunks = AgentFixture.plainTrunks(config);
        trunks.get(NAMED_TRUNK)
                .targets(new TargetSet(List.of(AgentFixture.host(FIRST, 1), AgentFixture.host(SECOND, 2))));
        return trunks;
    }

    private static TrunkConfig trunk(String name, PeerConfig peer, TrunkOptions options) {
        return new TrunkConfig(
                name,
                peer,
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                NumberPolicy.PLUS_E164,
                new CallPolicy(new Only180(), RING, SETUP, 100_000, 100_000),
                options);
    }
}
