package io.flashcall.engine.simulation;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Cidr;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.RingPolicy.After183;
import io.flashcall.engine.RingPolicy.Also183;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.simulation.Network.Weather;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// What a universe is like: its timers, its trunks, its weather, how busy it is.
///
/// @param phase         where its monotonic clock starts, which may be just before it wraps
/// @param calls         how many are asked for
/// @param span          within which they are asked for
/// @param stalling      share of cycles after which the loop sleeps
/// @param longestStall  for how long at most
/// @param refusing      share of datagrams that the system refuses to send
/// @param consumerNap   how long the consumer sleeps between two looks at the queue; 0: it looks after each
/// cycle
/// @param consumerTakes how many events it takes at a look
record Conditions(
        EngineConfig config,
        long phase,
        Weather out,
        Weather in,
        int calls,
        long span,
        double stalling,
        long longestStall,
        double refusing,
        long consumerNap,
        int consumerTakes) {

    static final InetSocketAddress AGENT = address("10.0.0.1", 5060);
    static final int TRUNKS = 2;

    private static final long MILLI = 1_000_000L;

    static Conditions drawn(Chance chance) {
        long t1 = chance.pick(10L, 40L, 200L, 500L) * MILLI;
        boolean stalls = chance.of(0.3);
        int calls = (int) chance.between(10, 50);
        return new Conditions(
                config(chance, t1),
                chance.pick(0L, chance.bits() / 2, Long.MAX_VALUE - chance.between(0, 200 * t1)),
                Weather.drawn(chance, t1),
                Weather.drawn(chance, t1),
                calls,
                chance.between(10, 150) * t1,
                stalls ? chance.pick(0.001, 0.05) : 0,
                stalls ? chance.between(1, t1) : 0,
                chance.of(0.2) ? 0.02 : 0,
                chance.of(0.3) ? chance.between(1, 20 * t1) : 0,
                (int) chance.between(1, 20));
    }

    private static EngineConfig config(Chance chance, long t1) {
        var least = Duration.ofNanos(t1);
        long tick = chance.pick(1L, 2L, Math.min(100, Math.max(1, t1 / MILLI / 20)));
        var timers = new SipTimers(
                least,
                least.multipliedBy(8),
                least.multipliedBy(64),
                least.multipliedBy(chance.pick(16, 64, 64)),
                Duration.ofMillis(tick));
        int slots = chance.pick(2, 8, 64);
        int events = chance.pick(8, 32, 256, 1024);
        var agents = new UserAgentConfig(1, AGENT, List.of(), slots, events, 1 << 20);
        return new EngineConfig(agents, timers, List.of(trunk(chance, 1, t1), trunk(chance, 2, t1)));
    }

    private static TrunkConfig trunk(Chance chance, int number, long t1) {
        RingPolicy policy = chance.pick(
                new Only180(), new Only180(), new Also183(), new After183(Duration.ofNanos(chance.between(1, 8) * t1)));
        var calls = new CallPolicy(
                policy,
                Duration.ofNanos(chance.between(0, 20) * t1),
                Duration.ofNanos(Math.max(100 * MILLI, chance.between(4, 100) * t1)),
                chance.pick(3, 100, 100),
                chance.pick(5, 100, 100_000));
        return new TrunkConfig(
                "trunk-" + number,
                PeerConfig.at(address("10." + number + ".0.1", 5060), List.of(Cidr.parse("10." + number + ".0.0/24"))),
                new CallerIds(List.of(CallerIds.Range.parse("+1202555xxxx")), true),
                NumberPolicy.PLUS_E164,
                calls);
    }

    TrunkConfig trunk(int index) {
        return config.trunks().get(index);
    }

    /// Where INVITEs over that trunk go.
    InetSocketAddress target(int trunk) {
        return address(trunk(trunk).peer().target().host(), 5060);
    }

    /// Whose datagrams that trunk listens to, which is also where it may send to. Worked out apart from the
    /// engine.
    boolean isSource(int trunk, InetSocketAddress address) {
        return address.getHostString().startsWith("10." + (trunk + 1) + ".0.");
    }

    boolean isAnySource(InetSocketAddress address) {
        return isSource(0, address) || isSource(1, address);
    }

    long t1() {
        return config.timers().t1().toNanos();
    }

    long t2() {
        return config.timers().t2().toNanos();
    }

    /// Timers B, F, H and the wait after CANCEL.
    long timeout() {
        return config.timers().timeout().toNanos();
    }

    long linger() {
        return config.timers().linger().toNanos();
    }

    /// How late a timer of the agent may be.
    long slack() {
        return 2 * config.timers().tick().toNanos() + longestStall;
    }

    static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
