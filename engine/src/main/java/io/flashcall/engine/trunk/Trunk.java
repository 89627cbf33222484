package io.flashcall.engine.trunk;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.call.RefusalTable;
import io.flashcall.engine.call.RingRule;
import io.flashcall.engine.transport.TlsSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
    private final RingRule ringRule;
    private final RefusalTable refusals;
    private final Pace pace;
    private final AtomicInteger channels = new AtomicInteger();
    private volatile boolean rejected;
    private volatile Optional<TlsSettings> tls = Optional.empty();

    /// @param index position among the engine's trunks
    /// @param now   monotonic nanoseconds
    public Trunk(int index, TrunkConfig config, long now) {
        this.index = index;
        this.config = config;
        targets = TargetSet.of(config.peer().target()).orElse(TargetSet.EMPTY);
        sources = new Sources(blocks());
        ringRule = new RingRule(config.calls().ringPolicy());
        refusals = new RefusalTable(config.options().refusals());
        pace = new Pace(config.calls().callsPerSecond(), now);
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
    }

    /// The blocks of addresses that [#sources] holds.
    public List<Cidr> blocks() {
        var hosts = Stream.of(targets, before)
                .flatMap(set -> set.targets().stream())
                .map(target -> Cidr.of(target.address().getAddress()));
        return Stream.concat(config.peer().sources().stream(), hosts).distinct().toList();
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
}
