package io.flashcall.engine.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// How a carrier's hosts stand, as each user agent sees them, for those who place calls. Any thread.
public final class Standings {

    /// One host, as one user agent sees it.
    public record Host(TargetHealth health, OverloadControl load) {}

    private final AtomicReference<List<List<Host>>> byAgent = new AtomicReference<>(List.of());

    /// These are an agent's hosts from now on.
    public void put(int agent, List<Host> hosts) {
        byAgent.updateAndGet(known -> {
            var all = new ArrayList<>(known);
            while (all.size() <= agent) {
                all.add(List.of());
            }
            all.set(agent, List.copyOf(hosts));
            return List.copyOf(all);
        });
    }

    /// Share of an agent's new calls that none of the hosts wants which take calls: what the first of them
    /// withholds may go to the next, so that the shares multiply. 0 where no host takes calls, since then one is
    /// tried all the same.
    ///
    /// @return 0 to 1
    public double withheld(int agent, long now) {
        var all = byAgent.get();
        if (agent >= all.size()) {
            return 0;
        }
        double share = 1;
        boolean any = false;
        var hosts = all.get(agent);
        for (int i = 0; i < hosts.size(); i++) {
            var host = hosts.get(i);
            if (host.health().isForCalls(now)) {
                any = true;
                share *= host.load().loss(now) / 100.0;
            }
        }
        return any ? share : 0;
    }

    /// The share that the agents withhold on average.
    public double withheld(long now) {
        int agents = byAgent.get().size();
        double sum = 0;
        for (int agent = 0; agent < agents; agent++) {
            sum += withheld(agent, now);
        }
        return agents == 0 ? 0 : sum / agents;
    }
}
