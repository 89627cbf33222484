package io.flashcall.engine.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SentInviteTest {

    private static final String TO_THE_BRANCH = "INVITE sip:+442079460123@203.0.113.5:5060;user=phone SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK0100002a0000170311112222333344";

    private final SentInvite invite = new SentInvite();

    @Test
    void the_numbers_of_the_branch_are_read_from_the_beginning_of_an_INVITE() {
        assertThat(wrap(TO_THE_BRANCH + "44;rport\r\nMax-For")).isTrue();
        assertThat(invite.branchKey()).isEqualTo(0x0100_002a_0000_1703L);
        assertThat(invite.branchNonce()).isEqualTo(0x1111_2222_3333_4444L);
    }

    @Test
    void a_branch_that_is_cut_short_is_none() {
        assertThat(wrap(TO_THE_BRANCH + "44")).isTrue();
        assertThat(wrap(TO_THE_BRANCH + "4")).isFalse();
        assertThat(invite.branchKey()).isZero();
        assertThat(invite.branchNonce()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INV",
                "INVITE sip:a@b SIP/2.0\r\n",
                "CANCEL sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK01000000000017031111222233334444",
                "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK-524287-1---00000000000000000000",
                "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK0100000000001703111122223333444g"
            })
    void anything_else_is_no_INVITE_of_ours(String quoted) {
        assertThat(wrap(quoted)).isFalse();
    }

    /// The array is the transport's own, and longer than what it holds now.
    @Test
    void what_an_earlier_error_left_behind_is_not_read() {
        byte[] bytes = (TO_THE_BRANCH + "44;rport").getBytes(US_ASCII);
        assertThat(invite.wrap(bytes, TO_THE_BRANCH.length())).isFalse();
    }

    private boolean wrap(String quoted) {
        byte[] bytes = quoted.getBytes(US_ASCII);
        return invite.wrap(bytes, bytes.length);
    }
}
