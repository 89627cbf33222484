package io.flashcall.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.testbed.wire.Reflector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PreparedCallTest {

    private final PreparedCall call = new PreparedCall("127.0.0.1:5070", "127.0.0.1:5060");
    private final Reflector farEnd = new Reflector();

    @Test
    void the_far_end_takes_the_three_requests_for_one_call() {
        byte[] invite = call.invite().of(1_234_567);
        assertThat(farEnd.reflect(invite, invite.length)).isEqualTo(Reflector.Verdict.INVITE);
        byte[] ringing = response(1);
        assertThat(PreparedCall.status(ringing, ringing.length)).isEqualTo(180);

        byte[] cancel = call.cancel().of(ringing, PreparedCall.numberIn(ringing, ringing.length));
        assertThat(text(cancel))
                .startsWith("CANCEL ")
                .contains(";branch=z9hG4bK-0001234567\r\n", "Call-ID: 0001234567@floor\r\n");
        assertThat(farEnd.reflect(cancel, cancel.length)).isEqualTo(Reflector.Verdict.CANCEL);
        byte[] terminated = response(1);
        assertThat(PreparedCall.status(terminated, terminated.length)).isEqualTo(487);

        byte[] ack = call.ack().of(terminated, PreparedCall.numberIn(terminated, terminated.length));
        assertThat(text(ack)).startsWith("ACK ").contains("CSeq: 1 ACK\r\n", "tag=0001234567\r\n");
        assertThat(farEnd.reflect(ack, ack.length)).isEqualTo(Reflector.Verdict.ACK);
    }

    @Test
    void requests_of_a_kind_are_equally_long_whatever_their_number() {
        assertThat(call.invite().of(9_999_999_999L)).hasSameSizeAs(call.invite().of(0));
    }

    @Test
    void what_is_no_response_of_ours_has_neither_status_nor_number() {
        byte[] strange =
                "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP b;branch=x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(PreparedCall.status(strange, strange.length)).isZero();
        assertThat(PreparedCall.numberIn(strange, strange.length)).isNegative();
    }

    private byte[] response(int index) {
        assertThat(farEnd.responses()).isGreaterThan(index);
        return Arrays.copyOf(farEnd.bytes(index), farEnd.length(index));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
