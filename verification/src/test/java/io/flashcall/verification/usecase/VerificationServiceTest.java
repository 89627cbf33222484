package io.flashcall.verification.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.SipStatus;
import io.flashcall.verification.App;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Denial;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Status;
import io.flashcall.verification.Verifications.ActionResult;
import io.flashcall.verification.Verifications.CheckResult;
import io.flashcall.verification.Verifications.StartResult;
import io.flashcall.verification.Verifications.Subject;
import io.flashcall.verification.Verifications.Wishes;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.number.QuarantineRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VerificationServiceTest {

    private static final SipStatus BUSY = new SipStatus(486, -1, "");

    private static final Limits GENEROUS = new Limits(
            new Limit("starts_per_destination", List.of(new Rate(1000, Duration.ofHours(1)))),
            Limits.DEFAULT.startsPerAddress(),
            10,
            Duration.ofHours(24),
            QuarantineRule.DEFAULT);

    private final Scene scene = new Scene();

    @Test
    void a_start_places_one_call_whose_last_digits_verify_the_number() {
        var session = scene.started(Scene.PHONE);
        assertThat(scene.engine.placed).extracting(CallRequest::to).containsExactly(Scene.PHONE);
        scene.rang(session.id());
        assertThat(scene.service.check(session.id(), scene.engine.code(4), "manual", false))
                .isInstanceOf(CheckResult.Right.class);
        assertThat(scene.session(session.id()).status()).isEqualTo(Status.VERIFIED);
        assertThat(scene.timeline(session.id()))
                .containsExactly(
                        "verification.started",
                        "attempt.started",
                        "call.ringing",
                        "call.delivered",
                        "verification.verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "+%s", "00%s", "(%s)"})
    void the_whole_caller_id_counts_in_any_formatting(String form) {
        var session = scene.started(Scene.PHONE);
        var digits = scene.engine.latest().from().substring(1);
        assertThat(scene.service.check(session.id(), form.formatted(digits), "log", true))
                .isInstanceOf(CheckResult.Right.class);
    }

    @Test
    void a_whole_number_that_ends_in_the_code_but_is_another_one_is_wrong() {
        var session = scene.started(Scene.PHONE);
        assertThat(scene.service.check(session.id(), "+3312345" + scene.engine.code(4), "log", true))
                .isInstanceOf(CheckResult.Wrong.class);
    }

    @Test
    void a_report_of_the_last_digits_alone_is_not_counted() {
        var session = scene.started(Scene.PHONE);
        assertThat(scene.service.check(session.id(), scene.engine.code(4), "log", true))
                .isInstanceOf(CheckResult.Unreadable.class);
        assertThat(scene.session(session.id()).tally().checks()).isZero();
    }

    @Test
    void wrong_checks_count_across_resends_and_the_last_one_fails_the_session() {
        var session = scene.started(Scene.PHONE);
        scene.rang(session.id());
        scene.service.check(session.id(), wrong(), "manual", false);
        scene.service.check(session.id(), wrong(), "manual", false);
        scene.service.resend(session.id(), Optional.empty());
        scene.rang(session.id());
        assertThat(scene.service.check(session.id(), wrong(), "manual", false)).isInstanceOf(CheckResult.Wrong.class);
        assertThat(scene.session(session.id()).reason()).isEqualTo("too_many_checks");
        assertThat(scene.service.check(session.id(), scene.engine.code(4), "manual", false))
                .isInstanceOf(CheckResult.Over.class);
    }

    @Test
    void a_resend_shows_another_number_and_the_first_code_still_counts() {
        var session = scene.started(Scene.PHONE);
        scene.rang(session.id());
        var first = scene.engine.code(4);
        assertThat(scene.service.resend(session.id(), Optional.empty())).isInstanceOf(ActionResult.Done.class);
        assertThat(scene.engine.placed)
                .extracting(CallRequest::from)
                .doesNotHaveDuplicates()
                .hasSize(2);
        scene.rang(session.id());
        assertThat(scene.service.check(session.id(), first, "manual", false)).isInstanceOf(CheckResult.Right.class);
    }

    @Test
    void nobody_is_called_again_while_a_call_is_in_the_air() {
        var session = scene.started(Scene.PHONE);
        assertThat(scene.service.resend(session.id(), Optional.empty()))
                .isInstanceOfSatisfying(
                        ActionResult.Denied.class,
                        denied -> assertThat(denied.why()).isEqualTo(Denial.CALL_IN_PROGRESS));
    }

    @ParameterizedTest
    @CsvSource({"BUSY", "INVALID_NUMBER", "UNAVAILABLE"})
    void a_phone_that_says_no_moves_the_session_to_its_next_channel_at_once(DeclineCause cause) {
        var session = scene.started(Scene.PHONE);
        scene.ends(session.id(), new CallOutcome.Declined(cause, BUSY));
        assertThat(scene.engine.placed).hasSize(1);
        assertThat(scene.messages).hasSize(1);
        assertThat(scene.service.check(session.id(), "8642", "manual", false)).isInstanceOf(CheckResult.Right.class);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_RESPONSE, 2, 0",
        "UNREACHABLE, 2, 0",
        "OVERLOADED, 2, 0",
        "PROTOCOL, 2, 0",
        "NO_RINGING, 1, 1",
        "NOT_AUTHORIZED, 1, 1",
        "BLOCKED, 1, 1",
        "MEDIA_REFUSED, 1, 1",
        "RANG_UNSEEN, 1, 0"
    })
    void what_a_failed_call_leads_to(FailureCause cause, int calls, int messages) {
        var session = scene.started(Scene.PHONE);
        scene.ends(session.id(), new CallOutcome.Failed(cause, SipStatus.NONE, Optional.empty()));
        assertThat(scene.engine.placed).hasSize(calls);
        assertThat(scene.messages).hasSize(messages);
    }

    @Test
    void the_next_route_is_another_trunk_and_after_the_last_one_comes_the_next_channel() {
        var session = scene.started(Scene.PHONE);
        var unreachable = new CallOutcome.Failed(FailureCause.UNREACHABLE, SipStatus.NONE, Optional.empty());
        scene.ends(session.id(), unreachable);
        assertThat(scene.engine.placed).extracting(CallRequest::trunk).containsExactly("one", "two");
        scene.ends(session.id(), unreachable);
        assertThat(scene.engine.placed).hasSize(2);
        assertThat(scene.messages).hasSize(1);
    }

    @Test
    void a_refused_call_takes_the_next_route_too() {
        scene.engine.refusal = Optional.of(Admission.Reason.PACED);
        var session = scene.started(Scene.PHONE);
        assertThat(scene.session(session.id()).attempts())
                .extracting(attempt -> attempt.plan().channel().value())
                .containsExactly("flash_call", "flash_call", "sms");
    }

    @Test
    void after_ringing_the_session_waits_until_the_channels_time_is_up() {
        var session = scene.started(Scene.PHONE);
        scene.rang(session.id());
        scene.pass(Duration.ofSeconds(44));
        assertThat(scene.messages).isEmpty();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.messages).hasSize(1);
    }

    @Test
    void a_session_that_ends_hangs_its_call_up() {
        var session = scene.started(Scene.PHONE);
        scene.rings(session.id());
        scene.service.cancel(session.id());
        assertThat(scene.engine.hungUp).hasSize(1);
        assertThat(scene.session(session.id()).status()).isEqualTo(Status.CANCELED);
    }

    @Test
    void a_call_that_is_asked_to_end_before_it_is_placed_is_not_placed() {
        var reference = "ver_0000000000000000000000000z/1";
        scene.calls.hangUp(reference);
        var late = CallRequest.of("one", "+442079460001", Scene.PHONE, reference);
        assertThat(scene.calls.place(late)).isEmpty();
        assertThat(scene.engine.placed).isEmpty();
    }

    @Test
    void without_a_proof_it_expires() {
        var session = scene.started(Scene.PHONE);
        scene.rang(session.id());
        scene.pass(Duration.ofSeconds(120));
        assertThat(scene.session(session.id()).status()).isEqualTo(Status.EXPIRED);
    }

    @Test
    void the_same_start_with_a_server_key_gives_the_pending_session_and_any_difference_another() {
        var user = new Subject(
                "login", Optional.of("u1"), Optional.of("{\"amount\":1}"), Optional.empty(), Optional.empty());
        var first = (StartResult.Started) scene.start(Scene.PHONE, Scene.server(), user, Wishes.NONE);
        assertThat(scene.start(Scene.PHONE, Scene.server(), user, Wishes.NONE))
                .isInstanceOfSatisfying(
                        StartResult.Reused.class,
                        reused -> assertThat(reused.session().id())
                                .isEqualTo(first.session().id()));
        var other = new Subject(
                "login", Optional.of("u1"), Optional.of("{\"amount\":2}"), Optional.empty(), Optional.empty());
        assertThat(scene.start(Scene.PHONE, Scene.server(), other, Wishes.NONE))
                .isInstanceOf(StartResult.Started.class);
        assertThat(scene.start(Scene.PHONE, Scene.publishable("192.0.2.1"), user, Wishes.NONE))
                .isInstanceOf(StartResult.Started.class);
        assertThat(scene.engine.placed).hasSize(3);
    }

    @Test
    void two_open_sessions_of_one_phone_never_show_the_same_number() {
        var crowded = new Scene(GENEROUS, "+442079460000..+442079460999");
        for (int i = 0; i < 90; i++) {
            crowded.start(Scene.PHONE, Scene.server(), Scene.subject("purpose-" + i), Wishes.NONE);
        }
        var shown = crowded.engine.placed.stream().map(CallRequest::from).toList();
        assertThat(new HashSet<>(shown)).hasSameSizeAs(shown);
    }

    @Test
    void the_fourth_start_for_a_number_within_ten_minutes_is_refused_and_says_when_to_come_again() {
        for (int i = 0; i < 3; i++) {
            scene.start(Scene.PHONE, Scene.server(), Scene.subject("p" + i), Wishes.NONE);
        }
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("p3"), Wishes.NONE))
                .isInstanceOfSatisfying(StartResult.Limited.class, limited -> {
                    assertThat(limited.limit()).isEqualTo("starts_per_destination");
                    assertThat(limited.retryAfter()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(10));
                });
        assertThat(scene.engine.placed).hasSize(3);
    }

    @Test
    void publishable_keys_are_limited_by_address_and_ipv6_by_its_64() {
        for (int i = 0; i < 10; i++) {
            scene.start("+4474001234" + (10 + i), Scene.publishable("2001:db8::" + i), Scene.subject("p"), Wishes.NONE);
        }
        assertThat(scene.start("+447400123499", Scene.publishable("2001:db8::ffff"), Scene.subject("p"), Wishes.NONE))
                .isInstanceOfSatisfying(
                        StartResult.Limited.class,
                        limited -> assertThat(limited.limit()).isEqualTo("starts_per_address"));
    }

    @Test
    void ten_wrong_checks_in_a_day_close_a_destination_until_tomorrow() {
        for (int i = 0; i < 4; i++) {
            var session = scene.started(Scene.PHONE);
            scene.rang(session.id());
            for (int j = 0; j < 3; j++) {
                scene.service.check(session.id(), wrong(), "manual", false);
            }
            scene.pass(Duration.ofMinutes(30));
        }
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), Wishes.NONE))
                .isInstanceOfSatisfying(
                        StartResult.Limited.class,
                        limited -> assertThat(limited.limit()).isEqualTo(Limits.FAILED_CHECKS));
        scene.pass(Duration.ofHours(12));
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), Wishes.NONE))
                .isInstanceOf(StartResult.Started.class);
    }

    @Test
    void the_apps_back_end_is_asked_before_a_call_and_before_a_resend() {
        var hook = new App.AuthorizationHook("https://shop.example/ask", "whsec_x", Duration.ofSeconds(1), false);
        scene.store.save(Scene.app(new App.Access(Optional.empty(), List.of(), Optional.of(hook))));
        var session = scene.started(Scene.PHONE);
        scene.rang(session.id());
        scene.answer = Optional.of("not now");
        assertThat(scene.service.resend(session.id(), Optional.empty())).isInstanceOf(ActionResult.Forbidden.class);
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("signup"), Wishes.NONE))
                .isEqualTo(new StartResult.Denied("not now"));
        assertThat(scene.engine.placed).hasSize(1);
        assertThat(scene.questions).containsExactly("login", "login", "signup");
    }

    @Test
    void a_requested_code_is_what_the_caller_id_ends_in() {
        var wishes = wishes("0777");
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), wishes))
                .isInstanceOf(StartResult.Started.class);
        assertThat(scene.engine.latest().from()).isEqualTo("+442079460777");
    }

    @Test
    void a_requested_code_that_no_number_ends_in_starts_nothing() {
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), wishes("5777")))
                .isEqualTo(new StartResult.NoSuchCode());
        assertThat(scene.engine.placed).isEmpty();
    }

    @Test
    void another_requested_code_is_another_session() {
        scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), wishes("0777"));
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), wishes("0778")))
                .isInstanceOf(StartResult.Started.class);
    }

    @Test
    void a_publishable_key_may_not_choose_the_code() {
        assertThat(scene.start(Scene.PHONE, Scene.publishable("192.0.2.1"), Scene.subject("login"), wishes("0777")))
                .isInstanceOf(StartResult.WishRefused.class);
    }

    @Test
    void wishes_that_make_a_code_too_easy_to_guess_are_refused_with_the_size_that_would_do() {
        var wishes = new Wishes(
                Optional.empty(),
                Optional.empty(),
                Optional.of(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), wishes))
                .isInstanceOfSatisfying(
                        StartResult.WishRefused.class,
                        refused -> assertThat(refused.detail()).contains("1.49 %", "1496"));
    }

    @Test
    void where_too_few_numbers_are_left_for_a_destination_the_session_goes_to_its_next_channel() {
        var small = new Scene(GENEROUS, "+442079460000..+442079460099");
        var app = small.store.find(Scene.APP).orElseThrow();
        var ceiling = new App.RiskGuard(0.0901, Optional.empty());
        small.store.save(new App(app.id(), app.title(), app.policy(), app.purposes(), app.access(), ceiling));
        // 3 checks against one code: 3 in 33 are 9.09 %, 3 in 34 are 8.8 %.
        for (int i = 0; i < 67; i++) {
            small.start(Scene.PHONE, Scene.server(), Scene.subject("p" + i), Wishes.NONE);
        }
        assertThat(small.engine.placed).hasSize(67);
        var session = small.started(Scene.PHONE);
        assertThat(small.engine.placed).hasSize(67);
        assertThat(small.messages).hasSize(1);
        assertThat(small.timeline(session.id())).contains("channel.unavailable", "channel.fallback");
    }

    @Test
    void a_channel_has_the_time_of_the_apps_order_else_its_own_else_the_usual_one() {
        var app = Scene.app(App.Access.DEFAULT);
        var usual = app.policy();
        var email = new ChannelName("email");
        scene.store.save(new App(
                app.id(),
                app.title(),
                new Policy(
                        usual.codeLength(),
                        usual.timeToLive(),
                        usual.checks(),
                        usual.sends(),
                        List.of(
                                PlannedChannel.FLASH_CALL,
                                new PlannedChannel(new ChannelName("sms"), Duration.ofSeconds(45)),
                                new PlannedChannel(email)),
                        usual.ringTime()),
                app.purposes(),
                app.access(),
                app.guard()));

        assertThat(scene.started(Scene.PHONE).opening().terms().channels())
                .as("the scene's email has five minutes")
                .extracting(PlannedChannel::time)
                .containsExactly(Duration.ofSeconds(45), Duration.ofSeconds(45), Duration.ofMinutes(5));
    }

    @Test
    void channels_of_a_request_are_some_of_the_apps() {
        var sms = wishes(Optional.of(List.of(new ChannelName("sms"))));
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("login"), sms))
                .isInstanceOf(StartResult.Started.class);
        assertThat(scene.engine.placed).isEmpty();
        assertThat(scene.messages).hasSize(1);
        var fax = wishes(Optional.of(List.of(new ChannelName("fax"))));
        assertThat(scene.start(Scene.PHONE, Scene.server(), Scene.subject("signup"), fax))
                .isInstanceOfSatisfying(
                        StartResult.WishRefused.class,
                        refused -> assertThat(refused.detail()).contains("sms"));
    }

    private String wrong() {
        return scene.engine.code(4).equals("0000") ? "0001" : "0000";
    }

    private static Wishes wishes(String code) {
        return new Wishes(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(code));
    }

    private static Wishes wishes(Optional<List<ChannelName>> channels) {
        return new Wishes(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                channels,
                Optional.empty(),
                Optional.empty());
    }
}
