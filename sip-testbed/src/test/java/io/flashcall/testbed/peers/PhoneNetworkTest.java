package io.flashcall.testbed.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.testbed.wire.SipMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole way at once, in this JVM and as a process for shell scripts.
@Tag("peers")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PhoneNetworkTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static DigestCaller caller(Wire wire) {
        return new DigestCaller(wire, PhoneNetwork.USER, PhoneNetwork.PASSWORD).to(PhoneNetwork.PHONE);
    }

    private static void flashCall(DigestCaller caller) {
        caller.send("INVITE");
        SipMessage challenge = caller.await(407);
        caller.ack(challenge);
        caller.send("INVITE", caller.credentials(challenge, "INVITE"));
        assertThat(DigestCaller.recordRoutes(caller.await(180))).hasSizeGreaterThan(1);
        caller.cancel();
        caller.await(200);
        caller.ack(caller.await(487));
    }

    @Test
    void a_registered_caller_rings_the_phone_over_UDP_and_two_hops() throws IOException {
        try (PhoneNetwork network = PhoneNetwork.start(Transport.UDP, DigestAlgorithm.SHA_256);
                DigestCaller caller = caller(Wire.udp(network.carrier().address(Transport.UDP)))) {
            caller.send("REGISTER", "Expires: 600");
            caller.send("REGISTER", "Expires: 600", caller.credentials(caller.await(401), "REGISTER"));
            caller.await(200);
            assertThat(network.carrier().isRegistered(PhoneNetwork.USER)).isTrue();
            caller.forgetNonceCount();
            flashCall(caller);
            assertThat(network.phone().awaitMissed(PhoneNetwork.USER, SOON).callId())
                    .isEqualTo(caller.callId());
        }
    }

    @Test
    void a_shell_script_can_read_where_it_is_and_what_the_phone_saw() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PhoneNetworkMain.class.getName(),
                "tls",
                "SHA-256",
                "30");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path authority;
        try (BufferedReader lines = process.inputReader()) {
            JsonNode place = line(lines);
            while (!place.has("tls")) {
                place = line(lines);
            }
            authority = Path.of(place.path("authority").asString());
            String[] tls = place.path("tls").asString().split(":", -1);
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(tls[0]), Integer.parseInt(tls[1]));
            try (DigestCaller caller = caller(Wire.tls(address, authority))) {
                flashCall(caller);
                JsonNode event = line(lines);
                while (!event.path("event").asString().equals("CALL_CLOSED")) {
                    event = line(lines);
                }
                assertThat(event.path("peer").asString()).isEqualTo(PhoneNetwork.USER);
                assertThat(event.path("call_id").asString()).isEqualTo(caller.callId());
            }
            List<ProcessHandle> children = process.descendants().toList();
            assertThat(children).hasSizeGreaterThan(3);
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        } finally {
            process.destroy();
        }
        assertThat(Files.exists(authority)).isFalse();
    }

    private static JsonNode line(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        assertThat(line).as("a line of the network").isNotNull();
        return JsonMapper.shared().readTree(line);
    }
}
