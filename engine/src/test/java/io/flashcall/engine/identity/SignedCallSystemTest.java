package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.capture.TraceListener;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real engine calls over loopback, and what arrives is held against a program that we did not write, and against
/// our own verifier.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignedCallSystemTest {

    private static final String FROM = "+12025550123";
    private static final String TO = "+442079460123";
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder = Path.of("");

    private final KeyPair keys = Keys.p256();

    @Test
    void what_the_carrier_receives_is_accepted_by_secsipidx_and_by_our_verifier() throws Exception {
        String invite = inviteOf(stir());

        Keys.write(folder.resolve("id.txt"), header(invite, "Identity"));
        Keys.write(folder.resolve("pub.pem"), Keys.publicKey(keys));
        assertThat(new Secsipidx(folder).check("id.txt", "pub.pem")).isEqualTo(new Secsipidx.Result(0, "ok"));

        var request = new SignedRequest(
                List.of(header(invite, "Identity")),
                Optional.of(header(invite, "Date")),
                user(header(invite, "From")),
                user(header(invite, "To")),
                header(invite, "Call-ID"));
        assertThat(verifier().verify(request, Instant.now()))
                .isEqualTo(new Verdict.Passed(Attestation.B, StirFiles.ORIGID, "709J"));
    }

    @Test
    void an_engine_whose_key_cannot_be_read_does_not_start_and_names_the_file() {
        var missing = folder.resolve("missing.pem");
        var stir = new StirConfig(Attestation.B, missing, StirFiles.X5U, StirFiles.ORIGID);
        assertThatThrownBy(() -> inviteOf(stir))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("trunk carrier: stir.private_key: " + missing + ": cannot be read");
    }

    private StirConfig stir() throws IOException {
        var file = Keys.write(folder.resolve("key.pem"), Keys.pkcs8(keys));
        return new StirConfig(Attestation.B, file, StirFiles.X5U, StirFiles.ORIGID);
    }

    private static String inviteOf(StirConfig stir) throws IOException {
        try (var carrier = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var engine = engine(stir, (InetSocketAddress) carrier.getLocalSocketAddress())) {
            assertThat(engine.place(CallRequest.of("carrier", FROM, TO, "one"))).isInstanceOf(Accepted.class);
            carrier.setSoTimeout(10_000);
            var packet = new DatagramPacket(new byte[65_536], 65_536);
            carrier.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Engine engine(StirConfig stir, InetSocketAddress carrier) throws IOException {
        var calls = new CallPolicy(new RingPolicy.Only180(), Duration.ofMillis(60), Duration.ofMillis(500), 10, 10);
        var trunk = new TrunkConfig(
                "carrier",
                PeerConfig.at(carrier),
                new CallerIds(List.of(CallerIds.Range.parse(FROM)), true),
                NumberPolicy.PLUS_E164,
                calls,
                TrunkOptions.STANDARD.withStir(stir));
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var agents = new UserAgentConfig(1, local, List.of(), 16, 128, 1 << 16);
        var config = new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk));
        return Engine.start(config, _ -> {}, TraceListener.NONE);
    }

    private IdentityVerifier verifier() {
        var from = Instant.now().minus(DAY);
        var until = Instant.now().plus(DAY);
        var root = Authority.root("STI root", from, until);
        var leaf = root.issue("SHAKEN 709J", keys, wanted -> {
            wanted.valid(from, until);
            wanted.code("709J");
        });
        return new IdentityVerifier(
                (x5u, now) -> new CertificateSource.Chain(List.of(leaf)),
                new CertificateTrust(List.of(root.certificate()), Optional.empty()),
                VerificationPolicy.STANDARD);
    }

    private static String header(String message, String name) {
        var found = Pattern.compile("\r\n" + name + ": ([^\r\n]*)").matcher(message);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private static String user(String nameAddr) {
        return nameAddr.replaceFirst("^<sip:([^@]+)@.*", "$1");
    }
}
