package io.flashcall.server.config;

import io.flashcall.engine.ReloadReport.TrunkChange;
import io.flashcall.server.config.ConfigFileException.Problem;
import java.util.List;

/// What became of a running service's reload.
public sealed interface Reloaded {

    /// It runs with the new configuration, as far as a running service can.
    ///
    /// @param trunks      every trunk that is configured, and those that leave
    /// @param routes      whether they are others
    /// @param pools       names of the declared pools that are new or changed
    /// @param needRestart keys of the configuration that differ from what runs and are used from the next start on
    record Done(List<TrunkChange> trunks, boolean routes, List<String> pools, List<String> needRestart)
            implements Reloaded {

        public Done {
            trunks = List.copyOf(trunks);
            pools = List.copyOf(pools);
            needRestart = List.copyOf(needRestart);
        }
    }

    /// Nothing has changed.
    ///
    /// @param problems why, at least one
    record Refused(List<Problem> problems) implements Reloaded {

        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
