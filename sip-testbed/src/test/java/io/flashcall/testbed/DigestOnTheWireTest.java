package io.flashcall.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.digest.Answering;
import io.flashcall.testbed.wire.SipMessage;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A carrier that asks who is there, as a caller meets it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DigestOnTheWireTest {

    private static final Answering USER = new Answering("flashcall", "secret");

    private static Carrier carrier(String behaviour, String digest) {
        CarrierConfig config =
                CarrierConfig.loopback(behaviour).withTimers(CarrierTimers.withT1(Duration.ofMillis(200)));
        return Carrier.start(config.withTerms(CarrierTerms.NONE.withDigest(digest)));
    }

    private static String answer(RawCaller caller, SipMessage challenge, int count) {
        return USER.line(challenge, 0, "INVITE", caller.requestUri(), count);
    }

    @Test
    void one_call_passes_401_and_407_with_stale_nonces_between_and_rings() {
        try (Carrier carrier = carrier("ring:1ms", "ask=both,stale=1");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.retry(1, "");
            SipMessage server = caller.next();
            assertThat(server.status()).isEqualTo(401);
            caller.ackAttempt(server);
            caller.retry(2, answer(caller, server, 1));
            SipMessage proxy = caller.next();
            assertThat(proxy.status()).isEqualTo(407);
            caller.ackAttempt(proxy);
            caller.retry(3, answer(caller, server, 2) + answer(caller, proxy, 1));
            SipMessage stale = caller.next();
            assertThat(stale.status()).isEqualTo(407);
            assertThat(stale.text()).contains("stale=true");
            caller.ackAttempt(stale);
            caller.retry(4, answer(caller, server, 3) + answer(caller, stale, 1));
            assertThat(caller.await(180).cseqNumber()).isEqualTo(4);
            assertThat(carrier.counters().access()).isEqualTo(new CarrierCounters.Access(2, 1, 0, 1));
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void a_challenged_INVITE_rings_nobody_and_its_challenge_is_repeated_until_the_ACK() {
        try (Carrier carrier = carrier("ring:1ms", "");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.retry(1, "");
            SipMessage challenge = caller.next();
            assertThat(caller.next().text()).isEqualTo(challenge.text());
            caller.ackAttempt(challenge);
            await().until(() -> carrier.counters().calls().open() == 0);
            assertThat(carrier.counters().calls().ringing()).isZero();
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void a_BYE_is_challenged_and_an_ACK_must_carry_what_the_INVITE_did() {
        try (Carrier carrier = carrier("answer-at-once", "");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.retry(1, "");
            SipMessage challenge = caller.next();
            caller.ackAttempt(challenge);
            String credentials = answer(caller, challenge, 1);
            caller.retry(2, credentials);
            SipMessage answer = caller.await(200);
            caller.inDialog("ACK", 2, answer, text -> text.replace("Content-L", credentials + "Content-L"));
            caller.inDialog("BYE", 3, answer);
            SipMessage again = caller.await(401);
            assertThat(again.cseqMethod()).isEqualTo("BYE");
            assertThat(carrier.counters().calls().up()).isEqualTo(1);
            caller.inDialog("BYE", 4, answer, text -> {
                String uri = text.substring(4, text.indexOf(" SIP/2.0"));
                String line = USER.line(again, 0, "BYE", uri, 1);
                return text.replace("z9hG4bKBYE", "z9hG4bKbye2").replace("Content-L", line + "Content-L");
            });
            assertThat(caller.await(200).cseqMethod()).isEqualTo("BYE");
            assertThat(carrier.counters().calls().up()).isZero();
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void an_ACK_without_the_credentials_of_its_INVITE_is_a_violation() {
        try (Carrier carrier = carrier("answer-at-once", "");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.retry(1, "");
            SipMessage challenge = caller.next();
            caller.ackAttempt(challenge);
            caller.retry(2, answer(caller, challenge, 1));
            caller.inDialog("ACK", 2, caller.await(200));
            await().untilAsserted(() -> assertThat(carrier.counters().violations())
                    .containsExactly(java.util.Map.entry(Rule.ACK_CREDENTIALS, 1L)));
        }
    }

    @Test
    void an_attempt_with_the_CSeq_of_the_one_before_is_a_violation() {
        try (Carrier carrier = carrier("ring:1ms", "");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.retry(1, "");
            SipMessage challenge = caller.next();
            caller.ackAttempt(challenge);
            String credentials = answer(caller, challenge, 1);
            caller.send(caller.request("INVITE", caller.requestUri(), "z9hG4bKother", 1, "")
                    + "Contact: <sip:caller@127.0.0.1>\r\n" + credentials + "Content-Length: 0\r\n\r\n");
            caller.await(180);
            assertThat(carrier.counters().violations()).containsExactly(java.util.Map.entry(Rule.RETRY_RENEWED, 1L));
        }
    }

    @Test
    void a_repeated_OPTIONS_is_answered_as_before_though_its_count_was_used() {
        try (Carrier carrier = carrier("ring", "algorithm=SHA-512-256");
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.send(caller.request("OPTIONS", caller.requestUri(), "z9hG4bKo1", 1, "") + "\r\n");
            SipMessage challenge = caller.next();
            assertThat(challenge.status()).isEqualTo(401);
            String credentials = USER.line(challenge, 0, "OPTIONS", caller.requestUri(), 1);
            String options = caller.request("OPTIONS", caller.requestUri(), "z9hG4bKo2", 2, "") + credentials + "\r\n";
            caller.send(options);
            SipMessage ok = caller.next();
            assertThat(ok.status()).isEqualTo(200);
            caller.send(options);
            assertThat(caller.next().text()).isEqualTo(ok.text());
            assertThat(carrier.counters().access()).isEqualTo(new CarrierCounters.Access(1, 1, 0, 0));
            assertThat(carrier.violations()).isEmpty();
        }
    }
}
