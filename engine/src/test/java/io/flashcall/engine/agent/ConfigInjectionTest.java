package io.flashcall.engine.agent;

import static io.flashcall.engine.RefusalMeaning.BUSY;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.CaptureConfig.Hep;
import io.flashcall.engine.CaptureConfig.Pcap;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.E164;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RefusalRules;
import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SignallingConfig.Reliability;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TlsConfig.ClientCertificate;
import io.flashcall.engine.TlsConfig.Version;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.capture.TraceListener;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.trunk.TargetSet;
import io.flashcall.engine.trunk.Trunk;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Gate 6: hostile text through every text of the configuration. It is refused, or what is sent has the same header
/// lines as with a harmless value.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigInjectionTest {

    private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
    private static final Path FILE = Path.of("a.pem");
    private static final String UUID = "123e4567-e89b-12d3-a456-426655440000";

    /// A harmless value, and what is sent with any other.
    private record Case(String good, Function<String, List<String>> sent) {}

    private static final Map<String, Case> CASES = new TreeMap<>(Map.ofEntries(
            of("TrunkConfig.name", "carrier", text -> play(trunk(text, peer(), plain(), none()))),
            of("SipTarget.host", "sip.carrier.example", text -> play(trunk(peer(target(text)), plain()))),
            of("TlsConfig.trustStore", "ca.pem", text -> play(peer().withTls(tls(Path.of(text), FILE, FILE, "a")))),
            of(
                    "ClientCertificate.certificates",
                    "us.pem",
                    text -> play(peer().withTls(tls(FILE, Path.of(text), FILE, "a")))),
            of("ClientCertificate.key", "us.key", text -> play(peer().withTls(tls(FILE, FILE, Path.of(text), "a")))),
            of("TlsConfig.serverName", "carrier.example", text -> play(peer().withTls(tls(FILE, FILE, FILE, text)))),
            of("Credentials.username", "flash", text -> play(known(text, "secret"))),
            of("Text.secret", "secret", text -> play(known("flash", text))),
            of(
                    "InFile.path",
                    "src/test/resources/junit-platform.properties",
                    text -> play(peer().withCredentials(new Credentials("flash", new Password.InFile(Path.of(text)))))),
            of("Range.first", "12025550100", text -> play(owning(text, "12025550199"))),
            of("Range.last", "12025550199", text -> play(owning("12025550100", text))),
            of("NumberPolicy.fromDomain", "flash.example", text -> play(trunk(peer(), from(text)))),
            of("National.countryCode", "44", text -> play(trunk(peer(), national(text, "0", "00")))),
            of("National.nationalPrefix", "0", text -> play(trunk(peer(), national("44", text, "00")))),
            of("National.internationalPrefix", "00", text -> play(trunk(peer(), national("44", "0", text)))),
            of(
                    "SignallingConfig.routes",
                    "sip:edge.carrier.example;lr",
                    text -> play(with(new SignallingConfig(Reliability.OFF, List.of(text), List.of())))),
            of(
                    "SignallingConfig.headers",
                    "X-Account: 12",
                    text -> play(with(new SignallingConfig(Reliability.OFF, List.of(), List.of(text))))),
            of(
                    "RefusalRules.overrides",
                    "480",
                    text -> play(trunk(
                            "carrier", peer(), plain(), none().withRefusals(new RefusalRules(Map.of(text, BUSY)))))),
            of(
                    "SignallingConfig.domain",
                    "carrier.example",
                    text -> play(with(new SignallingConfig(Reliability.OFF, List.of(), List.of(), text)))),
            of(
                    "Diversion.number",
                    "442079460100",
                    text -> play(with(
                            CallerHeaders.NONE.withDiversion(new Diversion(new E164(text), DiversionReason.UNKNOWN))))),
            of(
                    "ChargingVector.origIoi",
                    "flash.example",
                    text -> play(with(CallerHeaders.NONE.withChargingVector(new ChargingVector(text, ""))))),
            of(
                    "ChargingVector.generatedAt",
                    "flash.example",
                    text -> play(with(CallerHeaders.NONE.withChargingVector(new ChargingVector("a", text))))),
            of("RegistrationConfig.user", "flash", text -> play(registered(text, "ims.example"))),
            of("RegistrationConfig.registrar", "ims.example", text -> play(registered("flash", text))),
            of(
                    "UserAgentConfig.advertised",
                    "sip.flash.example:5060",
                    text -> play(trunk("carrier", peer(), plain(), none()), List.of(text))),
            of("Hep.host", "127.0.0.1", text -> play(CaptureConfig.NONE.withHep(new Hep(text, 9060, 1, "", 1)))),
            of("Hep.authKey", "key", text -> play(CaptureConfig.NONE.withHep(new Hep("[::1]", 9060, 1, text, 1)))),
            of(
                    "Pcap.directory",
                    "pcap",
                    text -> play(CaptureConfig.NONE.withPcap(new Pcap(Path.of(text), "", 1 << 20, 2)))),
            of("Pcap.trunk", "carrier", text -> play(CaptureConfig.NONE.withPcap(new Pcap(FILE, text, 1 << 20, 2)))),
            of(
                    "StirConfig.privateKeyFile",
                    "key.pem",
                    text -> signed(new StirConfig(Attestation.A, Path.of(text), "https://a.example/c.pem", UUID))),
            of(
                    "StirConfig.x5u",
                    "https://a.example/c.pem",
                    text -> signed(new StirConfig(Attestation.A, FILE, text, UUID))),
            of(
                    "StirConfig.origid",
                    UUID,
                    text -> signed(new StirConfig(Attestation.A, FILE, "https://a.example/c.pem", text)))));

    @Test
    void every_text_of_the_configuration_has_a_case_here() {
        assertThat(CASES.keySet()).isEqualTo(TextComponents.of(EngineConfig.class, StirConfig.class));
    }

    static Stream<String> fields() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void hostile_text_is_refused_or_adds_no_line(String field) {
        var tried = AgentFixture.required(CASES.get(field));
        var expected =
                tried.sent().apply(tried.good()).stream().map(WireLines::names).toList();
        assertThat(expected).as("what is sent with a harmless value").isNotEmpty();
        HostileText.around(tried.good()).forEach(text -> {
            List<String> sent;
            try {
                sent = tried.sent().apply(text);
            } catch (InvalidPathException | UncheckedIOException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                return;
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).contains("expected: ");
                return;
            }
            assertThat(sent.stream().map(WireLines::names))
                    .as("sent with %s", text)
                    .isEqualTo(expected);
        });
    }

    @Test
    void and_a_line_too_many_would_be_seen() {
        assertThat(WireLines.names("A b\r\nX: 1\nX-Evil: 2\rY : 3\r\n\r\nv=0\r\n"))
                .containsExactly("A", "X", "X-Evil", "Y", "v=", "");
    }

    private static Map.Entry<String, Case> of(String field, String good, Function<String, List<String>> sent) {
        return Map.entry(field, new Case(good, sent));
    }

    // A trunk that is what it must be, but for one thing.

    private static PeerConfig peer() {
        return PeerConfig.at(AgentFixture.CARRIER.toSocketAddress());
    }

    private static PeerConfig peer(SipTarget target) {
        return PeerConfig.at(target).withTransports(Set.of(SipTransport.UDP));
    }

    private static SipTarget target(String host) {
        return new SipTarget(host, OptionalInt.empty(), Optional.empty());
    }

    private static PeerConfig known(String username, String password) {
        return peer().withCredentials(new Credentials(username, new Password.Text(password)));
    }

    private static TlsConfig tls(Path trust, Path certificates, Path key, String serverName) {
        return new TlsConfig(
                Optional.of(trust),
                Optional.of(new ClientCertificate(certificates, key)),
                Set.of(Version.TLS_1_3),
                Optional.of(serverName),
                false);
    }

    private static NumberPolicy plain() {
        return NumberPolicy.PLUS_E164;
    }

    private static NumberPolicy from(String domain) {
        return new NumberPolicy(new PlusE164(), true, true, true, domain);
    }

    private static NumberPolicy national(String country, String inside, String outside) {
        return new NumberPolicy(new National(country, inside, outside), true, true, true, "");
    }

    private static TrunkOptions none() {
        return TrunkOptions.STANDARD;
    }

    private static TrunkConfig with(SignallingConfig signalling) {
        return trunk("carrier", peer(), plain(), none().withSignalling(signalling));
    }

    private static TrunkConfig registered(String user, String registrar) {
        var wanted = new RegistrationConfig(user, Optional.of(registrar), RegistrationConfig.USUAL_EXPIRES);
        return trunk("carrier", peer(), plain(), none().withRegistration(wanted));
    }

    private static TrunkConfig with(CallerHeaders headers) {
        return trunk("carrier", peer(), plain(), none().withCallerHeaders(headers));
    }

    private static TrunkConfig owning(String first, String last) {
        var usual = trunk(peer(), plain());
        var owned = new CallerIds(List.of(new CallerIds.Range(new E164(first), new E164(last))), true);
        return new TrunkConfig(usual.name(), usual.peer(), owned, usual.numbers(), usual.calls(), usual.options());
    }

    private static TrunkConfig trunk(PeerConfig peer, NumberPolicy numbers) {
        return trunk("carrier", peer, numbers, none());
    }

    private static TrunkConfig trunk(String name, PeerConfig peer, NumberPolicy numbers, TrunkOptions options) {
        return new TrunkConfig(
                name,
                peer,
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                numbers,
                new CallPolicy(new Only180(), RING, SETUP, 10, 1000),
                options);
    }

    // What is sent.

    private static List<String> play(PeerConfig peer) {
        return play(trunk(peer, plain()));
    }

    private static List<String> play(TrunkConfig trunk) {
        return play(trunk, List.of());
    }

    private static List<String> play(CaptureConfig capture) {
        return play(config(trunk(peer(), plain()), List.of()).withCapture(capture));
    }

    private static List<String> play(TrunkConfig trunk, List<String> advertised) {
        return play(config(trunk, advertised));
    }

    private static EngineConfig config(TrunkConfig trunk, List<String> advertised) {
        var agents = new UserAgentConfig(1, new InetSocketAddress("192.0.2.10", 5060), advertised, 4, 32, 1 << 20);
        return new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk));
    }

    /// Two calls, the one cancelled and the other answered, after a challenge where there is an answer to it.
    private static List<String> play(EngineConfig config) {
        var trunk = config.trunks().getFirst();
        var the = new AgentFixture(config, ConfigInjectionTest::trunks, TraceListener.NONE);
        var sent = new ArrayList<String>();
        the.probes();
        the.sent().forEach(register -> sent.add(register.text()));
        the.place(0, RING, SETUP);
        Sent invite = last(the, sent);
        if (trunk.peer().credentials().isPresent()) {
            the.receives(invite.answer("401 Unauthorized", "a", CHALLENGE));
            invite = last(the, sent);
        }
        the.receives(invite.answer("180 Ringing", "b"));
        the.passes(RING);
        last(the, sent);
        the.receives(invite.answer("487 Request Terminated", "b"));
        last(the, sent);
        the.place(0, RING, SETUP);
        the.receives(last(the, sent).answer("200 OK", "c"));
        last(the, sent);
        return sent;
    }

    private static Sent last(AgentFixture the, List<String> sent) {
        var all = the.sent();
        assertThat(all).isNotEmpty();
        all.forEach(message -> sent.add(message.text()));
        return all.getLast();
    }

    private static List<Trunk> trunks(EngineConfig config) {
        var trunks = AgentFixture.plainTrunks(config);
        trunks.getFirst().targets(new TargetSet(List.of(AgentFixture.host(AgentFixture.CARRIER, 1))));
        return trunks;
    }

    /// What is signed stands in an Identity header as its parts are configured.
    private static List<String> signed(StirConfig config) {
        var the = new AgentFixture();
        WireIdentity id = the.place().id;
        var identity = "e30." + config.origid() + ".c;info=<" + config.x5u() + ">;alg=ES256;ppt=shaken";
        id.signature.append("Identity: " + identity + "\r\n");
        the.sent();
        the.passes(Duration.ofMillis(500));
        return List.of(the.sentOne().text());
    }
}
