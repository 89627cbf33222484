package io.flashcall.engine;

import java.net.InetSocketAddress;
import java.util.List;

/// One carrier to send calls to. An instance that exists is valid.
///
/// @param name      1 to 32 of `a-z 0-9 - _`
/// @param target    where INVITEs go
/// @param sources   whose datagrams are listened to, any port; empty: the target's address
/// @param callerIds the numbers that may be shown
/// @param numbers   how numbers and caller ids are written
/// @param calls     ring policy, times, pace and channels
public record TrunkConfig(
        String name,
        InetSocketAddress target,
        List<Cidr> sources,
        CallerIds callerIds,
        NumberPolicy numbers,
        CallPolicy calls) {

    public TrunkConfig {
        sources = sources.isEmpty() && !target.isUnresolved()
                ? List.of(Cidr.of(target.getAddress()))
                : List.copyOf(sources);
        new Problems("trunks." + name)
                .check(name.matches("[a-z0-9_-]{1,32}"), "name", name, "1 to 32 of a-z 0-9 - _")
                .check(
                        !target.isUnresolved()
                                && target.getPort() > 0
                                && !target.getAddress().isAnyLocalAddress(),
                        "target",
                        target,
                        "an IP address and port")
                .throwIfAny();
    }
}
