package io.flashcall.engine.capture;

import io.flashcall.engine.CaptureConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an engine's configuration wants captured: it sees the engine's messages, and is closed after the
/// engine, so that the last ones are kept too.
///
/// Thread-safe.
public final class Capture implements AutoCloseable {

    private final @Nullable HepSender hep;
    private final @Nullable PcapWriter pcap;

    private Capture(@Nullable HepSender hep, @Nullable PcapWriter pcap) {
        this.hep = hep;
        this.pcap = pcap;
    }

    /// Starts what is configured.
    ///
    /// @throws IOException naming the collector that cannot be found, or the path that cannot be written
    public static Capture start(CaptureConfig config) throws IOException {
        var hep = config.hep().isPresent() ? HepSender.start(config.hep().get()) : null;
        try {
            return new Capture(
                    hep,
                    config.pcap().isPresent() ? PcapWriter.start(config.pcap().get()) : null);
        } catch (IOException | RuntimeException e) {
            if (hep != null) {
                hep.close();
            }
            throw e;
        }
    }

    /// What to show each message to, besides another listener: that one alone when nothing is captured.
    public TraceListener besides(TraceListener other) {
        return hep == null && pcap == null ? other : TraceListener.all(other, orNone(hep), orNone(pcap));
    }

    private static TraceListener orNone(@Nullable TraceListener listener) {
        return listener == null ? TraceListener.NONE : listener;
    }

    /// What became of the messages: for `hep`, if there is a collector, and `pcap`, if there are files.
    public Map<String, CaptureCounters> counters() {
        var counters = new LinkedHashMap<String, CaptureCounters>();
        if (hep != null) {
            counters.put("hep", hep.counters());
        }
        if (pcap != null) {
            counters.put("pcap", pcap.counters());
        }
        return counters;
    }

    /// Delivers what was captured, for a bounded time; to be called after the engine was closed.
    @Override
    public void close() {
        if (hep != null) {
            hep.close();
        }
        if (pcap != null) {
            pcap.close();
        }
    }
}
