package io.flashcall.engine.trunk.dns;

import java.time.Duration;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// From the name that was asked for along its aliases. Confined to one question.
final class AliasChain {

    private Name end;
    private int length;
    private long seconds = Integer.MAX_VALUE;

    AliasChain(Name asked) {
        end = asked;
    }

    /// Walks on as far as the answer leads.
    ///
    /// @return the records of that type at the end, or none
    List<Record> follow(List<Record> answer, int type) {
        // Each record leads on at most once: an answer that goes round in circles ends as well.
        for (int i = 0; i <= answer.size(); i++) {
            var records = answer.stream().filter(record -> is(record, type)).toList();
            records.forEach(this::limit);
            var alias = answer.stream().filter(record -> is(record, Type.CNAME)).findFirst();
            if (!records.isEmpty() || alias.isEmpty()) {
                return records;
            }
            limit(alias.get());
            end = ((CNAMERecord) alias.get()).getTarget();
            length++;
        }
        return List.of();
    }

    private boolean is(Record record, int type) {
        return record.getType() == type && record.getName().equals(end);
    }

    private void limit(Record record) {
        seconds = Math.min(seconds, record.getTTL());
    }

    Name end() {
        return end;
    }

    /// How many aliases so far.
    int length() {
        return length;
    }

    /// The shortest of everything on the way.
    Duration timeToLive() {
        return Duration.ofSeconds(seconds);
    }
}
