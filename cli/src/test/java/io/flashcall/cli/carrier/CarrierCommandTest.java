package io.flashcall.cli.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.Shell;
import io.flashcall.engine.Engine;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CarrierCommandTest {

    @Test
    void it_says_where_it_is_and_what_it_saw() {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0", "--tcp")).isZero();
        assertThat(shell.out()).startsWith("carrier ring on 127.0.0.1:").contains("invites", "violations");
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0", "--behaviour=by-number", "--json"))
                .isZero();
        assertThat(shell.out().lines().skip(1)).singleElement().asString().startsWith("{\"invites\":0,");
    }

    @Test
    void a_taken_port_names_the_option_and_the_address_as_it_was_written() throws IOException {
        try (var taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            var shell = new Shell(Engine::start, (_, request) -> request.run());
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(shell.run("carrier", "--listen=" + address)).isEqualTo(2);
            assertThat(shell.err()).contains("'--listen': " + address + " (", "expected: a free address");
        }
    }

    @Test
    void it_tells_an_IPv6_address_as_it_was_written() {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("carrier", "--listen=[::1]:0")).as(shell.err()).isZero();
        assertThat(shell.out()).startsWith("carrier ring on [::1]:");
    }

    @Test
    void it_tells_each_transport_and_how_to_make_a_certificate() {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0", "--tcp")).isZero();
        assertThat(shell.out()).containsPattern("carrier ring on (127\\.0\\.0\\.1:\\d+)\\RTCP on \\1\\R");
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0", "--tls", "port=0"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("to make one: openssl req -x509 ");
    }

    @Test
    void without_a_port_it_listens_on_the_usual_one() throws Exception {
        assertThat(new CarrierCommand.ListenConverter().convert("127.0.0.2").getPort())
                .isEqualTo(5070);
        assertThat(new CarrierCommand.ListenConverter().convert("127.0.0.2:0").getPort())
                .isZero();
    }

    @Test
    void with_handsets_it_says_where_they_are_and_only_on_loopback() {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0", "--handsets=127.0.0.1:0"))
                .isZero();
        assertThat(shell.out()).contains("handsets on http://127.0.0.1:");
        assertThat(shell.run("carrier", "--listen=127.0.0.1:0", "--handsets=192.0.2.1:0"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--handsets", "loopback");
    }

    @Test
    void help_lists_behaviours_and_the_table_by_number() {
        var shell = new Shell();
        assertThat(shell.run("carrier", "--help")).isZero();
        assertThat(shell.out())
                .contains(
                        "answer-on-cancel",
                        "  005      answer-on-cancel",
                        "./flashcall carrier",
                        "--digest",
                        "ask=401");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --listen=192.0.2.1:5070     | loopback  | --answer-anyone
                    --listen=nowhere            | --listen  | nowhere
                    --behaviour=rign            | --behaviour | rign
                    --behaviour=ring:pdd=soon   | --behaviour | soon
                    --script=/no/such/file.yaml | --script  | file.yaml
                    --digest=ask=402            | --digest  | 402
                    --digest=colour=red         | --digest  | colour
                    --options=maybe             | --options | maybe
                    --overload=101              | --overload | 101
                    --registrar=max=0           | --registrar | max
                    --tcp=colour=red            | --tcp     | colour
                    --tls=port=0                | --tls     | PEM
                    --tls=cert=/no/c,key=/no/k  | --tls     | /no/c
                    --seed=x                    | --seed    | x
                    """)
    void a_bad_value_names_itself_and_what_was_expected(String bad, String first, String second) {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("carrier", bad)).isEqualTo(2);
        assertThat(shell.err()).contains(first, second);
        assertThat(shell.out()).isEmpty();
    }
}
