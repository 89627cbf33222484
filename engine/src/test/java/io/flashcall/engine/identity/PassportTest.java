package io.flashcall.engine.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flashcall.engine.StirConfig.Attestation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PassportTest {

    private static final String X5U = "https://cert.example.org/passport.cer";
    private static final String ORIGID = "123e4567-e89b-12d3-a456-426655440000";
    private static final String HEADER = Passport.header(X5U);
    private static final String PAYLOAD =
            Passport.payload(Attestation.A, "12155550131", 1_795_687_200, "12155550121", ORIGID);

    @Test
    void what_is_written_can_be_read() {
        assertThat(read(HEADER, PAYLOAD))
                .isEqualTo(new Passport(
                        X5U,
                        Attestation.A,
                        List.of("12155550131"),
                        Instant.parse("2026-11-26T10:00:00Z"),
                        "12155550121",
                        ORIGID));
    }

    @Test
    void space_another_order_and_claims_that_we_do_not_know_are_let_be() {
        String payload = "{ \"origid\":\"7\", \"mky\":[{\"alg\":\"sha-256\"}], \"iat\":0, "
                + "\"orig\":{\"tn\":\"12155550121\"}, "
                + "\"dest\":{\"uri\":[\"sip:b@example.org\"],\"tn\":[\"911\",\"*67#\"]}, \"attest\":\"B\" }";

        assertThat(read(HEADER, payload))
                .isEqualTo(new Passport(X5U, Attestation.B, List.of("911", "*67#"), Instant.EPOCH, "12155550121", "7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ES256\" | \"ES384\" | UNSUPPORTED_ALGORITHM",
                "\"ES256\" | \"none\" | UNSUPPORTED_ALGORITHM",
                "\"alg\":\"ES256\", | '' | BAD_CLAIMS",
                "\"shaken\" | \"div\" | CONTRADICTION",
                "\"ppt\":\"shaken\", | '' | BAD_CLAIMS",
                "\"passport\" | \"JWT\" | BAD_CLAIMS",
                "\"typ\":\"passport\", | '' | BAD_CLAIMS",
                "\"typ\" | \"type\" | BAD_CLAIMS",
                "\"x5u\" | \"x5t\" | BAD_CLAIMS",
                "{\"alg\" | {\"crit\":[\"b64\"],\"alg\" | BAD_CLAIMS",
                "{ | [ | MALFORMED",
                "} | '' | MALFORMED"
            })
    void a_wrong_header_fails(String right, String wrong, Fault fault) {
        assertFault(fault, HEADER.replace(right, wrong), PAYLOAD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"attest\":\"A\", | ''",
                "\"A\" | \"\"",
                "\"A\" | \"a\"",
                "\"A\" | \"D\"",
                "\"A\" | 1",
                "\"dest\":{\"tn\":[\"12155550131\"]}, | ''",
                "{\"tn\":[\"12155550131\"]} | \"12155550131\"",
                "{\"tn\":[\"12155550131\"]} | \"{\\\"tn\\\":\\\"12155550131\\\"}\"",
                "[\"12155550131\"] | \"12155550131\"",
                "[\"12155550131\"] | []",
                "[\"12155550131\"] | [12155550131]",
                "[\"12155550131\"] | [\"+12155550131\"]",
                "[\"12155550131\"] | [\"12155550131\",\"x\"]",
                "\"tn\":[ | \"uri\":[",
                "\"iat\":1795687200, | ''",
                "1795687200 | \"1795687200\"",
                "1795687200 | -1795687200",
                "1795687200 | 1795687200.0",
                "1795687200 | 1.7956872e9",
                "1795687200 | 179568720099",
                "1795687200 | null",
                "{\"tn\":\"12155550121\"} | \"12155550121\"",
                "{\"tn\":\"12155550121\"} | {\"tn\":[\"12155550121\"]}",
                "\"12155550121\" | \"\"",
                "\"12155550121\" | \"+12155550121\"",
                "\"12155550121\" | \"alice\"",
                "\"orig\":{\"tn\":\"12155550121\"}, | ''",
                "\"origid\":\"123e4567 | \"origin\":\"123e4567",
                "\"123e4567-e89b-12d3-a456-426655440000\" | \"\"",
                "\"123e4567-e89b-12d3-a456-426655440000\" | 7"
            })
    void wrong_claims_fail(String right, String wrong) {
        assertThat(PAYLOAD).contains(right);

        assertFault(Fault.BAD_CLAIMS, HEADER, PAYLOAD.replace(right, wrong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]x", "{\"attest\":\"A\",\"attest\":\"A\"}"})
    void a_payload_that_is_no_json_is_malformed(String payload) {
        assertFault(Fault.MALFORMED, HEADER, payload);
    }

    private static Passport read(String header, String payload) {
        return Passport.read(header.getBytes(UTF_8), payload.getBytes(UTF_8));
    }

    private static void assertFault(Fault fault, String header, String payload) {
        var objection = catchThrowableOfType(Objection.class, () -> read(header, payload));
        assertThat(objection).as("%s", fault).isNotNull();
        assertThat(objection.fault()).as(objection.detail()).isEqualTo(fault);
        assertThat(objection.detail()).doesNotContain("1215555");
    }
}
