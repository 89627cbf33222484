package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.SipTransport;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PacketEncoderTest {

    private final PacketEncoder encoder = new PacketEncoder();

    @Test
    void a_message_over_UDP_and_IPv4_byte_by_byte() {
        assertThat(hex(Messages.of(true, "abc")))
                .isEqualTo(
                        "4500001f" // version 4, five words; 31 bytes
                                + "00004000" // packet 0, not to be fragmented
                                + "4011" // 64 hops, UDP
                                + "3cbe"
                                + "c000020acb007105"
                                + "13c413c6" // from 5060 to 5062
                                + "000b" // 11 bytes
                                + "15db"
                                + "616263");
    }

    @Test
    void a_received_message_over_UDP_and_IPv6_byte_by_byte() {
        var message = Messages.of(false, "abcd").between(Messages.US_V6, Messages.CARRIER_V6, SipTransport.UDP);
        assertThat(hex(message))
                .isEqualTo(
                        "60000000" // version 6
                                + "000c1140" // 12 bytes, UDP, 64 hops
                                + "20010db8000500000000000000000005"
                                + "20010db8000000000000000000000010"
                                + "13c613c4000c"
                                + "b7f9"
                                + "61626364");
    }

    @Test
    void a_segment_of_TCP_byte_by_byte() {
        var message = Messages.of(true, "abc").between(Messages.US, Messages.CARRIER, SipTransport.TCP);
        var packet = encoder.encode(message, 1, 2, new TcpStreams.Position(0x01020304, -2));
        assertThat(hex(packet))
                .isEqualTo("4500002a000040004006"
                        + "3cbe"
                        + "c000020acb007105"
                        + "13c413c6"
                        + "01020304fffffffe"
                        + "5018ffff" // five words, PSH and ACK; a window
                        + "23c8"
                        + "0000"
                        + "6263");
    }

    @Test
    void a_UDP_checksum_is_never_0_which_would_mean_none() {
        for (int i = 0; i < 65_536; i++) {
            byte[] word = {(byte) (i >> 8), (byte) i};
            var message = Messages.of(true, "").carrying(true, word, 2);
            var packet = encoder.encode(message, 0, 2, TcpStreams.Position.NONE);
            assertThat(packet.getShort(26)).isNotZero();
        }
    }

    @Test
    void a_packet_holds_no_more_than_its_length_can_say() {
        var v4 = Messages.of(true, "x".repeat(65_507));
        assertThat(PacketEncoder.room(v4)).isEqualTo(65_507);
        assertThat(encoder.encode(v4, 0, 65_507, TcpStreams.Position.NONE).remaining())
                .isEqualTo(65_535);
        var v6 = Messages.of(true, "x".repeat(65_527)).between(Messages.US_V6, Messages.CARRIER_V6, SipTransport.UDP);
        assertThat(PacketEncoder.room(v6)).isEqualTo(65_527);
        assertThat(encoder.encode(v6, 0, 65_527, TcpStreams.Position.NONE).remaining())
                .isEqualTo(PacketEncoder.LONGEST);
        var tcp = Messages.of(true, "x").between(Messages.US_V6, Messages.CARRIER_V6, SipTransport.TLS);
        assertThat(PacketEncoder.room(tcp)).isEqualTo(65_515);
    }

    private String hex(WireMessage message) {
        return hex(encoder.encode(message, 0, message.length(), TcpStreams.Position.NONE));
    }

    private static String hex(ByteBuffer packet) {
        byte[] all = new byte[packet.remaining()];
        packet.get(all);
        return HexFormat.of().formatHex(all);
    }
}
