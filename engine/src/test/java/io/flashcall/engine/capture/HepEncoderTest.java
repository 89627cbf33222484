package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.SipTransport;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HepEncoderTest {

    private final HepEncoder bare = new HepEncoder(228, "", "");

    @Test
    void a_message_becomes_a_packet_byte_by_byte() {
        var message = Messages.of(true, "INVITE sip:bob")
                .at(1, 1_313_440_459_120_000L)
                .between(
                        Messages.endpoint("212.202.0.1", 12_010),
                        Messages.endpoint("82.116.0.211", 5060),
                        SipTransport.UDP);

        assertThat(hex(bare, message))
                .isEqualTo(
                        "48455033 0071" // HEP3, 113 bytes
                                + " 0000 0001 0007 02" // IPv4
                                + " 0000 0002 0007 11" // UDP
                                + " 0000 0003 000a d4ca0001" // from 212.202.0.1
                                + " 0000 0004 000a 527400d3" // to 82.116.0.211
                                + " 0000 0007 0008 2eea" // 12010
                                + " 0000 0008 0008 13c4" // 5060
                                + " 0000 0009 000a 4e4982cb" // seconds
                                + " 0000 000a 000a 0001d4c0" // microseconds
                                + " 0000 000b 0007 01" // SIP
                                + " 0000 000c 000a 000000e4" // capture id 228
                                + " 0000 000f 0014 494e56495445207369703a626f62");
    }

    @Test
    void a_received_message_comes_from_the_peer() {
        assertThat(hex(bare, Messages.of(false, "x")))
                .contains("0000 0003 000a cb007105", "0000 0004 000a c000020a")
                .contains("0000 0007 0008 13c6", "0000 0008 0008 13c4");
    }

    @Test
    void IPv6_has_chunks_of_its_own() {
        var message = Messages.of(true, "x").between(Messages.US_V6, Messages.CARRIER_V6, SipTransport.UDP);

        assertThat(hex(bare, message))
                .startsWith("48455033 007c 0000 0001 0007 0a 0000 0002 0007 11"
                        + " 0000 0005 0016 20010db8000000000000000000000010"
                        + " 0000 0006 0016 20010db8000500000000000000000005"
                        + " 0000 0007 0008 13c4");
    }

    @Test
    void an_IPv6_socket_on_all_addresses_speaks_IPv4_to_a_carrier_of_IPv4() {
        var message = Messages.of(true, "x").between(Messages.endpoint("::", 5060), Messages.CARRIER, SipTransport.UDP);

        assertThat(hex(bare, message))
                .contains("0001 0007 02", "0000 0003 000a 00000000", "0000 0004 000a cb007105")
                .doesNotContain("0005 0016");
    }

    @Test
    void TCP_and_TLS_are_protocol_6() {
        for (var transport : new SipTransport[] {SipTransport.TCP, SipTransport.TLS}) {
            var message = Messages.of(true, "x").between(Messages.US, Messages.CARRIER, transport);
            assertThat(hex(bare, message)).contains(" 0000 0002 0007 06 ");
        }
    }

    @Test
    void the_key_the_node_and_the_Call_ID_stand_ahead_of_the_payload() {
        var encoder = new HepEncoder(-1, "key", "us");

        assertThat(hex(encoder, Messages.of(true, "X\r\nVia: v\r\ncall-ID :\t a@b \r\n\r\nCall-ID: body")))
                .contains(" 0000 000c 000a ffffffff"
                        + " 0000 000e 0009 6b6579"
                        + " 0000 0013 0008 7573"
                        + " 0000 0011 0009 614062"
                        + " 0000 000f 0031 580d0a5669613a");
    }

    @Test
    void the_compact_form_of_the_Call_ID_is_known() {
        assertThat(hex(bare, Messages.of(true, "X\r\ni: c\r\n\r\n"))).contains(" 0000 0011 0007 63 ");
    }

    @Test
    void what_is_no_SIP_has_no_correlation() {
        for (String text : new String[] {"", "\r\n\r\n", "Call-ID", "X\r\nCall-ID:", "X\r\n\r\nCall-ID: x", "\n"}) {
            assertThat(hex(bare, Messages.of(true, text))).as(text).doesNotContain(" 0000 0011 ");
        }
    }

    @Test
    void a_message_that_fills_the_packet_is_taken_and_a_longer_one_is_not() {
        int ahead = 113 - 14;
        assertThat(bare.encode(Messages.of(true, "x".repeat(65_535 - ahead))).remaining())
                .isEqualTo(65_535);
        assertThat(bare.encode(Messages.of(true, "x".repeat(65_535 - ahead - 6)))
                        .remaining())
                .isEqualTo(65_529);
        assertThat(bare.encode(Messages.of(true, "x".repeat(65_535 - ahead + 1)))
                        .remaining())
                .isZero();
    }

    /// With spaces where chunks and their fields end.
    private static String hex(HepEncoder encoder, WireMessage message) {
        var packet = encoder.encode(message);
        var hex = HexFormat.of();
        var text = new StringBuilder();
        byte[] all = new byte[packet.remaining()];
        packet.get(all);
        text.append(hex.formatHex(all, 0, 4)).append(' ').append(hex.formatHex(all, 4, 6));
        int at = 6;
        while (at < all.length) {
            int length = ((all[at + 4] & 0xff) << 8) | (all[at + 5] & 0xff);
            for (int field = 0; field < 6; field += 2) {
                text.append(' ').append(hex.formatHex(all, at + field, at + field + 2));
            }
            text.append(' ').append(hex.formatHex(all, at + 6, at + length));
            at += length;
        }
        assertThat(all.length).isEqualTo(((all[4] & 0xff) << 8) | (all[5] & 0xff));
        return text.toString();
    }
}
