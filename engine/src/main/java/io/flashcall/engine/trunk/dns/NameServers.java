package io.flashcall.engine.trunk.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.hosts.HostsFileParser;

/// Whom a [DnsJavaClient] asks. Any thread.
interface NameServers {

    /// In the order of preference; at least one.
    List<InetSocketAddress> servers();

    /// None of them answered: perhaps there are others by now.
    void noneAnswered();

    /// What this machine itself says of a host, which goes before DNS.
    ///
    /// @param type A or AAAA
    Optional<InetAddress> local(Name name, int type);

    /// Those of the configuration, and nothing local.
    static NameServers of(List<InetSocketAddress> servers) {
        List<InetSocketAddress> fixed = List.copyOf(servers);
        if (fixed.isEmpty() || fixed.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("name servers: " + servers + " (expected: addresses, at least one)");
        }
        return new Fixed(fixed);
    }

    /// This machine's own: `/etc/resolv.conf` and `/etc/hosts`, read again when they change.
    static NameServers ofSystem() {
        return new OfSystem(new HostsFileParser());
    }

    record Fixed(List<InetSocketAddress> servers) implements NameServers {

        @Override
        public void noneAnswered() {}

        @Override
        public Optional<InetAddress> local(Name name, int type) {
            return Optional.empty();
        }
    }

    /// @param hosts looks at the file's time itself
    record OfSystem(HostsFileParser hosts) implements NameServers {

        @Override
        public List<InetSocketAddress> servers() {
            return ResolverConfig.getCurrentConfig().servers();
        }

        @Override
        public void noneAnswered() {
            ResolverConfig.refresh();
        }

        @Override
        public Optional<InetAddress> local(Name name, int type) {
            try {
                return hosts.getAddressForHost(name, type);
            } catch (IOException _) {
                return Optional.empty();
            }
        }
    }
}
