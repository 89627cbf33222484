package io.flashcall.engine;

import java.util.List;

/// What a reload has done.
///
/// @param trunks      every trunk of the new configuration in its order, then those that leave
/// @param needRestart parts of the configuration that differ from what runs and are used from the next start on, such
///                    as `user_agents`; nothing of them was applied
public record ReloadReport(List<TrunkChange> trunks, List<String> needRestart) {

    public ReloadReport {
        trunks = List.copyOf(trunks);
        needRestart = List.copyOf(needRestart);
    }

    /// @param trunk its name
    public record TrunkChange(String trunk, Kind kind) {}

    /// What became of a trunk.
    public enum Kind {
        /// It takes calls from now on.
        ADDED,
        /// New calls go as the new configuration says; those that live end as they began.
        CHANGED,
        /// Only what its files hold is new: a password, certificates, keys.
        NEW_SECRETS,
        UNCHANGED,
        /// It takes no more calls, and is gone when those that live are over.
        LEAVING
    }
}
