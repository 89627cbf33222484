package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.required;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.call.CallTerms;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.identity.StirFiles;
import io.flashcall.engine.sip.Digits;
import io.flashcall.engine.transport.DatagramTransport;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From a real loop to the thread that signs, and back. What waits is a first INVITE without a signature, as though
/// that were too old.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SigningOffTheLoopTest {

    private static final long SECOND = 1_000_000_000L;
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void an_INVITE_that_waits_for_its_signature_leaves_with_it() throws IOException {
        var transport = DatagramTransport.best();
        EventLoopGroup loops = transport.newLoops(1, "signing-test");
        try (var carrier = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var thread = SignatureThread.start()) {
            carrier.setSoTimeout(20_000);
            var config = config((InetSocketAddress) carrier.getLocalSocketAddress());
            var trunk = new Trunk(0, config.trunks().getFirst(), System.nanoTime());
            trunk.secrets(TrunkSecrets.load(trunk.config()));
            var trunks = List.of(trunk);
            var handle = new AgentFactory(config, trunks, AgentFixture.anySource(trunks), TraceListener.NONE)
                    .create(0, transport, loops.next(), () -> {});
            try {
                handle.signBy(thread);
                assertThat(trunk.acquireChannel()).isTrue();
                handle.begin(required(handle.reserve()), unsigned(trunk));
                assertThat(received(carrier)).startsWith("INVITE ").contains("\r\nDate: ", "\r\nIdentity: ");
            } finally {
                handle.close();
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }

    private EngineConfig config(InetSocketAddress carrier) {
        var trunk = new TrunkConfig(
                "carrier",
                PeerConfig.at(carrier),
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                NumberPolicy.PLUS_E164,
                CallPolicy.DEFAULT,
                TrunkOptions.STANDARD.withStir(StirFiles.newKey(folder.resolve("key.pem"))));
        var agents = new UserAgentConfig(1, LOCAL, List.of(), 16, 128, 1 << 16);
        return new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk));
    }

    private static CallPlan unsigned(Trunk trunk) {
        var wire = new CallPlan.Wire(Digits.pack("12025550123"), Digits.pack("442079460123"), 1, 2);
        var terms = new CallTerms(trunk.ringRule(), trunk.refusals(), SECOND, 10 * SECOND, 10 * SECOND);
        return new CallPlan(trunk, "one", wire, terms, System.nanoTime());
    }

    private static String received(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }
}
