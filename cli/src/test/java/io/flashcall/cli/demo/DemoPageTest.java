package io.flashcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.browser.Browser;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody does on the page, in a real browser.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("browser")
@ExtendWith(VisitorExtension.class)
class DemoPageTest {

    private final Visitor visitor;

    DemoPageTest(Visitor visitor) {
        this.visitor = visitor;
    }

    @Test
    void the_phone_rings_the_missed_call_shows_the_digits_and_they_verify_the_number() throws IOException {
        visitor.comes();
        visitor.takesPicture("start");
        visitor.asksForCall();
        visitor.browser().await("document.querySelector('.phone').dataset.mode === 'ringing'");
        assertThat(visitor.browser().awaitText(".ring-from", "+44 20 7946").strip())
                .isEqualTo("+44 20 7946 …");
        visitor.takesPicture("ringing");
        var code = visitor.seesCode();
        visitor.browser().awaitText(".status", "You have a missed call");
        visitor.takesPicture("missed-call");
        visitor.types(code);
        visitor.isTold("Number verified");
        visitor.browser().awaitText(".event.told", "verification.verified");
        visitor.browser().awaitText(".ladder", "487 Request Terminated");
        assertThat(visitor.browser()
                        .script("return [...document.querySelectorAll('.event')].map(e => e.dataset.type).join(' ')")
                        .asString(""))
                .isEqualTo("verification.started attempt.started call.ringing call.delivered verification.verified");
        visitor.browser().awaitText("#costs", "This verification");
        visitor.browser().awaitText("#costs", "0.004 EUR");
        visitor.browser().awaitText("#costs .saved", "Saved");
        visitor.takesPicture("verified");
        assertThat(visitor.complaints()).isEmpty();
    }

    @Test
    void wrong_digits_are_counted_and_the_third_ends_it() throws IOException {
        visitor.comes();
        visitor.asksForCall();
        var wrong = visitor.seesCode().equals("0000") ? "1111" : "0000";
        visitor.types(wrong);
        visitor.browser().awaitText("#code-problem", "2 attempts left");
        assertThat(visitor.browser()
                        .script("return document.querySelector('.code-row').classList.contains('shake')")
                        .asBoolean())
                .isTrue();
        visitor.takesPicture("wrong-code");
        visitor.types(wrong);
        visitor.browser().awaitText("#code-problem", "1 attempt left");
        visitor.types(wrong);
        visitor.isTold("Not verified");
        visitor.browser().awaitText(".result-text", "Too many wrong codes");
        visitor.browser().click(".result .primary");
        visitor.isTold("Verify your number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "busy      | the line is busy                        | 486 Busy Here",
                "off       | the phone is switched off               | 480 Temporarily Unavailable",
                "answers   | something answered before it rang       | 200 OK",
                "voicemail | something answered before it rang       | 181 Call Is Being Forwarded",
                "blocked   | the network blocks such calls           | 603 Network Blocked",
            })
    void a_call_that_does_not_get_through_gives_way_to_an_SMS_whose_code_verifies(
            String mood, String reason, String message) throws IOException {
        visitor.comes();
        visitor.sets(mood);
        visitor.asksForCall();
        var code = visitor.reads("sms");
        visitor.sawEvent("channel.fallback");
        visitor.browser().awaitText(".event[data-type='call.failed']", reason);
        visitor.browser().awaitText(".ladder", message);
        visitor.browser().awaitText(".status", "so we sent you an SMS");
        assertThat(visitor.browser().elements("#panel-calls .entry")).isEmpty();
        visitor.browser().awaitText(".event.told", "message.delivered");
        visitor.takesPicture("fallback-" + mood);
        visitor.types(code);
        visitor.isTold("Number verified");
        visitor.browser().awaitText(".result-text", "By SMS");
        assertThat(visitor.complaints()).isEmpty();
    }

    @Test
    void a_call_that_was_declined_was_seen_and_its_digits_count() throws IOException {
        visitor.comes();
        visitor.sets("rejects");
        visitor.asksForCall();
        var code = visitor.seesCode();
        visitor.browser().awaitText("#panel-calls .entry", "Declined call");
        visitor.browser().awaitText(".ladder", "603 Decline");
        visitor.takesPicture("declined");
        visitor.types(code);
        visitor.isTold("Number verified");
    }

    @Test
    void who_does_not_enter_the_digits_gets_an_SMS_and_then_an_email_and_every_code_counts() throws IOException {
        var called = visitor.comes();
        visitor.asksForCall();
        var written = visitor.alsoComes();
        visitor.sets("busy");
        visitor.asksForCall();
        visitor.browser().use(called);
        var code = visitor.seesCode();
        visitor.reads("sms");
        visitor.browser().awaitText(".event[data-type='channel.fallback']", "no code was entered in time");
        visitor.takesPicture("fallback-time-up");
        visitor.types(code);
        visitor.isTold("Number verified");
        visitor.browser().awaitText(".result-text", "By flash call");
        visitor.browser().use(written);
        var last = visitor.reads("email");
        visitor.browser().awaitText("#panel-email .mail-subject", "Your code for Flashcall demo");
        visitor.browser().awaitText(".status", "so we sent you an email");
        visitor.takesPicture("fallback-email");
        visitor.types(last);
        visitor.isTold("Number verified");
        visitor.browser().awaitText(".result-text", "By email");
        assertThat(visitor.complaints()).isEmpty();
    }

