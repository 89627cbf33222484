package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.transport.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SourcesTest {

    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @CsvSource({
        "192.0.2.1,               192.0.2.1,        true",
        "192.0.2.1,               192.0.2.2,        false",
        "192.0.2.77/24,           192.0.2.0,        true",
        "192.0.2.0/24,            192.0.2.255,      true",
        "192.0.2.0/24,            192.0.3.0,        false",
        "192.0.2.0/25,            192.0.2.128,      false",
        "192.0.2.2/31,            192.0.2.3,        true",
        "0.0.0.0/0,               203.0.113.9,      true",
        "0.0.0.0/0,               2001:db8::1,      false",
        "::/0,                    2001:db8::1,      true",
        "2001:db8::/32,           2001:db8:ffff::1, true",
        "2001:db8::/32,           2001:db9::1,      false",
        "2001:db8:0:1::/64,       2001:db8:0:1:ffff:ffff:ffff:ffff, true",
        "2001:db8:0:1::/64,       2001:db8:0:2::,   false",
        "2001:db8::8/125,         2001:db8::f,      true",
        "2001:db8::8/125,         2001:db8::10,     false",
        "2001:db8::1,             2001:db8::1,      true",
        "192.0.2.0/24 10.0.0.0/8, 10.9.8.7,         true",
        "192.0.2.0/24 10.0.0.0/8, 11.0.0.0,         false"
    })
    void an_address_is_a_source_if_a_block_holds_it(String blocks, String address, boolean holds) {
        var sources = new Sources(
                Arrays.stream(blocks.split(" ", -1)).map(Cidr::parse).toList());
        for (int port : new int[] {1, 5060, 65_535}) {
            var endpoint = Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            assertThat(sources.contains(endpoint)).as("port %s", port).isEqualTo(holds);
        }
    }

    @Test
    void without_a_block_nobody_is_a_source() {
        assertThat(new Sources(List.of()).contains(0, 0)).isFalse();
    }
}
