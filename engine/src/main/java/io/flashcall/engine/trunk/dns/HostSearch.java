package io.flashcall.engine.trunk.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The second half of RFC 3263: the addresses of hosts, all asked for at once.
final class HostSearch {

    /// What a host has.
    ///
    /// @param addresses  that can be called, IPv6 before IPv4; else in the order of their bytes, for DNS
    ///                   turns them round
    /// @param timeToLive the shortest of its records; one hour without any
    /// @param failure    what DNS did not answer, when there is no address
    record Host(List<InetAddress> addresses, Duration timeToLive, Optional<String> failure) {}

    private final DnsClient dns;
    private final AddressFamilies families;

    HostSearch(DnsClient dns, AddressFamilies families) {
        this.dns = dns;
        this.families = families;
    }

    /// @throws InterruptedException when the thread is interrupted; every question is over by then
    Map<String, Host> search(Collection<String> names) throws InterruptedException {
        List<Callable<DnsAnswer<InetAddress>>> questions = new ArrayList<>();
        for (String name : names) {
            if (families.hasIpv6()) {
                questions.add(() -> dns.aaaa(name));
            }
            if (families.hasIpv4()) {
                questions.add(() -> dns.a(name));
            }
        }
        int perName = questions.size() / Math.max(1, names.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(questions).iterator();
            Map<String, Host> hosts = new LinkedHashMap<>();
            for (String name : names) {
                List<DnsAnswer<InetAddress>> ofName = new ArrayList<>();
                for (int i = 0; i < perName; i++) {
                    ofName.add(outcome(answers.next()));
                }
                hosts.put(name, host(ofName));
            }
            return hosts;
        }
    }

    private static DnsAnswer<InetAddress> outcome(Future<DnsAnswer<InetAddress>> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a DNS client threw (expected: an answer)", e.getCause());
        }
    }

    private Host host(List<DnsAnswer<InetAddress>> answers) {
        List<InetAddress> addresses = new ArrayList<>();
        Duration timeToLive = Located.LONGEST;
        Optional<String> failure = Optional.empty();
        for (var answer : answers) {
            switch (answer) {
                case DnsAnswer.Found<InetAddress>(var records, var ttl) -> {
                    records.stream().filter(this::isCallable).forEach(addresses::add);
                    timeToLive = ttl.compareTo(timeToLive) < 0 ? ttl : timeToLive;
                }
                case DnsAnswer.Absent<InetAddress>() -> {}
                case DnsAnswer.Failed<InetAddress>(var reason) -> failure = Optional.of(reason);
            }
        }
        addresses.sort(IN_ORDER);
        return new Host(
                addresses.stream().distinct().toList(), timeToLive, addresses.isEmpty() ? failure : Optional.empty());
    }

    private static final Comparator<InetAddress> IN_ORDER = Comparator.comparing(
                    (InetAddress address) -> address instanceof Inet4Address)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    /// Loopback is: carriers run there in tests and behind tunnels.
    private boolean isCallable(InetAddress address) {
        return families.reaches(address) && !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }
}
