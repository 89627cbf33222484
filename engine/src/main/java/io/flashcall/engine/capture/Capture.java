package io.flashcall.engine.capture;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.CaptureConfig;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that a configuration wants captured: give it to the engine as its trace, let it hear the call events if
/// ladders are to be found by their reference, and close it after the engine.
///
/// Thread-safe.
public final class Capture implements TraceListener, CallEventListener, AutoCloseable {

    private final @Nullable HepSender hep;
    private final @Nullable PcapWriter pcap;
    private final @Nullable RecentLadders ladders;
    private final TraceListener trace;

    private Capture(@Nullable HepSender hep, @Nullable PcapWriter pcap, @Nullable RecentLadders ladders) {
        this.hep = hep;
        this.pcap = pcap;
        this.ladders = ladders;
        trace = TraceListener.all(orNone(hep), orNone(pcap), orNone(ladders));
    }

    private static TraceListener orNone(@Nullable TraceListener listener) {
        return listener == null ? NONE : listener;
    }

    /// Starts what is configured.
    ///
    /// @throws IOException naming the path of a capture file that cannot be written
    public static Capture start(CaptureConfig config) throws IOException {
        // The files first: they alone can fail.
        var pcap = config.pcap().isPresent() ? PcapWriter.start(config.pcap().get()) : null;
        var hep = config.hep().map(HepSender::start).orElse(null);
        var ladders = config.ladderBytes() > 0 ? RecentLadders.start(config.ladderBytes()) : null;
        return new Capture(hep, pcap, ladders);
    }

    /// What to give the engine: the same as this, but [TraceListener#NONE] when nothing is captured, so that
    /// nothing is done for it.
    public TraceListener trace() {
        return trace;
    }

    @Override
    public void onMessage(WireMessage message) {
        trace.onMessage(message);
    }

    @Override
    public void onEvent(CallEvent event) {
        if (ladders != null) {
            ladders.onEvent(event);
        }
    }

    /// The ladders of recent calls, if they are kept.
    public Optional<RecentLadders> ladders() {
        return Optional.ofNullable(ladders);
    }

    /// What became of the messages for the HEP collector, if there is one.
    public Optional<CaptureCounters> hep() {
        return Optional.ofNullable(hep).map(HepSender::counters);
    }

    /// What became of the messages for the capture files, if there are any.
    public Optional<CaptureCounters> pcap() {
        return Optional.ofNullable(pcap).map(PcapWriter::counters);
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
        if (ladders != null) {
            ladders.close();
        }
    }
}
