package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressTextTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.10, 192.0.2.10",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        "2001:DB8:0:0:0:0:0:ABCD, 2001:db8::abcd",
        "2001:0db8:0000:0001:0001:0001:0001:0001, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:1:0:1:0:1:0:1, 0:1:0:1:0:1:0:1",
        "fe80:0:0:0:0:0:0:10, fe80::10"
    })
    void an_address_is_written_as_rfc_5952_asks(String address, String text) {
        assertThat(AddressText.of(InetAddress.ofLiteral(address))).isEqualTo(text);
    }

    @Test
    void a_uri_has_ipv6_in_brackets() {
        assertThat(AddressText.literal(InetAddress.ofLiteral("2001:db8::1"))).isEqualTo("[2001:db8::1]");
        assertThat(AddressText.literal(InetAddress.ofLiteral("192.0.2.10"))).isEqualTo("192.0.2.10");
    }

    @Test
    void a_scope_is_nobody_elses_business() throws UnknownHostException {
        byte[] raw = InetAddress.ofLiteral("fe80::1").getAddress();
        assertThat(AddressText.of(Inet6Address.getByAddress("", raw, 7))).isEqualTo("fe80::1");
    }

    @Test
    void whatever_is_written_is_read_as_the_same_address() throws UnknownHostException {
        long seed = 5952;
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] raw = new byte[16];
            random.nextBytes(raw);
            for (int group = 0; group < 8; group++) {
                if (random.nextBoolean()) {
                    raw[2 * group] = 0;
                    raw[2 * group + 1] = 0;
                }
            }
            var address = InetAddress.getByAddress(raw);
            assertThat(InetAddress.ofLiteral(AddressText.of(address)))
                    .as("seed %s, address %s", seed, i)
                    .isEqualTo(address);
        }
    }
}
