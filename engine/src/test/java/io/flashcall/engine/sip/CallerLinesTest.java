package io.flashcall.engine.sip;

import static io.flashcall.engine.sip.Messages.identity;
import static io.flashcall.engine.sip.Messages.parts;
import static io.flashcall.engine.sip.Messages.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.sip.CallerLines.Charging;
import io.flashcall.engine.sip.CallerLines.Diversion;
import io.flashcall.engine.sip.RequestTemplate.IdentityHeaders;
import io.flashcall.engine.sip.RequestTemplate.Numbers;
import io.flashcall.engine.sip.RequestTemplate.Options;
import io.flashcall.engine.sip.RequestTemplate.Parts;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallerLinesTest {

    private static final Diversion DIVERSION = new Diversion(Digits.pack("442079460100"), "time-of-day");

    @Test
    void all_of_them_read_like_this() {
        var template = new RequestTemplate(parts(options(
                true,
                new CallerLines(
                        true,
                        Optional.of("none"),
                        Optional.of(DIVERSION),
                        Optional.of(new Charging("flash.example", "2001:db8::9"))))));
        assertThat(render(out -> template.invite(identity(), out))).contains("""
                User-Agent: Flashcall
                P-Preferred-Identity: <sip:+12025550123@flash.example;user=phone>
                Privacy: none
                Diversion: <sip:+442079460100@flash.example;user=phone>;reason=time-of-day;counter=1;privacy=off
                P-Charging-Vector: icid-value=00000000000000aa00000000000000bb;icid-generated-at=[2001:db8::9];\
                orig-ioi=flash.example
                Content-Length: 0
                """);
    }

    @Test
    void the_number_that_diverts_is_written_as_the_trunk_writes_callers() {
        var numbers = new Numbers(NumberFormat.plusE164(), NumberFormat.national("44", "0", "00"));
        var lines = new CallerLines(false, Optional.empty(), Optional.of(DIVERSION), Optional.empty());
        var template = new RequestTemplate(
                new Parts("198.51.100.9", 5060, "carrier.example", "flash.example", numbers, options(false, lines)));
        assertThat(NaiveMessage.of(render(out -> template.invite(identity(), out)))
                        .one("Diversion"))
                .isEqualTo("<sip:02079460100@flash.example>;reason=time-of-day;counter=1;privacy=off");
    }

    @Test
    void the_icid_value_is_each_call_s_own_and_the_same_in_each_INVITE_of_it() {
        var lines = new CallerLines(
                false, Optional.empty(), Optional.empty(), Optional.of(new Charging("flash.example", "")));
        var template = new RequestTemplate(parts(options(false, lines)));
        var id = identity();
        id.leg = 3;
        id.cseq = 9;
        var first = NaiveMessage.of(render(out -> template.invite(id, out))).one("P-Charging-Vector");
        assertThat(first)
                .isEqualTo("icid-value=00000000000000aa00000000000000bb;icid-generated-at=198.51.100.9;"
                        + "orig-ioi=flash.example");
        id.branchNonce++;
        assertThat(NaiveMessage.of(render(out -> template.invite(id, out))).one("P-Charging-Vector"))
                .isNotEqualTo(first);
    }

    @Test
    void only_the_INVITE_carries_them() {
        var lines = new CallerLines(true, Optional.of("header"), Optional.of(DIVERSION), Optional.empty());
        var plain = new RequestTemplate(parts(options(false, CallerLines.NONE)));
        var template = new RequestTemplate(parts(options(false, lines)));
        var ok = Messages.success();
        assertThat(render(out -> template.cancel(identity(), out)))
                .isEqualTo(render(out -> plain.cancel(identity(), out)));
        assertThat(render(out -> template.bye(identity(), Messages.bye(6), ok, out)))
                .isEqualTo(render(out -> plain.bye(identity(), Messages.bye(6), ok, out)));
        assertThat(template.maxInviteLength()).isGreaterThan(plain.maxInviteLength());
    }

    @Test
    void the_longest_INVITE_is_no_longer_than_was_said() {
        var lines = new CallerLines(
                true, Optional.of("none"), Optional.of(DIVERSION), Optional.of(new Charging("flash.example", "")));
        var template = new RequestTemplate(parts(options(true, lines)));
        assertThat(render(out -> template.invite(identity(), out))
                        .replace("\n", "\r\n")
                        .length())
                .isLessThanOrEqualTo(template.maxInviteLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "none\r\nX: y", "none;id", "a,b", "é", "a\u0000"})
    void a_word_that_is_no_token_is_refused(String word) {
        assertThatThrownBy(() -> new CallerLines(false, Optional.of(word), Optional.empty(), Optional.empty()))
                .hasMessageStartingWith("privacy: ");
        assertThatThrownBy(() -> new Diversion(1, word)).hasMessageStartingWith("reason: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\r\nX: y", "a;b", "\"a\"", "é", "a\u0000"})
    void a_network_that_is_no_host_is_refused(String host) {
        assertThatThrownBy(() -> new Charging(host, "a")).hasMessageStartingWith("origIoi: ");
        assertThatThrownBy(() -> new Charging("a", host)).hasMessageStartingWith("generatedAt: ");
    }

    private static Options options(boolean userPhone, CallerLines lines) {
        return new Options(new IdentityHeaders(false, false, userPhone, lines), Optional.empty());
    }
}
