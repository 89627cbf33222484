package io.flashcall.engine.trunk;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.RedirectPolicy;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.call.CallTerms;
import io.flashcall.engine.call.RefusalTable;
import io.flashcall.engine.call.RingRule;
import io.flashcall.engine.telemetry.EngineSnapshot.TrunkSnapshot;
import io.flashcall.engine.transport.TlsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One carrier at run time: its configuration, and the pace and channels that all user agents share. Any
/// thread.
///
/// Its configuration never changes: a reload that changes it makes a successor under the same name, and this one
/// leaves when its last call is over.
public final class Trunk {

    private static final Logger LOG = LoggerFactory.getLogger(Trunk.class);

    private final int index;
    private final TrunkConfig config;
    /// For how long what hosts of the past say is listened to: longer than a call and what is left of it may last.
    private static final long REMEMBERED_NANOS = 1_200_000_000_000L;

    private volatile TargetSet targets;
    private volatile List<Former> before = List.of();
    private volatile Sources sources;
    private volatile Sources redirects;
    private final RingRule ringRule;
    private final CallTerms terms;
    private final RefusalTable refusals;
    private final Pace pace;
    private final Gate gate;
    private final TrunkIdentity identity;
    private final Map<Integer, RegistrationStatus> registrations = new ConcurrentSkipListMap<>();

    /// In use under this name: its own, and those of its predecessors.
    private final AtomicInteger channels;

    /// Its own live calls.
    private final AtomicInteger calls = new AtomicInteger();

    private volatile Runnable search = () -> {};
    private volatile boolean leaving;
    private volatile boolean rejected;
    private volatile @Nullable TrunkSecrets secrets;

    /// Hosts that it had.
    private record Former(TargetSet hosts, long leftAt) {}

    /// @param index position among the engine's trunks
    /// @param now   monotonic nanoseconds
    public Trunk(int index, TrunkConfig config, long now) {
        this(index, config, new AtomicInteger(), new Pace(config.calls().callsPerSecond(), now), new Gate(config, now));
    }

    private Trunk(int index, TrunkConfig config, AtomicInteger channels, Pace pace, Gate known) {
        this.index = index;
        this.config = config;
        this.channels = channels;
        this.pace = pace;
        targets = TargetSet.of(config.peer().target()).orElse(TargetSet.EMPTY);
        sources = new Sources(blocks());
        redirects = redirectSources();
        ringRule = new RingRule(config.calls().ringPolicy());
        refusals = new RefusalTable(config.options().refusals());
        terms = terms(config.calls().ringTime(), config.calls().setupTimeout());
        identity = new TrunkIdentity(config.name());
        gate = known;
    }

    /// The trunk that is to take this one's place. What was learnt of the carrier and still holds goes over to it:
    /// channels in use, the turns that are taken, where it is, whether it takes our credentials.
    ///
    /// @param theirs the secrets of the new configuration
    /// @param now    monotonic nanoseconds
    public Trunk successor(int newIndex, TrunkConfig next, TrunkSecrets theirs, long now) {
        var turns = next.calls().callsPerSecond() == config.calls().callsPerSecond()
                ? pace
                : pace.continuedAt(next.calls().callsPerSecond(), now);
        var successor = new Trunk(newIndex, next, channels, turns, gate.continuedBy(next, isSamePlace(next), now));
        successor.secrets(theirs);
        if (successor.targets.targets().isEmpty() && isSamePlace(next)) {
            successor.use(targets);
        }
        successor.rejected = rejected && successor.hasCredentialsOf(this);
        return successor;
    }

    private boolean isSamePlace(TrunkConfig other) {
        return config.peer().target().equals(other.peer().target())
                && config.peer().transports().equals(other.peer().transports());
    }

    /// Whether the carrier sees the same user name and password of both.
    public boolean hasCredentialsOf(Trunk other) {
        var ours = config.peer().credentials().map(Credentials::username);
        var theirs = other.config.peer().credentials().map(Credentials::username);
        return ours.isPresent() && ours.equals(theirs) && Arrays.equals(knownPassword(), other.knownPassword());
    }

