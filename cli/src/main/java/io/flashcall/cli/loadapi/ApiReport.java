package io.flashcall.cli.loadapi;

import java.util.Map;
import java.util.TreeMap;

/// What became of a load.
///
/// @param planned  sessions that were to be started
/// @param rate     starts a second
/// @param tally    counts and latencies
/// @param ends     sessions by how they ended
/// @param errors   by kind, in a few words each
/// @param cpuMicros CPU time a session by process; empty where the processes are not ours
record ApiReport(
        long planned,
        double rate,
        ApiTally tally,
        Map<String, Long> ends,
        Map<String, Long> errors,
        Map<String, Long> cpuMicros) {

    /// @param refusedHooks webhooks that were not signed rightly
    static ApiReport of(ApiPlan plan, ApiLoad load, ApiTally tally, long refusedHooks, Map<String, Long> cpuMicros) {
        var errors = new TreeMap<>(tally.errors());
        put(errors, "a phone rang again", load.rangAgain());
        put(errors, "a webhook was overtaken", load.overtaken());
        put(errors, "a webhook was not signed rightly", refusedHooks);
        return new ApiReport(plan.schedule().calls(), load.rate(), tally, load.ends(), errors, cpuMicros);
    }

    private static void put(Map<String, Long> errors, String kind, long count) {
        if (count > 0) {
            errors.put(kind, count);
        }
    }

    long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether all were started and verified, all webhooks came, and nothing else went wrong.
    boolean clean() {
        return tally.started() == planned
                && tally.verified() == planned
                && tally.webhooks() == planned
                && errorCount() == 0;
    }
}
