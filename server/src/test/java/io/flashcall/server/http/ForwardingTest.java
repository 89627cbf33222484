package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Cidr;
import io.flashcall.server.http.access.Forwarding;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ForwardingTest {

    private static final Forwarding FORWARDING =
            new Forwarding(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8::/32")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1    | 192.0.2.7                         | 192.0.2.7
            10.0.0.1    | 198.51.100.9, 192.0.2.7           | 192.0.2.7
            10.0.0.1    | 198.51.100.9, 192.0.2.7, 10.1.1.1 | 192.0.2.7
            10.0.0.1    | 192.0.2.7, 10.1.1.1, 10.2.2.2     | 192.0.2.7
            10.0.0.1    | 10.3.3.3                          | 10.3.3.3
            10.0.0.1    | 192.0.2.7:4711                    | 192.0.2.7
            10.0.0.1    | [2001:db9::7]:4711                | 2001:db9:0:0:0:0:0:7
            10.0.0.1    | 192.0.2.7, nonsense               | 10.0.0.1
            10.0.0.1    | unknown                           | 10.0.0.1
            2001:db8::1 | 192.0.2.7                         | 192.0.2.7
            192.0.2.1   | 198.51.100.9                      | 192.0.2.1
            11.0.0.1    | 198.51.100.9                      | 11.0.0.1
            """)
    void the_client_is_the_rightmost_hop_that_is_no_proxy_of_ours(String peer, String forwarded, String client) {
        assertThat(FORWARDING.client(InetAddress.ofLiteral(peer), Optional.of(forwarded)))
                .isEqualTo(client);
    }

    @Test
    void without_the_header_it_is_whoever_connected() {
        assertThat(FORWARDING.client(InetAddress.ofLiteral("10.0.0.1"), Optional.empty()))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void a_start_is_told_that_address() {
        try (var scene = new ApiScene()) {
            start(scene, Map.of());
            assertThat(scene.verifications.asked.getLast().caller().address()).isEqualTo("127.0.0.1");
            start(scene, Map.of("X-Forwarded-For", "203.0.113.5, 10.0.0.3"));
            assertThat(scene.verifications.asked.getLast().caller().address()).isEqualTo("203.0.113.5");
        }
    }

    private static void start(ApiScene scene, Map<String, String> headers) {
        scene.client
                .post("/v1/verifications", scene.publishable, "{\"to\": \"+447700900123\"}", headers)
                .is(201);
    }
}
