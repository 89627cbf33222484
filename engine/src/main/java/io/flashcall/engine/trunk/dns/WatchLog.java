package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.trunk.dns.WatchStatus.Kind;
import io.flashcall.engine.trunk.dns.WatchStatus.Trouble;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an operator reads of one trunk's look-ups: each change once, not each try.
///
/// @param trunk its id
record WatchLog(String trunk) {

    private static final Logger LOG = LoggerFactory.getLogger(TargetWatcher.class);

    void changed(WatchStatus before, WatchStatus after) {
        var was = before.trouble().map(Trouble::kind).filter(kind -> kind != Kind.PENDING);
        var trouble = after.trouble();
        if (trouble.isPresent() && !was.equals(trouble.map(Trouble::kind))) {
            Object inUse = after.located().<Object>map(Located::targets).orElse("none");
            LOG.warn(
                    "trunk {}: {}: {}; targets in use: {}",
                    trunk,
                    trouble.get().kind(),
                    trouble.get().reason(),
                    inUse);
        }
        if (was.isPresent() && trouble.isEmpty()) {
            int tries = before.trouble().map(Trouble::tries).orElse(0);
            LOG.info("trunk {}: DNS is well again, after {} tries in vain", trunk, tries);
        }
        if (after.hasOtherTargetsThan(before)) {
            LOG.info(
                    "trunk {}: targets: {}",
                    trunk,
                    after.located().orElseThrow().targets());
        }
    }

    void stillWaiting(Duration waited) {
        LOG.warn("trunk {}: DNS has not answered within {} ms; the trunk waits for it", trunk, waited.toMillis());
    }

    void threw(String who, RuntimeException e) {
        LOG.error("trunk {}: {} threw", trunk, who, e);
    }
}
