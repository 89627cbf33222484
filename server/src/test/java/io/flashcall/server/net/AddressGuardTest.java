package io.flashcall.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808"
            })
    void a_global_address_is_allowed(String address) {
        assertThat(guard.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
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
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255"
            })
    void a_private_local_or_reserved_address_is_refused(String address) {
        assertThat(guard.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "::7f00:1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2001:0:4136:e378::1",
                "2002:7f00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "5f00::1",
                "100::1",
                "64:ff9b:1::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::c0a8:101"
            })
    void the_same_holds_for_ipv6_and_for_what_is_embedded_in_it(String address) {
        assertThat(guard.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void a_mapped_address_is_judged_as_the_one_it_maps() throws UnknownHostException {
        assertThat(guard.allows(mapped(127, 0, 0, 1))).isFalse();
        assertThat(guard.allows(mapped(8, 8, 8, 8))).isTrue();
        assertThat(new AddressGuard(List.of(Cidr.parse("127.0.0.0/8"))).allows(mapped(127, 0, 0, 1)))
                .isTrue();
    }

    @Test
    void what_the_operator_allows_is_allowed_and_nothing_beside_it() {
        var some = new AddressGuard(List.of(Cidr.parse("10.20.0.0/15"), Cidr.parse("fd00:1::/33")));

        assertThat(some.allows(InetAddress.ofLiteral("10.21.255.255"))).isTrue();
        assertThat(some.allows(InetAddress.ofLiteral("10.22.0.0"))).isFalse();
        assertThat(some.allows(InetAddress.ofLiteral("64:ff9b::a14:1"))).isTrue();
        assertThat(some.allows(InetAddress.ofLiteral("fd00:1:7fff::1"))).isTrue();
        assertThat(some.allows(InetAddress.ofLiteral("fd00:1:8000::1"))).isFalse();
    }

    @Test
    void anywhere_is_anywhere() {
        assertThat(AddressGuard.anywhere().allows(InetAddress.ofLiteral("169.254.169.254")))
                .isTrue();
        assertThat(AddressGuard.anywhere().allows(InetAddress.ofLiteral("::1"))).isTrue();
    }

    /// One that Java has not turned into an IPv4 address.
    private static InetAddress mapped(int a, int b, int c, int d) throws UnknownHostException {
        return Inet6Address.getByAddress(
                "mapped", new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) a, (byte) b, (byte) c, (byte) d}, 0);
    }
}
