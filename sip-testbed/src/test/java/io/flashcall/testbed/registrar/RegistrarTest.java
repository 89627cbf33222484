package io.flashcall.testbed.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Registrations with a clock set by hand.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrarTest {

    private static final String CONTACT = "Contact: <sip:trunk@192.0.2.7:5062>\r\n";

    private Registrar registrar = registrar("");
    private long now = 1;
    private int cseq;

    private static Registrar registrar(String policy) {
        return new Registrar(RegistrarPolicy.parse(policy));
    }

    private static SipMessage message(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return SipMessage.parse(bytes, bytes.length).orElseThrow();
    }

    private Registrar.Answer register(String headers) {
        cseq++;
        return registrar.register(
                message("REGISTER sip:carrier.example SIP/2.0\r\nTo: <sip:alice@carrier.example>\r\nCall-ID: r1\r\n"
                        + "CSeq: " + cseq + " REGISTER\r\n" + headers + "\r\n"),
                "192.0.2.1:5060",
                now);
    }

    private boolean admits(String from, String contact) {
        return registrar.admits(
                message("INVITE sip:+442079460123@carrier.example SIP/2.0\r\nFrom: <sip:" + from
                        + "@carrier.example>;tag=1\r\nContact: <sip:" + contact + ">\r\n\r\n"),
                now);
    }

    @Test
    void a_binding_is_granted_what_it_asks_up_to_the_longest_and_runs_out() {
        registrar = registrar("max=60");
        assertThat(register(CONTACT + "Expires: 30\r\n"))
                .isEqualTo(new Registrar.Answer(
                        200, java.util.List.of(new Field("Contact", "<sip:trunk@192.0.2.7:5062>;expires=30"))));
        assertThat(register(CONTACT + "Expires: 9999\r\n").fields().getFirst().value())
                .endsWith(";expires=60");
        assertThat(registrar.bindings(now)).isEqualTo(1);
        now += Duration.ofSeconds(60).toNanos();
        assertThat(registrar.bindings(now)).isZero();
    }

    @Test
    void the_expires_of_a_contact_outranks_that_of_the_message() {
        assertThat(register("Contact: <sip:a@b>;expires=7\r\nExpires: 30\r\n")
                        .fields()
                        .getFirst()
                        .value())
                .endsWith(";expires=7");
    }

    @Test
    void a_wish_too_short_gets_423_with_the_shortest() {
        registrar = registrar("min=120,max=600");
        assertThat(register(CONTACT + "Expires: 60\r\n"))
                .isEqualTo(new Registrar.Answer(423, java.util.List.of(new Field("Min-Expires", "120"))));
        assertThat(registrar.bindings(now)).isZero();
        assertThat(register(CONTACT + "Expires: 120\r\n").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"Contact: <sip:trunk@192.0.2.7:5062>", "Contact: *"})
    void Expires_0_removes_it(String contact) {
        register(CONTACT);
        assertThat(register(contact + "\r\nExpires: 0\r\n").fields()).isEmpty();
        assertThat(registrar.bindings(now)).isZero();
    }

    @Test
    void a_star_with_another_expiry_is_a_bad_request() {
        assertThat(register("Contact: *\r\nExpires: 10\r\n").status()).isEqualTo(400);
    }

    @Test
    void a_REGISTER_without_Contact_lists_the_bindings() {
        register(CONTACT);
        assertThat(register("").fields()).hasSize(1);
    }

    @Test
    void an_older_CSeq_of_the_same_Call_ID_changes_nothing() {
        register(CONTACT);
        cseq = 0;
        assertThat(register(CONTACT + "Expires: 0\r\n").status()).isEqualTo(500);
        assertThat(registrar.bindings(now)).isEqualTo(1);
    }

    @Test
    void Service_Route_stands_in_the_200_in_order() {
        registrar = registrar("service-route=sip:edge.example;lr|sip:{host};lr");
        assertThat(register(CONTACT).fields())
                .extracting(Field::toString)
                .containsSequence(
                        "Field[name=Service-Route, value=<sip:edge.example;lr>]",
                        "Field[name=Service-Route, value=<sip:192.0.2.1:5060;lr>]");
    }

    @Test
    void an_outage_hits_those_it_was_told_to() {
        registrar = registrar("outage-from=2,outage-count=2,retry-after=3");
        assertThat(register(CONTACT).status()).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            assertThat(register(CONTACT))
                    .isEqualTo(new Registrar.Answer(503, java.util.List.of(new Field("Retry-After", "3"))));
        }
        assertThat(register(CONTACT).status()).isEqualTo(200);
    }

    @Test
    void calls_are_admitted_by_From_or_by_where_Contact_is_while_the_binding_holds() {
        assertThat(admits("anyone", "x@192.0.2.9")).isTrue();
        registrar = registrar("calls=true,max=10");
        assertThat(admits("alice", "x@192.0.2.9")).isFalse();
        register(CONTACT);
        assertThat(admits("alice", "x@192.0.2.9")).isTrue();
        assertThat(admits("+12025550123", "x@192.0.2.7:5062")).isTrue();
        assertThat(admits("+12025550123", "x@192.0.2.9")).isFalse();
        now += Duration.ofSeconds(10).toNanos();
        assertThat(admits("alice", "x@192.0.2.7:5062")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min=60,max=30 | registrar: min='60' (expected: at most max, 30)",
                "max=0 | registrar: max='0' (expected: a whole number from 1 to 86400)",
                "calls=maybe | registrar: calls='maybe' (expected: true or false)",
                "colour=red | registrar: unknown parameter 'colour'",
            })
    void a_wrong_policy_names_the_value_and_what_was_expected(String text, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistrarPolicy.parse(text))
                .withMessageContaining(complaint);
    }
}
