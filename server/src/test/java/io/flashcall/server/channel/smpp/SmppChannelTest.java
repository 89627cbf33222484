package io.flashcall.server.channel.smpp;

import static io.flashcall.server.channel.smpp.SmppScene.FORMAT;
import static io.flashcall.server.channel.smpp.SmppScene.LOGIN;
import static io.flashcall.server.channel.smpp.SmppScene.PACE;
import static io.flashcall.server.channel.smpp.SmppScene.awaitBound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.server.channel.smpp.Smsc.Reaction;
import io.flashcall.server.channel.tls.Certificate;
import io.flashcall.server.channel.tls.TlsFront;
import io.flashcall.server.config.SmppChannelConfig.Format;
import io.flashcall.server.config.SmppChannelConfig.Login;
import io.flashcall.server.config.SmppChannelConfig.Pace;
import io.flashcall.server.config.SmppChannelConfig.Radix;
import io.flashcall.server.config.SmppChannelConfig.Server;
import io.flashcall.server.config.SmppChannelConfig.Timeouts;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.pricing.Usage;
import io.flashcall.verification.store.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A channel against an SMSC of the same library's other side, which does what a script says.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class SmppChannelTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TWO_PARTS = "{code} " + "x".repeat(200);

    @TempDir
    Path folder;

    private SmppScene scene;

    @BeforeEach
    void open() {
        scene = new SmppScene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_message_is_submitted_over_a_transceiver_and_accepted() throws IOException {
        try (var smsc = Smsc.accepting()) {
            var channel = scene.channel(smsc.port());

            var session = scene.begin(channel);

            assertThat(scene.resultOf(session))
                    .isEqualTo(new AttemptResult(Verdict.DELIVERED, "accepted", "1 part", true, Usage.ONE));
            assertThat(smsc.binds).singleElement().satisfies(bind -> {
                assertThat(bind.getBindType()).isEqualTo(BindType.BIND_TRX);
                assertThat(bind.getSystemId()).isEqualTo("us");
                assertThat(bind.getPassword()).isEqualTo("secret");
                assertThat(bind.getSystemType()).isEqualTo("VMA");
            });
            assertThat(smsc.submits).singleElement().satisfies(submit -> {
                assertThat(submit.getSourceAddr()).isEqualTo("Shop");
                assertThat(submit.getSourceAddrTon()).isEqualTo((byte) 5);
                assertThat(submit.getDestAddress())
                        .isEqualTo(session.opening().intent().to().digits());
                assertThat(submit.getDestAddrTon()).isEqualTo((byte) 1);
                assertThat(submit.getDestAddrNpi()).isEqualTo((byte) 1);
                assertThat(submit.getRegisteredDelivery()).isEqualTo((byte) 1);
                // The session is good for two minutes.
                assertThat(submit.getValidityPeriod()).isEqualTo("000000000200000R");
                assertThat(new String(submit.getShortMessage(), StandardCharsets.US_ASCII))
                        .matches("[0-9]{6}");
            });
            assertThat(scene.messages.part("1").session()).isEqualTo(session.id());
        }
    }

    @Test
    void a_long_message_goes_out_in_order_and_each_part_has_its_receipt() throws IOException {
        try (var smsc = Smsc.accepting()) {
            var channel = scene.channel(smsc.port(), PACE, SmppScene.saying(TWO_PARTS));

            var result = scene.send(channel);

            assertThat(result.usage()).isEqualTo(Usage.ofParts(2));
            assertThat(result.detail()).isEqualTo("2 parts");
            assertThat(smsc.submits)
                    .extracting(submit -> submit.getShortMessage()[5])
                    .containsExactly((byte) 1, (byte) 2);
            assertThat(scene.messages.part("1").number()).isEqualTo(1);
            assertThat(scene.messages.part("2").number()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x0000000b, 0x0b", "0x00000045, 0x45"})
    void what_the_smsc_refuses_moves_on(String detail, String status) throws IOException {
        try (var smsc = new Smsc((_, _) -> new Reaction.Refuse(Integer.decode(status)))) {
            var channel = scene.channel(smsc.port());

            assertThat(scene.send(channel))
                    .isEqualTo(new AttemptResult(
                            Verdict.NEXT_CHANNEL, "provider_refused", "command_status " + detail, false));
            assertThat(smsc.submits).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x58", "0x14"})
    void a_throttling_smsc_is_asked_again(String status) throws IOException {
        try (var smsc = new Smsc(
                (_, number) -> number <= 2 ? new Reaction.Refuse(Integer.decode(status)) : new Reaction.Accept())) {
            var channel = scene.channel(smsc.port());

            assertThat(scene.send(channel).outcome()).isEqualTo("accepted");
            assertThat(smsc.submits).hasSize(3);
            assertThat(channel.gauge().throttled()).isEqualTo(2);
        }
    }

    @Test
    void but_not_for_ever() throws IOException {
        try (var smsc = new Smsc((_, _) -> new Reaction.Refuse(0x58))) {
            var channel = scene.channel(smsc.port(), patience(Duration.ofMillis(700)), FORMAT);

            assertThat(scene.send(channel))
                    .isEqualTo(new AttemptResult(
                            Verdict.NEXT_CHANNEL, "provider_throttled", "command_status 0x00000058", false));
            assertThat(smsc.submits).hasSizeBetween(2, 6);
        }
    }

    @Test
    void a_link_that_is_cut_before_the_answer_leaves_it_unknown_at_once_and_nothing_is_sent_again() throws IOException {
        try (var smsc = new Smsc((_, number) -> number == 1 ? new Reaction.CutBefore() : new Reaction.Accept())) {
            var channel = scene.channel(smsc.port(), patience(Duration.ofSeconds(60)), FORMAT);

            assertThat(scene.send(channel))
                    .isEqualTo(new AttemptResult(
                            Verdict.PERHAPS,
                            "unknown",
                            "the link was cut before the answer; not sent again",
                            true,
                            Usage.ONE));
            awaitBound(channel);
            assertThat(scene.send(channel).outcome()).isEqualTo("accepted");
            assertThat(smsc.submits).hasSize(2);
            assertThat(smsc.binds).hasSize(2);
        }
    }

    @Test
    void a_link_that_is_cut_after_the_answer_takes_nothing_back() throws IOException {
        try (var smsc = new Smsc((_, _) -> new Reaction.CutAfter())) {
            var channel = scene.channel(smsc.port());

            for (int i = 0; i < 3; i++) {
                assertThat(scene.send(channel).outcome()).isEqualTo("accepted");
            }
            assertThat(smsc.submits).hasSize(3);
        }
    }

    @Test
    void no_answer_leaves_it_unknown_and_the_link_as_it_is() throws IOException {
        try (var smsc = new Smsc((_, number) -> number == 1 ? new Reaction.Silence() : new Reaction.Accept())) {
            var channel = scene.channel(smsc.port(), answerIn(Duration.ofMillis(300)), FORMAT);

            assertThat(scene.send(channel))
                    .isEqualTo(new AttemptResult(
                            Verdict.PERHAPS, "unknown", "no answer within 300 ms; not sent again", true, Usage.ONE));
            assertThat(scene.send(channel).outcome()).isEqualTo("accepted");
            assertThat(smsc.binds).hasSize(1);
        }
    }

    @Test
    void of_a_message_whose_second_part_is_refused_nobody_knows() throws IOException {
        try (var smsc = new Smsc((_, number) -> number == 2 ? new Reaction.Refuse(0x0b) : new Reaction.Accept())) {
            var channel = scene.channel(smsc.port(), PACE, SmppScene.saying(TWO_PARTS));

            assertThat(scene.send(channel))
                    .isEqualTo(new AttemptResult(
                            Verdict.PERHAPS,
                            "unknown",
                            "1 of 2 parts accepted, then: command_status 0x0000000b; not sent again",
                            true,
                            Usage.ofParts(2)));
            assertThat(smsc.submits).hasSize(2);
        }
    }

    @Test
    void a_link_that_stays_down_makes_the_channel_unavailable_and_messages_that_wait_move_on() throws IOException {
        int port;
        try (var smsc = Smsc.accepting()) {
            port = smsc.port();
        }
        var channel = scene.channel(port, patience(Duration.ofMillis(200)), FORMAT);

        var waited = scene.send(channel);

        assertThat(waited)
                .isEqualTo(new AttemptResult(Verdict.NEXT_CHANNEL, "provider_unreachable", "the link is down", false));
        var launch = new Launch(1, 1, Sample.NOON);
        await().atMost(SOON).until(() -> channel.prepare(scene.session(), launch) instanceof Preparation.Unavailable);
        assertThat(channel.prepare(scene.session(), launch))
                .isEqualTo(new Preparation.Unavailable("the link to the provider is down"));
    }

    @Test
    void what_nobody_wants_any_more_when_the_link_comes_back_is_not_sent() throws IOException {
        try (var smsc = Smsc.accepting()) {
            smsc.refuseBinds(0x0e);
            var channel = scene.channel(smsc.port(), patience(Duration.ofSeconds(20)), FORMAT);
            var ended = scene.begin(channel);
            var wanted = scene.begin(channel);
            scene.unwanted.add(ended.id());
            // So long that both are held up.
            await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> smsc.submits.isEmpty());
            smsc.refuseBinds(0);

            assertThat(scene.resultOf(ended)).isEqualTo(AttemptResult.withdrawn());
            assertThat(scene.resultOf(wanted).outcome()).isEqualTo("accepted");
            assertThat(smsc.submits).hasSize(1);
        }
    }

    @Test
    void nor_is_what_a_throttling_smsc_held_up() throws IOException {
        try (var smsc = new Smsc((_, _) -> new Reaction.Refuse(0x58))) {
            var channel = scene.channel(smsc.port(), patience(Duration.ofSeconds(20)), FORMAT);
            var session = scene.begin(channel);
            await().atMost(SOON).until(() -> !smsc.submits.isEmpty());
            scene.unwanted.add(session.id());

            assertThat(scene.resultOf(session)).isEqualTo(AttemptResult.withdrawn());
        }
    }

    @Test
    void a_refused_bind_is_tried_again_until_it_is_not() throws IOException {
        try (var smsc = Smsc.accepting()) {
            smsc.refuseBinds(0x0e);
            var channel = scene.channel(smsc.port());
            await().atMost(SOON).until(() -> smsc.binds.size() >= 3);
            assertThat(channel.gauge().bound()).isFalse();

            smsc.refuseBinds(0);
            awaitBound(channel);

            assertThat(scene.send(channel).outcome()).isEqualTo("accepted");
        }
    }

    @Test
    void an_smsc_that_does_not_answer_enquire_link_is_left() throws Exception {
        try (var deaf = new DeafSmsc()) {
            var quick = new Pace(
                    4,
                    new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(500)),
                    PACE.reconnect(),
                    PACE.patience());
            var channel = scene.channel(deaf.port(), quick, FORMAT);

            awaitBound(channel);
            await().atMost(SOON).until(() -> deaf.binds() >= 2);

            assertThat(deaf.enquiries()).isPositive();
        }
    }

    /// The specification has 8 characters for it, and SMSCs have given out longer ones.
    @Test
    void a_password_may_be_longer_than_the_specification_has_it() throws Exception {
        try (var deaf = new DeafSmsc()) {
            var login = new Login("us", "a-password-of-29-characters-ok", "VMA");
            var server = new Server("127.0.0.1", deaf.port(), false, Optional.empty(), login);

            awaitBound(scene.channel(server, PACE, FORMAT));

            assertThat(new String(deaf.lastBind(), StandardCharsets.ISO_8859_1))
                    .contains("us\0a-password-of-29-characters-ok\0VMA\0");
        }
    }

    @Test
    void over_tls_it_binds_to_the_smsc_that_the_certificate_names() throws Exception {
        var certificate = Certificate.of("dns:localhost", folder);
        try (var smsc = Smsc.accepting();
                var front = new TlsFront(certificate.context(), true, smsc.port())) {
            var server = new Server("localhost", front.port(), true, Optional.of(certificate.pem()), LOGIN);

            assertThat(scene.send(scene.channel(server, PACE, FORMAT)).outcome())
                    .isEqualTo("accepted");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void but_not_to_another_one_nor_to_one_that_nobody_vouches_for(boolean vouched) throws Exception {
        var certificate = Certificate.of(vouched ? "dns:other.example" : "dns:localhost", folder);
        var trust = vouched ? Optional.of(certificate.pem()) : Optional.<Path>empty();
        try (var smsc = Smsc.accepting();
                var front = new TlsFront(certificate.context(), true, smsc.port())) {
            var server = new Server("localhost", front.port(), true, trust, LOGIN);
            var channel = scene.channel(server, patience(Duration.ofMillis(500)), FORMAT);

            assertThat(scene.send(channel).outcome()).isEqualTo("provider_unreachable");
            assertThat(front.connections()).isPositive();
            assertThat(smsc.binds).isEmpty();
        }
    }

    @Test
    void no_more_submits_wait_for_an_answer_than_the_window_has_places() throws Exception {
        var go = new CountDownLatch(1);
        try (var smsc = new Smsc((_, _) -> new Reaction.First(() -> hold(go)))) {
            var channel = scene.channel(smsc.port(), answerIn(Duration.ofSeconds(20)), FORMAT);
            var sessions =
                    IntStream.range(0, 10).mapToObj(_ -> scene.begin(channel)).toList();

            await().atMost(SOON).until(() -> smsc.submits.size() == 4);
            // The others have been waiting since before those came.
            await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> smsc.submits.size() == 4);
            go.countDown();

            sessions.forEach(
                    session -> assertThat(scene.resultOf(session).outcome()).isEqualTo("accepted"));
            assertThat(smsc.submits).hasSize(10);
        }
    }

    @Test
    void receipts_are_understood_however_late_twice_or_over_another_bind() throws IOException {
        try (var smsc = Smsc.accepting()) {
            var channel = scene.channel(smsc.port());
            scene.send(channel);
            scene.send(channel);

            assertThat(smsc.report("id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text:"))
                    .isZero();
            assertThat(smsc.report("id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text:"))
                    .isZero();
            smsc.cut();
            await().atMost(SOON)
                    .until(() -> smsc.binds.size() >= 2
                            && channel.gauge().bound()
                            && !smsc.bound().isEmpty());
            assertThat(smsc.report(
                            "",
                            new OptionalParameter.Receipted_message_id("2"),
                            new OptionalParameter.Message_state((byte) 5)))
                    .isZero();

            assertThat(scene.messages.reports).containsExactly("1 DELIVERED", "1 DELIVERED", "2 FAILED");
        }
    }

    @Test
    void a_receipt_may_be_faster_than_the_answer() throws IOException {
        var smscs = new Smsc[1];
        try (var smsc = new Smsc((_, _) -> new Reaction.First(() -> smscs[0].report("id:1 stat:DELIVRD err:000")))) {
            smscs[0] = smsc;
            var channel = scene.channel(smsc.port());

            assertThat(scene.send(channel).outcome()).isEqualTo("accepted");

            await().atMost(SOON).until(() -> scene.messages.reports.contains("1 DELIVERED"));
        }
    }

    @Test
    void an_smsc_may_answer_in_hexadecimal_and_report_in_decimal() throws IOException {
        try (var smsc = Smsc.accepting()) {
            smsc.writeIds(id -> "00C0FFE" + id);
            var hex = new Format(FORMAT.coding(), FORMAT.split(), FORMAT.validity(), Radix.HEX, FORMAT.texts());
            scene.send(scene.channel(smsc.port(), PACE, hex));

            assertThat(smsc.report("id:12648417 stat:EXPIRED")).isZero();

            assertThat(scene.messages.reports).containsExactly("12648417 FAILED");
        }
    }

    @Test
    void a_receipt_that_cannot_be_saved_is_to_be_repeated() throws IOException {
        try (var smsc = Smsc.accepting()) {
            scene.send(scene.channel(smsc.port()));

            scene.messages.broken = true;
            assertThat(smsc.report("id:1 stat:DELIVRD")).isEqualTo(0x64);
            scene.messages.broken = false;
            assertThat(smsc.report("id:1 stat:DELIVRD")).isZero();

            assertThat(scene.messages.reports).containsExactly("1 DELIVERED");
        }
    }

    @Test
    void what_is_no_receipt_is_counted_and_what_is_not_final_is_passed_over() throws IOException {
        try (var smsc = Smsc.accepting()) {
            var channel = scene.channel(smsc.port());
            scene.send(channel);

            assertThat(smsc.deliver(0, "STOP")).isZero();
            assertThat(smsc.report("id:1 stat:ENROUTE")).isZero();
            assertThat(smsc.report("garbage")).isZero();

            assertThat(channel.gauge().dropped()).isEqualTo(1);
            assertThat(scene.messages.reports).isEmpty();
        }
    }

    @Test
    void closing_waits_for_the_answers_that_are_to_come() throws Exception {
        var go = new CountDownLatch(1);
        try (var smsc = new Smsc((_, _) -> new Reaction.First(() -> hold(go)))) {
            var channel = scene.channel(smsc.port());
            var session = scene.begin(channel);
            await().atMost(SOON).until(() -> smsc.submits.size() == 1);

            var closing = Thread.startVirtualThread(channel::close);
            go.countDown();

            assertThat(scene.resultOf(session).outcome()).isEqualTo("accepted");
            closing.join();
            assertThat(channel.prepare(scene.session(), new Launch(1, 1, Sample.NOON)))
                    .isInstanceOf(Preparation.Unavailable.class);
        }
    }

    private static Pace patience(Duration patience) {
        return new Pace(PACE.window(), PACE.timeouts(), PACE.reconnect(), patience);
    }

    private static Pace answerIn(Duration response) {
        var timeouts =
                new Timeouts(PACE.timeouts().bind(), response, PACE.timeouts().enquireLink());
        return new Pace(PACE.window(), timeouts, PACE.reconnect(), PACE.patience());
    }

    private static void hold(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
