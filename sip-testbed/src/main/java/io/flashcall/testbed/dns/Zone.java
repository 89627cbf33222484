package io.flashcall.testbed.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// The records a server knows, of any number of domains. Any thread.
final class Zone {

    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(?:(\\d{1,9})\\s+)?(?:IN\\s+)?([A-Za-z]+)\\s+(.+)");
    private static final long DEFAULT_TTL = 60;
    private static final int MOST_ALIASES = 8;

    private volatile List<Record> records = List.of();

    /// Puts these lines in place of everything.
    synchronized void replaceAll(List<String> lines) {
        List<Record> read = new ArrayList<>();
        for (String line : lines) {
            read.add(record(line));
        }
        records = List.copyOf(read);
    }

    /// Puts these lines in place of whatever has the name and type of any of them.
    synchronized void replace(List<String> lines) {
        List<Record> fresh = lines.stream().map(Zone::record).toList();
        List<Record> all = new ArrayList<>(records);
        all.removeIf(old -> fresh.stream().anyMatch(old::sameRRset));
        all.addAll(fresh);
        records = List.copyOf(all);
    }

    synchronized void remove(String name, String type) {
        List<Record> all = new ArrayList<>(records);
        all.removeIf(record -> is(record, name(name), type(type)));
        records = List.copyOf(all);
    }

    /// The records of that name and type, behind the aliases that lead to them. May be nothing but aliases.
    List<Record> find(Name asked, int type) {
        List<Record> all = records;
        List<Record> found = new ArrayList<>();
        Name name = asked;
        for (int i = 0; i <= MOST_ALIASES; i++) {
            Name here = name;
            List<Record> matches = all.stream().filter(r -> is(r, here, type)).toList();
            found.addAll(matches);
            Record alias = all.stream()
                    .filter(r -> is(r, here, Type.CNAME))
                    .findFirst()
                    .orElse(null);
            if (!matches.isEmpty() || alias == null) {
                return found;
            }
            found.add(alias);
            name = ((CNAMERecord) alias).getTarget();
        }
        return found;
    }

    /// Whether anything has that name or stands below it (RFC 8020): if not, the answer is NXDOMAIN.
    boolean exists(Name name) {
        return records.stream().anyMatch(record -> record.getName().subdomain(name));
    }

    private static boolean is(Record record, Name name, int type) {
        return record.getType() == type && record.getName().equals(name);
    }

    /// Reads a line of a master file (RFC 1035 §5.1) whose names are all absolute, with or without a last dot.
    static Record record(String line) {
        var match = LINE.matcher(line.strip());
        if (!match.matches()) {
            throw unreadable(line, null);
        }
        long ttl = match.group(2) == null ? DEFAULT_TTL : Long.parseLong(match.group(2));
        try {
            return Record.fromString(
                    name(match.group(1)), type(match.group(3)), DClass.IN, ttl, match.group(4), Name.root);
        } catch (IOException e) {
            throw unreadable(line, e);
        }
    }

    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("name: " + text + " (expected: a domain name)", e);
        }
    }

    static int type(String text) {
        int type = Type.value(text);
        if (type < 0) {
            throw new IllegalArgumentException(
                    "record type: " + text + " (expected: A, AAAA, SRV, NAPTR, CNAME or another of DNS)");
        }
        return type;
    }

    private static IllegalArgumentException unreadable(String line, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "zone line: " + line + " (expected: name [ttl] type data, as in carrier.example 60 A 192.0.2.1)",
                cause);
    }
}
