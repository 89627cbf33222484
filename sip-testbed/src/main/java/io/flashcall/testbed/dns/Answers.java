package io.flashcall.testbed.dns;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What the server says to a query: from its zone, or from how it is told to fail. Bytes in, bytes out.
/// Any thread.
final class Answers {

    private static final int SMALLEST_UDP = 512;
    private static final int LARGEST = 65_535;

    private final Zone zone;
    private final Map<Question, DnsFault> faults = new ConcurrentHashMap<>();
    private final Map<Question, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile @Nullable DnsFault everywhere;

    Answers(Zone zone) {
        this.zone = zone;
    }

    void fail(@Nullable DnsFault fault) {
        everywhere = fault;
    }

    void fail(String name, String type, DnsFault fault) {
        faults.put(Question.of(name, type), fault);
    }

    void recover() {
        everywhere = null;
        faults.clear();
    }

    long asked() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long asked(String name, String type) {
        LongAdder count = counts.get(Question.of(name, type));
        return count == null ? 0 : count.sum();
    }

    /// The response, or nothing when the server stays silent or the bytes are no query.
    Optional<byte[]> answer(byte[] bytes, boolean overTcp) {
        Message query;
        try {
            query = new Message(bytes);
        } catch (IOException _) {
            return Optional.empty();
        }
        Record question = query.getQuestion();
        if (question == null || query.getHeader().getFlag(Flags.QR)) {
            return Optional.empty();
        }
        var asked = new Question(question.getName(), question.getType());
        counts.computeIfAbsent(asked, _ -> new LongAdder()).increment();
        DnsFault general = everywhere;
        DnsFault fault = general == null ? faults.get(asked) : general;
        if (fault == DnsFault.SILENT) {
            return Optional.empty();
        }
        int most = overTcp ? LARGEST : largestUdp(query);
        return Optional.of(response(query, asked, fault, overTcp).toWire(most));
    }

    private Message response(Message query, Question asked, @Nullable DnsFault fault, boolean overTcp) {
        Message response = new Message(query.getHeader().getID());
        Header header = response.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.AA);
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        response.addRecord(query.getQuestion(), Section.QUESTION);
        if (query.getOPT() != null) {
            response.addRecord(new OPTRecord(query.getOPT().getPayloadSize(), 0, 0), Section.ADDITIONAL);
        }
        if (fault == DnsFault.TRUNCATED && !overTcp) {
            header.setFlag(Flags.TC);
        } else if (fault == DnsFault.SERVFAIL || fault == DnsFault.REFUSED) {
            header.setRcode(fault == DnsFault.SERVFAIL ? Rcode.SERVFAIL : Rcode.REFUSED);
        } else if (query.getHeader().getOpcode() != Opcode.QUERY) {
            header.setRcode(Rcode.NOTIMP);
        } else {
            fill(response, asked);
        }
        return response;
    }

    private void fill(Message response, Question asked) {
        List<Record> found = zone.find(asked.name(), asked.type());
        found.forEach(record -> response.addRecord(record, Section.ANSWER));
        if (found.isEmpty() && !zone.exists(asked.name())) {
            response.getHeader().setRcode(Rcode.NXDOMAIN);
        }
    }

    private static int largestUdp(Message query) {
        OPTRecord extension = query.getOPT();
        return extension == null ? SMALLEST_UDP : Math.max(SMALLEST_UDP, extension.getPayloadSize());
    }

    private record Question(Name name, int type) {

        static Question of(String name, String type) {
            return new Question(Zone.name(name), Zone.type(type));
        }

        @Override
        public String toString() {
            return name + " " + Type.string(type);
        }
    }
}
