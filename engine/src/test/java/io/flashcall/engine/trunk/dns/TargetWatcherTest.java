package io.flashcall.engine.trunk.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.trunk.dns.Location.DnsFailure;
import io.flashcall.engine.trunk.dns.Location.NoSuchService;
import io.flashcall.engine.trunk.dns.WatchStatus.Kind;
import io.flashcall.engine.trunk.dns.WatchStatus.Trouble;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TargetWatcherTest {

    private static final Duration NO_WAIT = Duration.ZERO;

    private final HandAgenda agenda = new HandAgenda();
    private final List<Optional<Located>> searches = new ArrayList<>();
    private final List<Located> told = new ArrayList<>();
    private final TargetWatcher watcher =
            new TargetWatcher("carrier-a", this::search, told::add, agenda, new Drawn(0.5));
    private final Logger logger = (Logger) LoggerFactory.getLogger(TargetWatcher.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Location dns = located(100, "192.0.2.1");

    @BeforeEach
    void listenToTheLog() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private Location search(Optional<Located> before) {
        searches.add(before);
        return dns;
    }

    @Test
    void the_first_look_up_tells_the_listener() throws InterruptedException {
        start();
        assertThat(told).containsExactly(located(100, "192.0.2.1"));
        assertThat(watcher.status().located()).contains(located(100, "192.0.2.1"));
        assertThat(watcher.status().trouble()).isEmpty();
        assertThat(searches).containsExactly(Optional.empty());
    }

    @Test
    void a_first_look_up_that_takes_too_long_is_not_waited_for() throws InterruptedException {
        var status = watcher.start(Duration.ofMillis(1));
        assertThat(status.located()).isEmpty();
        assertThat(status.trouble())
                .contains(new Trouble(Kind.PENDING, "the first look-up has not ended", Instant.EPOCH, 0));
        assertThat(lines())
                .containsExactly("WARN trunk carrier-a: DNS has not answered within 1 ms; the trunk waits for it");
        agenda.pass(Duration.ZERO);
        assertThat(told).hasSize(1);
    }

    @Test
    void a_first_look_up_that_fails_says_so_and_is_tried_again_until_it_does_not() throws InterruptedException {
        dns = new DnsFailure("NAPTR carrier.example: SERVFAIL");
        start();
        assertThat(watcher.status().trouble())
                .contains(new Trouble(Kind.DNS_FAILS, "NAPTR carrier.example: SERVFAIL", Instant.EPOCH, 1));
        dns = located(100, "192.0.2.1");
        agenda.passMillis(1000);
        assertThat(told).hasSize(1);
        assertThat(watcher.status().trouble()).isEmpty();
    }

    @Test
    void it_looks_again_when_four_fifths_of_the_time_to_live_are_over() throws InterruptedException {
        start();
        agenda.passMillis(79_999);
        assertThat(searches).hasSize(1);
        agenda.passMillis(1);
        assertThat(searches).containsExactly(Optional.empty(), Optional.of(located(100, "192.0.2.1")));
        dns = located(10, "192.0.2.1");
        agenda.passMillis(80_000);
        assertThat(searches).hasSize(3);
        agenda.passMillis(8_000);
        assertThat(searches).as("by the new time to live").hasSize(4);
    }

    @Test
    void the_look_ups_of_many_trunks_are_spread() throws InterruptedException {
        for (double drawn : new double[] {0, 0.999999}) {
            var own = new HandAgenda();
            var count = new int[1];
            var spread = new TargetWatcher(
                    "carrier-b",
                    _ -> {
                        count[0]++;
                        return dns;
                    },
                    _ -> true,
                    own,
                    new Drawn(drawn));
            spread.start(NO_WAIT);
            own.pass(Duration.ZERO);
            own.passMillis(drawn == 0 ? 74_999 : 84_999);
            assertThat(count[0]).isEqualTo(1);
            own.passMillis(1);
            assertThat(count[0]).isEqualTo(2);
        }
    }

    /// Always draws the same.
    private record Drawn(double value) implements RandomGenerator {

        @Override
        public long nextLong() {
            throw new IllegalStateException("nobody asks for this");
        }

        @Override
        public double nextDouble() {
            return value;
        }
    }

    @Test
    void the_listener_hears_of_other_targets_only() throws InterruptedException {
        start();
        dns = located(200, "192.0.2.1");
        agenda.passMillis(80_000);
        assertThat(told).as("a new time to live is no news").hasSize(1);
        assertThat(watcher.status().located()).contains(located(200, "192.0.2.1"));
        dns = located(100, "192.0.2.1", "192.0.2.2");
        agenda.passMillis(160_000);
        assertThat(told).containsExactly(located(100, "192.0.2.1"), located(100, "192.0.2.1", "192.0.2.2"));
        dns = located(100, "192.0.2.2", "192.0.2.1");
        agenda.passMillis(80_000);
        assertThat(told).as("DNS turns equals round").hasSize(2);
        assertThat(watcher.status().located()).contains(located(100, "192.0.2.1", "192.0.2.2"));
    }

    @Test
    void a_listener_that_cannot_use_all_of_them_is_told_again_until_it_can() throws InterruptedException {
        var uses = new boolean[1];
        var heard = new ArrayList<Located>();
        var watching = new TargetWatcher(
                "carrier-a",
                this::search,
                located -> {
                    heard.add(located);
                    return uses[0];
                },
                agenda,
                new Drawn(0.5));
        watching.start(NO_WAIT);
        agenda.pass(Duration.ZERO);
        agenda.passMillis(80_000);
        assertThat(heard).hasSize(2);
        uses[0] = true;
        agenda.passMillis(80_000);
        assertThat(heard).hasSize(3);
        agenda.passMillis(80_000);
        assertThat(heard).hasSize(3).containsOnly(located(100, "192.0.2.1"));
    }

    @Test
    void while_DNS_fails_the_last_good_answer_stays_and_the_tries_become_rarer() throws InterruptedException {
        start();
        dns = new DnsFailure("SRV _sip._udp.carrier.example: no answer");
        agenda.passMillis(80_000);
        var since = Instant.EPOCH.plusSeconds(80);
        assertThat(watcher.status().located()).contains(located(100, "192.0.2.1"));
        assertThat(watcher.status().trouble())
                .contains(new Trouble(Kind.DNS_FAILS, "SRV _sip._udp.carrier.example: no answer", since, 1));
        // With the jitter half-way: 0.95 of 1, 2, 4, 8, 16, 30 and 30 s.
        for (long wait : new long[] {950, 1900, 3800, 7600, 15_200, 28_500, 28_500}) {
            int before = searches.size();
            agenda.passMillis(wait - 1);
            assertThat(searches).as("before %d ms", wait).hasSize(before);
            agenda.passMillis(1);
            assertThat(searches).as("after %d ms", wait).hasSize(before + 1);
        }
        assertThat(watcher.status().trouble().orElseThrow().since()).isEqualTo(since);
        assertThat(watcher.status().trouble().orElseThrow().tries()).isEqualTo(8);
        assertThat(told).hasSize(1);
    }

    @Test
    void when_DNS_comes_back_all_is_as_before() throws InterruptedException {
        start();
        dns = new DnsFailure("no answer");
        agenda.passMillis(600_000);
        dns = located(100, "192.0.2.1");
        agenda.passMillis(30_000);
        assertThat(watcher.status())
                .isEqualTo(new WatchStatus(Optional.of(located(100, "192.0.2.1")), Optional.empty()));
        assertThat(told).hasSize(1);
        dns = new DnsFailure("no answer");
        agenda.passMillis(81_000);
        assertThat(watcher.status().trouble().orElseThrow().tries())
                .as("counted anew")
                .isBetween(1, 8);
    }

    @Test
    void trouble_and_its_end_are_logged_once_not_at_each_try() throws InterruptedException {
        start();
        dns = new DnsFailure("first reason");
        agenda.passMillis(80_000);
        dns = new DnsFailure("another reason");
        agenda.passMillis(600_000);
        dns = new NoSuchService("carrier.example: no address");
        agenda.passMillis(600_000);
        dns = located(100, "192.0.2.2");
        agenda.passMillis(30_000);
        int tries = searches.size() - 2;
        assertThat(lines())
                .containsExactly(
                        "INFO trunk carrier-a: targets: [192.0.2.1:5060;transport=udp]",
                        "WARN trunk carrier-a: DNS fails: first reason; targets in use: [192.0.2.1:5060;transport=udp]",
                        "WARN trunk carrier-a: DNS has no such service: carrier.example: no address; targets in use: "
                                + "[192.0.2.1:5060;transport=udp]",
                        "INFO trunk carrier-a: DNS is well again, after " + tries + " tries in vain",
                        "INFO trunk carrier-a: targets: [192.0.2.2:5060;transport=udp]");
    }

    @Test
    void a_carrier_that_is_gone_from_DNS_keeps_its_last_targets() throws InterruptedException {
        start();
        dns = new NoSuchService("carrier.example: no address");
        agenda.passMillis(80_000);
        assertThat(watcher.status().located()).contains(located(100, "192.0.2.1"));
        assertThat(watcher.status().trouble().orElseThrow().kind()).isEqualTo(Kind.NO_SUCH_SERVICE);
        assertThat(told).hasSize(1);
    }

    @Test
    void an_answer_with_a_hole_is_used_and_asked_for_again_soon() throws InterruptedException {
        dns = new Located(
                located(100, "192.0.2.1").targets(), Duration.ofSeconds(100), Optional.of("A sip2: SERVFAIL"));
        start();
        assertThat(told).hasSize(1);
        assertThat(watcher.status().trouble())
                .contains(new Trouble(Kind.DNS_FAILS, "A sip2: SERVFAIL", Instant.EPOCH, 1));
        dns = located(100, "192.0.2.1", "192.0.2.2");
        agenda.passMillis(950);
        assertThat(told).hasSize(2);
        assertThat(watcher.status().trouble()).isEmpty();
    }

    @Test
    void it_looks_at_once_when_asked_but_not_more_than_every_5_seconds() throws InterruptedException {
        assertThat(watcher.refreshNow()).as("not started").isFalse();
        start();
        assertThat(watcher.refreshNow()).as("just looked").isFalse();
        agenda.passMillis(4_999);
        assertThat(watcher.refreshNow()).isFalse();
        agenda.passMillis(1);
        assertThat(watcher.refreshNow()).isTrue();
        agenda.pass(Duration.ZERO);
        assertThat(searches).hasSize(2);
        assertThat(watcher.refreshNow()).isFalse();
        agenda.passMillis(79_999);
        assertThat(searches).as("the planned one is planned anew").hasSize(2);
        agenda.passMillis(1);
        assertThat(searches).hasSize(3);
        assertThat(agenda.entries()).isEqualTo(1);
    }

    @Test
    void it_does_not_look_twice_at_a_time() throws InterruptedException {
        var answers = new ArrayList<Boolean>();
        var slow = new TargetWatcher[1];
        slow[0] = new TargetWatcher(
                "carrier-b",
                _ -> {
                    agenda.pass(Duration.ofSeconds(6));
                    answers.add(slow[0].refreshNow());
                    return dns;
                },
                _ -> answers.add(slow[0].refreshNow()),
                agenda,
                new Drawn(0.5));
        slow[0].start(NO_WAIT);
        agenda.pass(Duration.ZERO);
        assertThat(answers).containsExactly(false, false);
        assertThat(agenda.entries()).isEqualTo(1);
    }

    @Test
    void after_close_it_neither_looks_nor_tells() throws InterruptedException {
        start();
        watcher.close();
        assertThat(agenda.entries()).isZero();
        assertThat(watcher.refreshNow()).isFalse();
        agenda.passMillis(1_000_000);
        assertThat(searches).hasSize(1);
    }

    @Test
    void an_answer_that_comes_after_close_is_not_told() throws InterruptedException {
        var closing = new TargetWatcher[1];
        closing[0] = new TargetWatcher(
                "carrier-b",
                _ -> {
                    closing[0].close();
                    return dns;
                },
                told::add,
                agenda,
                new Drawn(0.5));
        closing[0].start(NO_WAIT);
        agenda.pass(Duration.ZERO);
        assertThat(told).isEmpty();
        assertThat(agenda.entries()).isZero();
    }

    @Test
    void neither_a_listener_nor_a_look_up_that_throws_ends_the_watch() throws InterruptedException {
        var looks = new int[1];
        var faulty = new TargetWatcher(
                "carrier-b",
                _ -> {
                    if (++looks[0] == 1) {
                        throw new IllegalStateException("a bug");
                    }
                    return dns;
                },
                _ -> {
                    throw new IllegalStateException("another bug");
                },
                agenda,
                new Drawn(0.5));
        faulty.start(NO_WAIT);
        agenda.pass(Duration.ZERO);
        assertThat(faulty.status().trouble().orElseThrow().reason()).contains("a bug");
        agenda.passMillis(950);
        assertThat(faulty.status().located()).contains((Located) dns);
        agenda.passMillis(80_000);
        assertThat(looks[0]).isEqualTo(3);
    }

    @Test
    void it_is_started_once() throws InterruptedException {
        start();
        assertThatIllegalStateException().isThrownBy(() -> watcher.start(NO_WAIT));
    }

    private void start() throws InterruptedException {
        watcher.start(NO_WAIT);
        agenda.pass(Duration.ZERO);
        log.list.removeIf(event -> event.getFormattedMessage().contains("has not answered within 0 ms"));
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static Located located(int seconds, String... literals) {
        var targets = Arrays.stream(literals)
                .map(literal -> new InetSocketAddress(InetAddress.ofLiteral(literal), 5060))
                .map(address -> new LocatedTarget(address, SipTransport.UDP, 0, 1))
                .toList();
        return new Located(targets, Duration.ofSeconds(seconds), Optional.empty());
    }
}
