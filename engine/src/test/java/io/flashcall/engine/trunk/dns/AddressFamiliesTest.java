package io.flashcall.engine.trunk.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressFamiliesTest {

    @ParameterizedTest
    @CsvSource({"0.0.0.0, IPV4", "127.0.0.1, IPV4", "'::', BOTH", "'::1', IPV6", "2001:db8::1, IPV6"})
    void a_socket_reaches_the_family_it_is_bound_to_and_both_from_the_IPv6_wildcard(
            String bound, AddressFamilies reached) {
        assertThat(AddressFamilies.of(InetAddress.ofLiteral(bound))).isEqualTo(reached);
    }
}
