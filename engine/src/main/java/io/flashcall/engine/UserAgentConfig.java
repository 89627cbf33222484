package io.flashcall.engine;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// The pool of user agents: each has an event loop, a socket and a table of calls of its own.
///
/// @param count              1 to 64
/// @param local              where the first agent binds; each further agent takes the next port, or any when
/// the port is 0
/// @param sharedPort         whether all agents bind that one port, for carriers that accept calls from a single
/// one; what the system gives to another agent than it is for is handed over
/// @param advertised         `host` or `host:port` for Via, Contact and SDP, one for each agent, or one where the
/// port is shared; empty: the local address that routing chooses for each trunk
/// @param maxCalls           slots of each agent, 1 to 4,000,000: calls in the air and those that still wait
/// for a peer
/// @param eventCapacity      undelivered events that each agent can hold, 8 to 67,108,864; a call reserves 5
/// @param receiveBufferBytes socket receive buffer to ask for
public record UserAgentConfig(
        int count,
        InetSocketAddress local,
        boolean sharedPort,
        List<String> advertised,
        int maxCalls,
        int eventCapacity,
        int receiveBufferBytes) {

    private static final int MOST_AGENTS = 64;
    private static final int MOST_CALLS = 4_000_000;
    private static final int LEAST_EVENTS = 8;
    private static final int MOST_EVENTS = 1 << 26;
    private static final int LEAST_BUFFER = 64 * 1024;
    private static final int LAST_PORT = 65_535;

    public UserAgentConfig {
        advertised = List.copyOf(advertised);
        new Problems("user_agents")
                .check(count >= 1 && count <= MOST_AGENTS, "count", count, "1 to " + MOST_AGENTS)
                .check(!local.isUnresolved(), "local", local, "an IP address and port")
                .check(
                        sharedPort || local.getPort() == 0 || local.getPort() + count - 1 <= LAST_PORT,
                        "local",
                        local,
                        "room for " + count + " ports")
                .check(
                        advertised.isEmpty() || advertised.size() == (sharedPort ? 1 : count),
                        "advertised",
                        advertised,
                        sharedPort
                                ? "none, or one for the shared port"
                                : "none, or one for each of the " + count + " agents")
                .check(
                        advertised.stream().allMatch(WireHost::isHostAndPort),
                        "advertised",
                        advertised,
                        "host or host:port, IPv6 in brackets, not a wildcard")
                .check(maxCalls >= 1 && maxCalls <= MOST_CALLS, "max_calls", maxCalls, "1 to " + MOST_CALLS)
                .check(
                        eventCapacity >= LEAST_EVENTS && eventCapacity <= MOST_EVENTS,
                        "event_capacity",
                        eventCapacity,
                        LEAST_EVENTS + " to " + MOST_EVENTS)
                .check(
                        receiveBufferBytes >= LEAST_BUFFER,
                        "receive_buffer",
                        receiveBufferBytes,
                        "at least " + LEAST_BUFFER + " bytes")
                .throwIfAny();
    }

    /// Agents with a port each.
    public UserAgentConfig(
            int count,
            InetSocketAddress local,
            List<String> advertised,
            int maxCalls,
            int eventCapacity,
            int receiveBufferBytes) {
        this(count, local, false, advertised, maxCalls, eventCapacity, receiveBufferBytes);
    }

    /// The same agents, all on the port of the first.
    public UserAgentConfig withSharedPort() {
        return new UserAgentConfig(count, local, true, advertised, maxCalls, eventCapacity, receiveBufferBytes);
    }

    /// Defaults for `count` agents: 16,384 calls and 131,072 events each, 8 MiB of receive buffer.
    public static UserAgentConfig of(int count, InetSocketAddress local) {
        return new UserAgentConfig(count, local, List.of(), 16_384, 131_072, 8 * 1024 * 1024);
    }

    /// The port of agent `index`, or 0 for any.
    public int port(int index) {
        return local.getPort() == 0 || sharedPort ? local.getPort() : local.getPort() + index;
    }

    /// What agent `index` advertises, or nothing.
    public Optional<String> advertised(int index) {
        return advertised.isEmpty() ? Optional.empty() : Optional.of(advertised.get(sharedPort ? 0 : index));
    }

    /// Whether a socket bound as `local` says may send to `target`: same IP version, a wildcard IPv6 socket, or
    /// a name, of which nobody knows yet.
    boolean mayReach(SipTarget target) {
        boolean four = local.getAddress() instanceof Inet4Address;
        boolean both = local.getAddress().isAnyLocalAddress() && !four;
        return both || !target.isAddress() || four != target.host().startsWith("[");
    }
}
