package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TlsConfig.Version;
import io.flashcall.engine.transport.Connector.State;
import io.flashcall.engine.transport.TestAuthority.Claims;
import io.flashcall.testbed.peers.CertificateAuthority;
import io.flashcall.testbed.peers.Kamailio;
import io.flashcall.testbed.peers.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The standing connection as a whole, over loopback, in real time. What takes long is tested at `Connector`.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class StreamLinkTest extends StreamFixture {

    private static final LinkOptions QUICK = options(Duration.ofMillis(50));
    private static final LinkOptions SLOW = options(Duration.ofHours(1));

    @TempDir
    Path folder;

    private final Recorder recorder = new Recorder();

    @Override
    DatagramTransport transport() {
        return DatagramTransport.best();
    }

    @Test
    void an_eager_link_connects_by_itself() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var link = link(far.endpoint(), QUICK);
            far.accept();
            awaitTold("up");
            assertThat(link.state()).isEqualTo(State.UP);
            assertThat(link.lastEnd()).isEmpty();
        }
    }

    @Test
    void another_connects_with_its_first_message_which_waits_for_the_connection() throws Exception {
        try (var far = FarListener.tcp(V6)) {
            var link = link(far.endpoint(), QUICK.onFirstUse());
            assertThat(link.state()).isEqualTo(State.IDLE);
            assertThat(send(link, OPTIONS)).isTrue();
            var line = far.accept();
            assertThat(line.receive(OPTIONS.length())).isEqualTo(OPTIONS);
            line.send(OK);
            awaitTold("up", "begin", OK, "end");
        }
    }

    @Test
    void a_broken_connection_is_told_and_opened_again() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var link = link(far.endpoint(), QUICK);
            var first = far.accept();
            awaitTold("up");
            first.reset();
            var second = far.accept();
            awaitTold("up", "down RESET", "up");
            assertThat(link.lastEnd().orElseThrow().reason()).isEqualTo(CloseReason.RESET);
            assertThat(send(link, OPTIONS)).isTrue();
            assertThat(second.receive(OPTIONS.length())).isEqualTo(OPTIONS);
            assertThat(link.counters().connected()).isEqualTo(2);
            assertThat(link.counters().closed()).containsOnlyKeys(CloseReason.RESET);
        }
    }

    @Test
    void it_tries_on_while_nobody_listens() throws Exception {
        var link = link(FarListener.nobody(), QUICK);
        await().untilAsserted(() -> assertThat(recorder.told).hasSizeGreaterThan(3));
        assertThat(recorder.told).containsOnly("down REFUSED");
        assertThat(link.lastEnd().orElseThrow().reason()).isEqualTo(CloseReason.REFUSED);
    }

    @Test
    void while_it_waits_to_try_again_it_takes_no_message() throws Exception {
        var link = link(FarListener.nobody(), SLOW);
        awaitTold("down REFUSED");
        assertThat(link.state()).isEqualTo(State.BACKING_OFF);
        assertThat(send(link, OPTIONS)).isFalse();
        assertThat(link.counters().out().refused()).isOne();
    }

    @Test
    void a_peer_that_answered_a_keep_alive_and_then_is_silent_is_cut_off() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var link = link(far.endpoint(), QUICK);
            var line = far.accept();
            assertThat(line.receive(4)).isEqualTo("\r\n\r\n");
            line.send("\r\n");
            assertThat(line.receiveAll()).as("one more, then the end").isEqualTo("\r\n\r\n");
            far.accept();
            awaitTold("up", "begin", "end", "down KEEP_ALIVE_LOST", "up");
            assertThat(link.counters().in().pongs()).isOne();
        }
    }

    /// RFC 5626 §4.4.1 with a peer that is no part of this project.
    @Test
    void Kamailio_answers_each_keep_alive_over_TCP_and_over_TLS() throws Exception {
        try (var authority = CertificateAuthority.make();
                var kamailio = Kamailio.builder()
                        .tls(authority.issue("carrier.example", V4))
                        .start()) {
            var trusting = new TlsConfig(
                    Optional.of(authority.certificate()),
                    Optional.empty(),
                    Set.of(Version.TLS_1_2, Version.TLS_1_3),
                    Optional.empty(),
                    false);
            var links = List.of(
                    link(Endpoint.of(kamailio.address(Transport.TCP)), QUICK),
                    link(
                            Endpoint.of(kamailio.address(Transport.TLS)),
                            QUICK,
                            Optional.of(TlsSettings.load(trusting, "carrier.example"))));
            await().untilAsserted(() ->
                    assertThat(links).allMatch(link -> link.counters().in().pongs() >= 3, "three pongs"));
            assertThat(links).allMatch(link -> link.counters().connected() == 1, "still its first connection");
            assertThat(recorder.told).doesNotContain("down KEEP_ALIVE_LOST");
        }
    }

    @Test
    void a_closed_link_stays_closed() throws Exception {
        try (var far = FarListener.tcp(V4)) {
            var link = link(far.endpoint(), QUICK);
            var line = far.accept();
            awaitTold("up");
            onLoop(() -> {
                link.close();
                link.close();
                link.start();
                return true;
            });
            assertThat(line.receiveAll()).isEmpty();
            assertThat(send(link, OPTIONS)).isFalse();
            assertThat(link.state()).isEqualTo(State.IDLE);
            assertThat(recorder.told).containsExactly("up", "down BY_US");
        }
    }

    @Test
    void new_tls_settings_are_for_new_connections() throws Exception {
        var authority = TestAuthority.root("root");
        var server = authority.certify(Claims.ofSip("carrier.example"));
        try (var far = FarListener.tls(V4, server.serverContext(authority))) {
            var link = link(far.endpoint(), QUICK, Optional.of(settings(authority, "carrier.example")));
            var line = far.accept();
            line.tls().startHandshake();
            awaitTold("up");
            onLoop(() -> {
                link.replaceTls(settings(authority, "other.example"));
                return true;
            });
            assertThat(send(link, OPTIONS)).isTrue();
            assertThat(line.receive(OPTIONS.length())).isEqualTo(OPTIONS);
            line.close();
            far.accept().tryHandshake();
            awaitTold("up", "down CLOSED_BY_PEER", "down TLS_WRONG_NAME");
        }
    }

    private TlsSettings settings(TestAuthority authority, String domain) throws Exception {
        var trusted = Optional.of(authority.writeCertificate(folder));
        return TlsSettings.load(
                new TlsConfig(trusted, Optional.empty(), Set.of(Version.TLS_1_2), Optional.empty(), false), domain);
    }

    private StreamLink link(Endpoint remote, LinkOptions options) throws Exception {
        return link(remote, options, Optional.empty());
    }

    private StreamLink link(Endpoint remote, LinkOptions options, Optional<TlsSettings> tls) throws Exception {
        var local = new InetSocketAddress(InetAddress.ofLiteral(remote.isV4() ? V4 : V6), 0);
        var route = new StreamRoute(remote, local);
        return onLoop(() -> {
            var transport = new StreamTransport(StreamOptions.DEFAULT);
            var link = new StreamLink(loop, transport, route, tls, options, recorder);
            link.start();
            return link;
        });
    }

    private static LinkOptions options(Duration backOff) {
        return new LinkOptions(true, backOff, backOff, Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(500));
    }

    private boolean send(StreamLink link, String text) throws Exception {
        return onLoop(() -> {
            byte[] bytes = text.getBytes(ISO_8859_1);
            boolean taken = link.send(bytes, 0, bytes.length);
            link.flush();
            return taken;
        });
    }

    private void awaitTold(String... what) {
        await().untilAsserted(() -> assertThat(recorder.told).containsExactly(what));
    }

    private static final class Recorder implements LinkHandler {

        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void onUp(StreamLink link, StreamInfo info) {
            told.add("up");
        }

        @Override
        public void onDown(StreamLink link, StreamClosed end) {
            told.add("down " + end.reason());
        }

        @Override
        public void beforeRead(StreamLink link) {
            told.add("begin");
        }

        @Override
        public void onMessage(StreamLink link, byte[] bytes, int length) {
            told.add(new String(bytes, 0, length, ISO_8859_1));
        }

        @Override
        public void afterRead(StreamLink link) {
            told.add("end");
        }
    }
}
