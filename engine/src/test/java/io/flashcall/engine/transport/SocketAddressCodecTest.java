package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SocketAddressCodecTest {

    private final MemorySegment memory = Arena.ofAuto().allocate(SocketAddressCodec.BYTES, 8);
    private final Endpoint read = new Endpoint();

    @Test
    void an_ipv4_socket_gets_the_short_form_byte_for_byte() {
        int length = SocketAddressCodec.write(endpoint("192.0.2.200", 50_600), memory, 0, true);
        assertThat(memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
                .startsWith(2, 0, 0xc5, 0xa8, 192, 0, 2, 200)
                .hasSize(SocketAddressCodec.V4_BYTES);
    }

    @Test
    void an_ipv6_socket_gets_an_ipv4_address_v4_mapped() {
        int length = SocketAddressCodec.write(endpoint("192.0.2.200", 5060), memory, 0, false);
        assertThat(memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
                .startsWith(10, 0, 0x13, 0xc4, 0, 0, 0, 0)
                .endsWith(0, 0, 0xff, 0xff, 192, 0, 2, 200, 0, 0, 0, 0)
                .hasSize(SocketAddressCodec.V6_BYTES);
    }

    @Test
    void both_forms_of_an_ipv4_address_read_as_the_same_endpoint() {
        Endpoint peer = endpoint("192.0.2.200", 65_535);
        for (boolean v4Socket : new boolean[] {true, false}) {
            SocketAddressCodec.write(peer, memory, 0, v4Socket);
            SocketAddressCodec.read(memory, 0, read);
            assertThat(read.same(peer))
                    .as("v4 socket: %s, read: %s", v4Socket, read)
                    .isTrue();
        }
    }

    @Test
    void an_ipv6_address_reads_as_it_was_written() {
        Endpoint peer = endpoint("2001:db8:1:2:f0e0:d0c0:b0a0:9080", 1);
        SocketAddressCodec.write(peer, memory, 0, false);
        SocketAddressCodec.read(memory, 0, read);
        assertThat(read.same(peer)).isTrue();
        assertThat(read).hasToString("[2001:db8:1:2:f0e0:d0c0:b0a0:9080]:1");
    }

    private static Endpoint endpoint(String literal, int port) {
        return Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral(literal), port));
    }
}
