package io.flashcall.cli.carrier;

import io.flashcall.testbed.CarrierCounters;
import io.flashcall.testbed.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tells what a carrier saw.
final class CarrierSummary {

    private CarrierSummary() {}

    /// One object; `violations` is a map of rule to count.
    static String json(CarrierCounters counters) {
        var json = JsonNodeFactory.instance.objectNode();
        numbers(counters).forEach(json::put);
        var violations = json.putObject("violations");
        broken(counters).forEach((rule, count) -> violations.put(rule.name(), count));
        return json.toString();
    }

    static String table(CarrierCounters counters) {
        var text = new StringBuilder();
        numbers(counters).forEach((name, count) -> text.append("  %-20s %12d%n".formatted(name, count)));
        text.append("  %-20s %12d%n".formatted("violations", counters.violationCount()));
        broken(counters)
                .forEach((rule, count) -> text.append("  %-20s %12d  RFC 3261 %s: %s%n"
                        .formatted("broken rule", count, rule.section(), rule.sentence())));
        return text.toString();
    }

    private static Map<Rule, Long> broken(CarrierCounters counters) {
        return new TreeMap<>(counters.violations());
    }

    private static Map<String, Long> numbers(CarrierCounters counters) {
        var requests = counters.requests();
        var calls = counters.calls();
        var traffic = counters.traffic();
        var all = new LinkedHashMap<String, Long>();
        all.put("invites", requests.invites());
        all.put("invites_repeated", requests.invitesRepeated());
        all.put("cancels", requests.cancels());
        all.put("acks", requests.acks());
        all.put("byes", requests.byes());
        all.put("options", requests.options());
        all.put("ringing", calls.ringing());
        all.put("answered", calls.answered());
        all.put("up", calls.up());
        all.put("open", calls.open());
        all.put("responses", traffic.responses());
        all.put("responses_repeated", traffic.repeated());
        all.put("dropped", traffic.dropped());
        all.put("duplicated", traffic.duplicated());
        all.put("unexpected", traffic.unexpected());
        all.put("malformed", traffic.malformed());
        all.put("challenged", counters.access().challenged());
        all.put("authorized", counters.access().authorized());
        all.put("refused", counters.access().refused());
        all.put("stale", counters.access().stale());
        all.put("registers", counters.registrations().registers());
        all.put("registered", counters.registrations().bound());
        all.put("connections", counters.streams().opened());
        all.put("connections_open", counters.streams().open());
        all.put("pracks", counters.early().pracks());
        all.put("asked", counters.early().asked());
        all.put("asked_accepted", counters.early().accepted());
        all.put("asked_declined", counters.early().declined());
        all.put("pings", counters.streams().pings());
        return all;
    }
}
