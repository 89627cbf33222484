package io.flashcall.engine.trunk;

import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.call.RingRule;
import io.flashcall.engine.transport.Endpoint;
import java.util.concurrent.atomic.AtomicInteger;

/// One carrier at run time: its configuration, and the pace and channels that all user agents share. Any thread.
public final class Trunk {

    private final int index;
    private final TrunkConfig config;
    private final Endpoint target;
    private final Sources sources;
    private final RingRule ringRule;
    private final Pace pace;
    private final AtomicInteger channels = new AtomicInteger();

    /// @param index position among the engine's trunks
    /// @param now   monotonic nanoseconds
    public Trunk(int index, TrunkConfig config, long now) {
        this.index = index;
        this.config = config;
        target = Endpoint.of(config.target());
        sources = new Sources(config.sources());
        ringRule = new RingRule(config.calls().ringPolicy());
        pace = new Pace(config.calls().callsPerSecond(), now);
    }

    public int index() {
        return index;
    }

    public TrunkConfig config() {
        return config;
    }

    /// Where INVITEs go. Do not change it.
    public Endpoint target() {
        return target;
    }

    public Sources sources() {
        return sources;
    }

    public RingRule ringRule() {
        return ringRule;
    }

    public Pace pace() {
        return pace;
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
