package io.flashcall.testbed.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Asked by the JDK's own DNS client, which shares no code with dnsjava and knows no EDNS.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DnsServerTest {

    private final DnsServer server = DnsServer.start(
            "carrier.example 60 NAPTR 50 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.carrier.example",
            "_sips._tcp.carrier.example. 60 IN SRV 10 50 5061 sip1.carrier.example.",
            "sip1.carrier.example A 192.0.2.1",
            "sip1.carrier.example A 192.0.2.2",
            "sip1.carrier.example AAAA 2001:db8::1",
            "alias.carrier.example CNAME sip1.carrier.example");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void every_kind_of_record_is_served() throws NamingException {
        assertThat(ask("carrier.example", "NAPTR"))
                .containsExactly("50 50 s SIPS+D2T \"\" _sips._tcp.carrier.example.");
        assertThat(ask("_sips._tcp.carrier.example", "SRV")).containsExactly("10 50 5061 sip1.carrier.example.");
        assertThat(ask("sip1.carrier.example", "A")).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
        assertThat(ask("sip1.carrier.example", "AAAA")).containsExactly("2001:db8::1");
        assertThat(ask("alias.carrier.example", "CNAME")).containsExactly("sip1.carrier.example.");
    }

    @Test
    void an_alias_is_followed() throws NamingException {
        assertThat(ask("alias.carrier.example", "A")).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
    }

    @Test
    void what_is_not_there_does_not_exist() throws NamingException {
        assertThatThrownBy(() -> ask("nobody.example", "A")).isInstanceOf(NameNotFoundException.class);
        assertThat(ask("carrier.example", "A"))
                .as("no data: the name has other records")
                .isEmpty();
        assertThat(ask("_tcp.carrier.example", "A"))
                .as("no data: names stand below")
                .isEmpty();
    }

    @Test
    void it_fails_as_told_and_recovers() throws NamingException {
        server.fail(DnsFault.SERVFAIL);
        assertThatThrownBy(() -> ask("sip1.carrier.example", "A")).isInstanceOf(ServiceUnavailableException.class);
        server.recover();
        server.fail("sip1.carrier.example", "A", DnsFault.REFUSED);
        assertThatThrownBy(() -> ask("sip1.carrier.example", "A")).isInstanceOf(NamingException.class);
        assertThat(ask("sip1.carrier.example", "AAAA")).as("another type").isNotEmpty();
        server.recover();
        assertThat(ask("sip1.carrier.example", "A")).hasSize(2);
    }

    @Test
    void it_falls_silent_and_counts_what_it_hears_all_the_same() {
        server.fail(DnsFault.SILENT);
        assertThatThrownBy(() -> ask("sip1.carrier.example", "A")).isInstanceOf(NamingException.class);
        assertThat(server.queries("sip1.carrier.example", "A")).isPositive();
    }

    @Test
    void a_truncated_answer_is_whole_over_TCP() throws NamingException {
        server.fail(DnsFault.TRUNCATED);
        assertThat(ask("sip1.carrier.example", "A")).hasSize(2);
        assertThat(server.queriesOverTcp()).isEqualTo(1);
        assertThat(server.queries("sip1.carrier.example", "A"))
                .as("once each way")
                .isEqualTo(2);
    }

    @Test
    void an_answer_longer_than_the_client_takes_is_truncated() throws NamingException {
        server.replace(IntStream.range(0, 100)
                .mapToObj(i -> "many.example A 192.0.2." + i)
                .toArray(String[]::new));
        assertThat(ask("many.example", "A")).hasSize(100);
        assertThat(server.queriesOverTcp()).isEqualTo(1);
    }

    @Test
    void its_records_change_while_it_runs() throws NamingException {
        server.replace("sip1.carrier.example 5 A 192.0.2.9");
        assertThat(ask("sip1.carrier.example", "A")).containsExactly("192.0.2.9");
        assertThat(ask("sip1.carrier.example", "AAAA")).as("another type").isNotEmpty();
        server.remove("sip1.carrier.example", "A");
        assertThat(ask("sip1.carrier.example", "A")).isEmpty();
        server.replaceAll("other.example A 192.0.2.10");
        assertThatThrownBy(() -> ask("sip1.carrier.example", "A")).isInstanceOf(NameNotFoundException.class);
        assertThat(ask("other.example", "A")).containsExactly("192.0.2.10");
    }

    @Test
    void a_line_it_cannot_read_changes_nothing_and_is_named() throws NamingException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.replaceAll("sip1.carrier.example A 192.0.2.300"))
                .withMessageContaining("zone line: sip1.carrier.example A 192.0.2.300 (expected: name [ttl] type data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.replace("sip1.carrier.example XYZ 1"))
                .withMessageContaining("record type: XYZ (expected: A, AAAA");
        assertThat(ask("sip1.carrier.example", "A")).hasSize(2);
    }

    @Test
    void noise_is_not_answered_and_harms_nobody() throws IOException, NamingException {
        try (var socket = new DatagramSocket()) {
            byte[] noise = {1, 2, 3};
            socket.send(new DatagramPacket(noise, noise.length, server.address()));
        }
        assertThat(ask("sip1.carrier.example", "A")).hasSize(2);
        assertThat(server.queries()).isEqualTo(1);
    }

    @Test
    void several_queries_come_in_one_connection_and_keep_their_ids() throws IOException {
        try (var socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            var out = new DataOutputStream(socket.getOutputStream());
            var in = new DataInputStream(socket.getInputStream());
            for (String name : List.of("sip1.carrier.example", "nobody.example")) {
                Message query = Message.newQuery(Record.newRecord(Zone.name(name), Zone.type("A"), 1));
                byte[] bytes = query.toWire();
                out.writeShort(bytes.length);
                out.write(bytes);
                byte[] answer = new byte[in.readUnsignedShort()];
                in.readFully(answer);
                Message response = new Message(answer);
                assertThat(response.getHeader().getID())
                        .isEqualTo(query.getHeader().getID());
                assertThat(response.getHeader().getFlag(Flags.AA)).isTrue();
                assertThat(response.getSection(Section.QUESTION)).containsExactly(query.getQuestion());
                assertThat(response.getRcode()).isEqualTo(name.startsWith("sip1") ? Rcode.NOERROR : Rcode.NXDOMAIN);
            }
        }
    }

    @SuppressWarnings("BanJNDI") // The server is ours, and its answers are records, not objects.
    private List<String> ask(String name, String type) throws NamingException {
        var environment = new Properties();
        environment.setProperty("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.setProperty(
                "java.naming.provider.url",
                "dns://127.0.0.1:" + server.address().getPort());
        environment.setProperty("com.sun.jndi.dns.timeout.initial", "200");
        environment.setProperty("com.sun.jndi.dns.timeout.retries", "1");
        var context = new InitialDirContext(environment);
        try {
            var attribute =
                    context.getAttributes(name + ".", new String[] {type}).get(type);
            List<String> values = new ArrayList<>();
            if (attribute != null) {
                for (Object value : Collections.list(attribute.getAll())) {
                    values.add((String) value);
                }
            }
            return values;
        } finally {
            context.close();
        }
    }
}
