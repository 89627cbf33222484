package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.trunk.dns.DnsAnswer.Absent;
import io.flashcall.engine.trunk.dns.DnsAnswer.Failed;
import io.flashcall.engine.trunk.dns.DnsAnswer.Found;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// DNS as a table. What is not in it does not exist.
final class TableDns implements DnsClient {

    private final Map<String, DnsAnswer<NaptrRecord>> naptr = new ConcurrentHashMap<>();
    private final Map<String, DnsAnswer<SrvRecord>> srv = new ConcurrentHashMap<>();
    private final Map<String, DnsAnswer<InetAddress>> addresses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    TableDns naptr(String name, int seconds, NaptrRecord... records) {
        naptr.put(name, new Found<>(List.of(records), Duration.ofSeconds(seconds)));
        return this;
    }

    TableDns srv(String name, int seconds, SrvRecord... records) {
        srv.put(name, new Found<>(List.of(records), Duration.ofSeconds(seconds)));
        return this;
    }

    TableDns a(String name, int seconds, String... literals) {
        addresses.put("A " + name, found(seconds, literals));
        return this;
    }

    TableDns aaaa(String name, int seconds, String... literals) {
        addresses.put("AAAA " + name, found(seconds, literals));
        return this;
    }

    /// @param question such as `A sip1.carrier.example`
    TableDns fails(String question) {
        int space = question.indexOf(' ');
        String name = question.substring(space + 1);
        switch (question.substring(0, space)) {
            case "NAPTR" -> naptr.put(name, new Failed<>(question + ": SERVFAIL"));
            case "SRV" -> srv.put(name, new Failed<>(question + ": SERVFAIL"));
            default -> addresses.put(question, new Failed<>(question + ": SERVFAIL"));
        }
        return this;
    }

    /// Every question so far, in alphabetical order, for some are asked at once.
    List<String> asked() {
        return asked.stream().sorted().toList();
    }

    private static DnsAnswer<InetAddress> found(int seconds, String... literals) {
        return new Found<>(Stream.of(literals).map(InetAddress::ofLiteral).toList(), Duration.ofSeconds(seconds));
    }

    @Override
    public DnsAnswer<NaptrRecord> naptr(String name) {
        asked.add("NAPTR " + name);
        return naptr.getOrDefault(name, new Absent<>());
    }

    @Override
    public DnsAnswer<SrvRecord> srv(String name) {
        asked.add("SRV " + name);
        return srv.getOrDefault(name, new Absent<>());
    }

    @Override
    public DnsAnswer<InetAddress> a(String name) {
        asked.add("A " + name);
        return addresses.getOrDefault("A " + name, new Absent<>());
    }

    @Override
    public DnsAnswer<InetAddress> aaaa(String name) {
        asked.add("AAAA " + name);
        return addresses.getOrDefault("AAAA " + name, new Absent<>());
    }
}