    private byte @Nullable [] knownPassword() {
        var known = secrets;
        return known == null ? null : known.password().orElse(null);
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
    /// there. What others asked of us does not hold for them.
    public void targets(TargetSet located) {
        boolean others = !Set.copyOf(located.targets()).equals(Set.copyOf(targets.targets()));
        use(located);
        if (others) {
            gate.backOff().forget();
        }
    }

    private synchronized void use(TargetSet located) {
        long now = System.nanoTime();
        var kept = new ArrayList<Former>();
        before.stream()
                .filter(former -> now - former.leftAt() < REMEMBERED_NANOS)
                .filter(former -> !former.hosts().equals(targets))
                .forEach(kept::add);
        kept.add(new Former(targets, now));
        before = List.copyOf(kept);
        targets = located;
        sources = new Sources(blocks());
        redirects = redirectSources();
    }

    /// Who looks up where it is, ahead of time; it must not wait for the answer.
    public void searchedBy(Runnable searcher) {
        search = searcher;
    }

    /// None of its hosts takes calls: where it has a name, that is looked up.
    public void search() {
        search.run();
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

    /// Whether a redirection may send a call to that address, IPv4 in its v4-mapped form, if it may send one
    /// anywhere.
    public boolean mayRedirectTo(long hiBits, long loBits) {
        return redirects.contains(hiBits, loBits);
    }

    private Sources redirectSources() {
        var named = redirectHosts();
        var further = named.isEmpty() ? config.peer().sources() : named;
        return new Sources(Stream.concat(further.stream(), hosts()).toList());
    }

    private Stream<Cidr> hosts() {
        return Stream.concat(Stream.of(targets), before.stream().map(Former::hosts))
                .flatMap(set -> set.targets().stream())
                .map(target -> Cidr.of(target.address().getAddress()));
    }

    /// Whose messages are listened to, any port.
    public Sources sources() {
        return sources;
    }

    /// What it wants of a call, and its caller: one object for all calls whose caller has no wishes.
    public CallTerms terms(Optional<Duration> ringTime, Optional<Duration> setupTimeout) {
        if (ringTime.isEmpty() && setupTimeout.isEmpty()) {
            return terms;
        }
        return terms(
                ringTime.orElse(config.calls().ringTime()),
                setupTimeout.orElse(config.calls().setupTimeout()));
    }

    private CallTerms terms(Duration ringTime, Duration setupTimeout) {
        long failover = config.peer().failover().failoverAfter().toNanos();
        return new CallTerms(ringRule, refusals, ringTime.toNanos(), setupTimeout.toNanos(), failover);
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

    /// What its files hold, from now on: new connections, challenges and signatures use it.
    public void secrets(TrunkSecrets loaded) {
        secrets = loaded;
        identity.use(loaded.signer());
    }

    /// What its files held when they were read last; empty before that.
    public Optional<TrunkSecrets> secrets() {
        return Optional.ofNullable(secrets);
    }

    /// What its TLS connections are made with; empty before [#secrets], and where it has none.
    public Optional<TlsSettings> tls() {
        return secrets().flatMap(TrunkSecrets::tls);
    }

    /// The password of its credentials, read now if it has not been.
    ///
    /// @return empty where it has no credentials
    /// @throws IOException naming the file that cannot be read
    public Optional<byte[]> password() throws IOException {
        var known = secrets;
        if (known != null) {
            return known.password();
        }
        var credentials = config.peer().credentials();
        return credentials.isEmpty()
                ? Optional.empty()
                : Optional.of(credentials.get().password().read());
    }

    /// With what its calls are signed.
    public TrunkIdentity identity() {
        return identity;
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

    /// Takes a channel, if one is free and the trunk is not leaving.
    public boolean acquireChannel() {
        calls.incrementAndGet();
        // Asked only now: whoever sees no call of a trunk that leaves knows that none will come.
        if (leaving || !acquireShared()) {
            calls.decrementAndGet();
            return false;
        }
        return true;
    }

    private boolean acquireShared() {
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
        calls.decrementAndGet();
    }

    /// Of those that `max_channels` bounds: its predecessors' live calls count too.
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

    /// Its own live calls.
    public int liveCalls() {
        return calls.get();
    }

    /// It takes no more calls.
    public void leave() {
        leaving = true;
    }

    public boolean isLeaving() {
        return leaving;
    }

    /// Whether it leaves and its last call is over: no other will come.
    public boolean isDone() {
        return leaving && calls.get() == 0;
    }
}
