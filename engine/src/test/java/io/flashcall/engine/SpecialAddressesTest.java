package io.flashcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SpecialAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808"
            })
    void a_certificate_may_come_from_where_everybody_can_reach(String address) {
        assertThat(SpecialAddresses.isGlobal(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "2001:0:4136:e378::1",
                "2002:7f00:1::1",
                "3fff::1",
                "100::1",
                "64:ff9b:1::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe"
            })
    void and_from_no_address_of_a_special_meaning(String address) {
        assertThat(SpecialAddresses.isGlobal(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void a_mapped_address_is_judged_as_the_one_it_maps() throws UnknownHostException {
        assertThat(SpecialAddresses.isGlobal(mapped(127, 0, 0, 1))).isFalse();
        assertThat(SpecialAddresses.isGlobal(mapped(10, 0, 0, 1))).isFalse();
        assertThat(SpecialAddresses.isGlobal(mapped(8, 8, 8, 8))).isTrue();
    }

    /// One that Java has not turned into an IPv4 address.
    private static InetAddress mapped(int a, int b, int c, int d) throws UnknownHostException {
        return Inet6Address.getByAddress(
                "mapped", new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) a, (byte) b, (byte) c, (byte) d}, 0);
    }
}
