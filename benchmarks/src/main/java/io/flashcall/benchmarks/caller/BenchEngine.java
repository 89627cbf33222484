package io.flashcall.benchmarks.caller;

import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// The engine in this process, with one user agent and a trunk that lets everything through.
final class BenchEngine {

    private static final String TRUNK = "peer";
    private static final Duration SETUP = Duration.ofSeconds(12);
    private static final int MOST_CHANNELS = 4_000_000;
    private static final int HIGHEST_PACE = 100_000;
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int EVENTS_A_CALL = 5;

    private BenchEngine() {}

    /// @param farEnd `ADDR:PORT`
    /// @param calls  at once
    static Engine start(String farEnd, Duration ring, int calls, CallEventListener listener) throws IOException {
        var trunk = new TrunkConfig(
                TRUNK,
                PeerConfig.at(SipTarget.parse(farEnd)),
                new CallerIds(List.of(CallerIds.Range.parse("+120255501xx")), true),
                NumberPolicy.PLUS_E164,
                new CallPolicy(new RingPolicy.Only180(), ring, SETUP, MOST_CHANNELS, HIGHEST_PACE));
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var agents = new UserAgentConfig(1, local, List.of(), calls, EVENTS_A_CALL * calls, RECEIVE_BUFFER);
        return Engine.start(new EngineConfig(agents, SipTimers.STANDARD, List.of(trunk)), listener);
    }

    /// The request of call `number`, which is its reference.
    static CallRequest request(long number) {
        return CallRequest.of(TRUNK, "+12025550123", "+442079460123", Long.toString(number));
    }
}