    @Test
    void the_code_or_the_whole_number_can_be_pasted_and_backspace_goes_back() {
        visitor.comes();
        visitor.asksForCall();
        var number = visitor.seesCall();
        visitor.types("12" + Browser.BACKSPACE);
        assertThat(boxes()).isEqualTo("1___");
        visitor.browser().type(Browser.BACKSPACE);
        assertThat(boxes()).isEqualTo("____");
        visitor.pastes("+44 20 7946 " + (number.endsWith("0000") ? "0001" : "0000"));
        visitor.browser().awaitText("#code-problem", "2 attempts left");
        visitor.pastes(number.replaceAll("\\+44(20)(....)(....)", "(0$1) $2-$3"));
        visitor.isTold("Number verified");
    }

    @Test
    void a_browser_may_fill_the_code_in_from_a_message() {
        visitor.comes();
        visitor.sets("busy");
        visitor.asksForCall();
        var code = visitor.reads("sms");
        assertThat(visitor.browser()
                        .script("const box = document.querySelector('.digit'); return box.autocomplete + ' ' +"
                                + " box.inputMode")
                        .asString(""))
                .isEqualTo("one-time-code numeric");
        visitor.browser().script("""
                const box = document.querySelector('.digit');
                box.value = arguments[0];
                box.dispatchEvent(new InputEvent('input', {bubbles: true}));
                """, code);
        visitor.isTold("Number verified");
    }

    @Test
    void a_resend_and_a_cancel_do_what_they_say() {
        visitor.comes();
        visitor.sets("busy");
        visitor.asksForCall();
        visitor.reads("sms");
        visitor.browser().click("[data-way=sms]");
        visitor.browser().awaitText("#tab-sms .badge", "2");
        visitor.browser().awaitText(".code-foot", "1 more to send");
        visitor.browser().click("[data-way=cancel]");
        visitor.isTold("Canceled");
    }

    @Test
    void a_number_that_cannot_be_called_is_refused_in_words() {
        visitor.comes();
        visitor.fills("number", "12");
        visitor.browser().click("form.start .primary");
        visitor.browser().awaitText("#form-error", "This number cannot be called");
        assertThat(visitor.browser()
                        .script("return document.activeElement.id + ' ' + document.activeElement.ariaInvalid")
                        .asString(""))
                .isEqualTo("number true");
    }

    @Test
    void two_pages_see_their_own_phone_alone_and_cannot_take_the_same_number() {
        var first = visitor.comes();
        visitor.fills("number", "0161 496 0111");
        visitor.asksForCall();
        var second = visitor.alsoComes();
        visitor.fills("number", "0161 496 0111");
        visitor.browser().click("form.start .primary");
        visitor.browser().awaitText("#form-error", "Another page is using this number");
        visitor.fills("number", "0161 496 0222");
        visitor.asksForCall();
        var theirs = visitor.seesCode();
        visitor.browser().use(first);
        var ours = visitor.seesCode();
        assertThat(visitor.browser().elements("#panel-calls .entry")).hasSize(1);
        visitor.types(ours);
        visitor.isTold("Number verified");
        visitor.browser().use(second);
        assertThat(visitor.browser().elements("#panel-calls .entry")).hasSize(1);
        visitor.types(theirs);
        visitor.isTold("Number verified");
        visitor.browser().awaitText(".to", "+44 161 496 0222");
    }

    @Test
    void a_page_that_proposes_the_number_of_another_page_takes_another_one_by_itself() {
        var browser = visitor.browser();
        visitor.comes();
        var theirs = proposedNumber();
        visitor.asksForCall();
        browser.openWindow();
        browser.beforehand("const usual = Math.random; const first = [0." + theirs.substring(theirs.length() - 3)
                + "5]; Math.random = () => first.length > 0 ? first.shift() : usual();");
        browser.open(visitor.page());
        browser.await("document.getElementById('link-state').dataset.state === 'live'");
        assertThat(proposedNumber()).isEqualTo(theirs);
        visitor.asksForCall();
        visitor.types(visitor.seesCode());
        visitor.isTold("Number verified");
        assertThat(browser.script("return document.querySelector('.to').innerText")
                        .asString(""))
                .startsWith("+44 161 496 0")
                .doesNotEndWith(theirs.substring(theirs.length() - 3));
    }

    private String proposedNumber() {
        return visitor.browser()
                .script("return document.getElementById('number').value")
                .asString("");
    }

    @Test
    void a_page_that_is_loaded_again_goes_on_where_it_was() {
        visitor.comes();
        visitor.sets("busy");
        visitor.asksForCall();
        var code = visitor.reads("sms");
        visitor.browser().open(visitor.page());
        assertThat(visitor.reads("sms")).isEqualTo(code);
        visitor.browser().await("document.querySelector('input[value=busy]').checked");
        visitor.browser().click(".digit");
        visitor.types(code);
        visitor.isTold("Number verified");
    }

    private String boxes() {
        return visitor.browser()
                .script("return [...document.querySelectorAll('.digit')].map(box => box.value || '_').join('')")
                .asString("");
    }
}
