package io.flashcall.verification.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressKeyTest {

    @Test
    void an_ipv4_address_counts_for_itself_also_where_it_is_mapped() {
        assertThat(AddressKey.of("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(AddressKey.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(AddressKey.of("::FFFF:c000:201")).isEqualTo("192.0.2.1");
        assertThat(AddressKey.of("192.0.2.2")).isNotEqualTo(AddressKey.of("192.0.2.1"));
    }

    @Test
    void all_addresses_of_one_ipv6_subscriber_count_as_one() {
        assertThat(AddressKey.of("2001:db8:1:2::1")).isEqualTo("20010db800010002/64");
        assertThat(AddressKey.of("2001:0DB8:0001:0002:ffff:ffff:ffff:ffff")).isEqualTo("20010db800010002/64");
        assertThat(AddressKey.of("2001:db8:1:3::1")).isNotEqualTo("20010db800010002/64");
        assertThat(AddressKey.of("fe80::1%eth0")).isEqualTo(AddressKey.of("fe80::2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "2001:db8::1::2", "300.1.2.3", "192.0.2.1, 10.0.0.1"})
    void what_is_no_address_is_refused_without_asking_a_name_server(String text) {
        assertThatThrownBy(() -> AddressKey.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: an IPv4 or IPv6 address");
    }
}
