package io.flashcall.engine.trunk;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.RedirectPolicy;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.call.RefusalTable;
import io.flashcall.engine.call.RingRule;
import io.flashcall.engine.telemetry.EngineSnapshot.TrunkSnapshot;
import io.flashcall.engine.transport.TlsSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One carrier at run time: its configuration, and the pace and channels that all user agents share. Any
/// thread.
public final class Trunk {

    private static final Logger LOG = LoggerFactory.getLogger(Trunk.class);

    private final int index;
    private final TrunkConfig config;
    private volatile TargetSet targets;
    private volatile TargetSet before = TargetSet.EMPTY;
    private volatile Sources sources;
    private volatile Sources redirects;
    private final RingRule ringRule;
    private final RefusalTable refusals;
    private final Pace pace;
    private final Gate gate;
    private final AtomicInteger channels = new AtomicInteger();
    private final Map<Integer, RegistrationStatus> registrations = new ConcurrentSkipListMap<>();
    private volatile boolean rejected;
    private volatile Optional<TlsSettings> tls = Optional.empty();
    private final TrunkIdentity identity;

    /// @param index position among the engine's trunks
    /// @param now   monotonic nanoseconds
    public Trunk(int index, TrunkConfig config, long now) {
        this.index = index;
        this.config = config;
        targets = TargetSet.of(config.peer().target()).orElse(TargetSet.EMPTY);
        sources = new Sources(blocks());
        redirects = redirectSources();
        ringRule = new RingRule(config.calls().ringPolicy());
        refusals = new RefusalTable(config.options().refusals());
        pace = new Pace(config.calls().callsPerSecond(), now);
        identity = new TrunkIdentity(config.name(), config.options().stir());
        gate = new Gate(config, now);
    }

    public int index() {
        return index;
    }

    public TrunkConfig config() {
        return config;
    }

    /// Where INVITEs go: empty while the carrier's name is not resolved.
    public TargetSet targets() {
        return targets;
    }

    /// Its hosts are others from now on. Those that it had before are still listened to: calls are under way
    /// there.
    public void targets(TargetSet located) {
        before = targets;
        targets = located;
        sources = new Sources(blocks());
        redirects = redirectSources();
        gate.backOff().forget();
    }

    /// The blocks of addresses that [#sources] holds.
    public List<Cidr> blocks() {
        var configured = Stream.concat(config.peer().sources().stream(), redirectHosts().stream());
        return Stream.concat(configured, hosts()).distinct().toList();
    }

    /// What redirections may name besides its own hosts.
    private List<Cidr> redirectHosts() {
        return config.options().redirects().map(RedirectPolicy::hosts).orElse(List.of());
    }

    /// Whether a redirection may send a call to that address, IPv4 in its v4-mapped form, if it may send one anywhere.
    public boolean mayRedirectTo(long hiBits, long loBits) {
        return redirects.contains(hiBits, loBits);
    }

    private Sources redirectSources() {
        var named = redirectHosts();
        var further = named.isEmpty() ? config.peer().sources() : named;
        return new Sources(Stream.concat(further.stream(), hosts()).toList());
    }

    private Stream<Cidr> hosts() {
        return Stream.of(targets, before)
                .flatMap(set -> set.targets().stream())
                .map(target -> Cidr.of(target.address().getAddress()));
    }

    /// Whose messages are listened to, any port.
    public Sources sources() {
        return sources;
    }

    public RingRule ringRule() {
        return ringRule;
    }

    /// What it means by its refusals.
    public RefusalTable refusals() {
        return refusals;
    }

    public Pace pace() {
        return pace;
    }

    /// What else may keep calls from it.
    public Gate gate() {
        return gate;
    }

    /// Reads the files of its TLS connections, if it may have any; blocks. New connections use what they hold now.
    ///
    /// @throws IOException naming the file, and what was expected there
    public void loadTls() throws IOException {
        var peer = config.peer();
        if (peer.transports().contains(SipTransport.TLS)) {
            String domain = peer.target().host().replaceAll("[\\[\\]]", "");
            tls = Optional.of(TlsSettings.load(peer.tls(), domain));
        }
    }

    /// What its TLS connections are made with; empty before [#loadTls], and where it has none.
    public Optional<TlsSettings> tls() {
        return tls;
    }

    /// With what its calls are signed.
    public TrunkIdentity identity() {
        return identity;
    }

    /// Reads the key that its calls are signed with, if they are; blocks. To be called once at the start, and
    /// whenever the file may have changed. Calls under way keep the signature that they have.
    ///
    /// @throws IOException naming the file, and what was expected there; the key in use stays in use
    public void reloadStir() throws IOException {
        identity.reload();
    }

    /// The same, with another key file, certificate or attestation, or none from now on.
    ///
    /// @throws IOException naming the file, and what was expected there; what was in use stays in use
    public void reloadStir(Optional<StirConfig> wanted) throws IOException {
        identity.replace(wanted);
    }

    /// The carrier has refused our credentials.
    public void onRejected() {
        if (!rejected) {
            rejected = true;
            LOG.error("trunk {}: the carrier refuses our credentials", config.name());
        }
    }

    /// The carrier has taken our credentials.
    public void onAccepted() {
        if (rejected) {
            rejected = false;
            LOG.info("trunk {}: the carrier takes our credentials again", config.name());
        }
    }

    /// Whether the carrier refused our credentials the last time that it was shown them.
    public boolean isRejected() {
        return rejected;
    }

    /// How one of the user agents stands with the registrar.
    public void onRegistration(RegistrationStatus status) {
        registrations.put(status.agent(), status);
    }

    /// How each user agent stands with the registrar, in their order; empty where the trunk does not register.
    public List<RegistrationStatus> registrations() {
        return List.copyOf(registrations.values());
    }

    /// Takes a channel, if one is free.
    public boolean acquireChannel() {
        int most = config.calls().maxChannels();
        int used = channels.get();
        while (used < most) {
            int seen = channels.compareAndExchange(used, used + 1);
            if (seen == used) {
                return true;
            }
            used = seen;
        }
        return false;
    }

    public void releaseChannel() {
        channels.decrementAndGet();
    }

    public int channelsInUse() {
        return channels.get();
    }

    /// @param now monotonic nanoseconds
    public TrunkSnapshot snapshot(long now) {
        return new TrunkSnapshot(
                config.name(),
                channelsInUse(),
                gate.backOff().isResting(now),
                gate.standings().withheld(now),
                gate.guard().state() != Guard.State.OPEN);
    }
}
