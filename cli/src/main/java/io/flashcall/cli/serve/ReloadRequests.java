package io.flashcall.cli.serve;

import io.flashcall.server.config.Reloaded;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Requests to reload, from the first moment of the process: those that come before the service runs are over with
/// its start, which reads the configuration anyhow. Thread-safe.
final class ReloadRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadRequests.class);

    private @Nullable Supplier<Reloaded> reload;
    private boolean early;

    /// Somebody asks; one at a time.
    synchronized void ask() {
        var service = reload;
        if (service == null) {
            early = true;
            return;
        }
        LOG.info("SIGHUP: the configuration is read again");
        try {
            // The log says what becomes of it.
            var _ = service.get();
        } catch (RuntimeException e) {
            LOG.error("the reload did not come to its end", e);
        }
    }

    /// The service runs.
    synchronized void answerBy(Supplier<Reloaded> service) {
        reload = service;
        if (early) {
            ask();
        }
    }

    /// The service ends; waits for a reload that is under way.
    synchronized void end() {
        reload = null;
    }
}
