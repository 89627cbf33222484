package io.flashcall.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.testbed.digest.Answering;
import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A carrier that wants its callers registered.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrationTest {

    private static Carrier carrier(CarrierTerms terms) {
        return Carrier.start(CarrierConfig.loopback("ring:1ms").withTerms(terms));
    }

    private static String register(RawCaller caller, int cseq, String headers) {
        return caller.request("REGISTER", "sip:carrier.example", "z9hG4bKr" + cseq, cseq, "")
                + "Contact: <sip:caller@127.0.0.1:9>\r\n" + headers + "Content-Length: 0\r\n\r\n";
    }

    @Test
    void a_call_before_the_registration_gets_403_and_one_after_it_rings() {
        try (Carrier carrier = carrier(CarrierTerms.NONE.withRegistrar("calls=true,service-route=sip:{host};lr"));
                RawCaller early = new RawCaller(carrier.address());
                RawCaller caller = new RawCaller(carrier.address())) {
            early.invite(text -> text.replace("From: \"Caller\" <sip:+12025550123", "From: <sip:stranger"));
            assertThat(early.next().status()).isEqualTo(403);
            caller.send(register(caller, 1, "Expires: 60\r\nPath: <sip:edge.example;lr>\r\n"));
            SipMessage ok = caller.next();
            assertThat(ok.status()).isEqualTo(200);
            assertThat(ok.headerOrEmpty(HeaderName.CONTACT)).isEqualTo("<sip:caller@127.0.0.1:9>;expires=60");
            assertThat(ok.headerOrEmpty(HeaderName.SERVICE_ROUTE))
                    .isEqualTo("<sip:127.0.0.1:" + carrier.address().getPort() + ";lr>");
            assertThat(ok.text()).doesNotContain("Path");
            caller.invite(text -> text.replaceAll("<sip:caller@127.0.0.1:\\d+>", "<sip:caller@127.0.0.1:9>"));
            caller.await(180);
            assertThat(carrier.counters().registrations()).isEqualTo(new CarrierCounters.Registrations(1, 1));
        }
    }

    @Test
    void a_REGISTER_is_challenged_and_a_repeated_one_is_answered_as_before() {
        Answering user = new Answering("flashcall", "secret");
        CarrierTerms terms = CarrierTerms.NONE.withDigest("").withRegistrar("");
        try (Carrier carrier = carrier(terms);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.send(register(caller, 1, ""));
            SipMessage challenge = caller.next();
            assertThat(challenge.status()).isEqualTo(401);
            String right = register(caller, 2, user.line(challenge, 0, "REGISTER", "sip:carrier.example", 1));
            caller.send(right);
            SipMessage ok = caller.next();
            assertThat(ok.status()).isEqualTo(200);
            caller.send(right);
            assertThat(caller.next().text()).isEqualTo(ok.text());
            assertThat(carrier.counters().registrations()).isEqualTo(new CarrierCounters.Registrations(2, 1));
            caller.send(register(
                    caller, 3, "Expires: 0\r\n" + user.line(challenge, 0, "REGISTER", "sip:carrier.example", 2)));
            assertThat(caller.next().status()).isEqualTo(200);
            await().until(() -> carrier.counters().registrations().bound() == 0);
            assertThat(carrier.violations()).isEmpty();
        }
    }

    @Test
    void without_a_registrar_REGISTER_is_not_allowed() {
        try (Carrier carrier = carrier(CarrierTerms.NONE);
                RawCaller caller = new RawCaller(carrier.address())) {
            caller.send(register(caller, 1, ""));
            assertThat(caller.next().status()).isEqualTo(405);
        }
    }
}
