package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.number.QuarantineRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Caller ids that networks block, and those that may not be shown for a while because of it.
public interface Quarantines {

    /// Notes a block, and begins a quarantine where the rule says so, with a delivery of the event for each endpoint
    /// of the app that wants it: once, on however many nodes this is asked. A number that is in quarantine already
    /// stays there for as long as it was to.
    ///
    /// @param body writes the exact JSON that endpoints receive
    /// @return the quarantine that has begun by it
    Optional<Quarantined> report(Block block, QuarantineRule rule, Function<Quarantined, String> body);

    /// Those whose quarantine has not ended.
    List<Quarantined> active(Instant now);

    /// Ends a number's quarantine, and forgets all that is known of it.
    ///
    /// @return whether it was in quarantine
    boolean release(String callerMac, Instant now);

    /// Deletes blocks before `blocks`, and what is known of numbers whose quarantine ended before `ended`.
    ///
    /// @return how many blocks there were
    int forget(Instant blocks, Instant ended);

    /// A network kept a call from its destination because of its caller id.
    ///
    /// @param app            whose call it was: the one that is told
    /// @param destinationMac see [io.flashcall.verification.Vault#numberMac]
    record Block(AppId app, Caller caller, String destinationMac, Instant at) {}

    /// @param mac    see [io.flashcall.verification.Vault#numberMac]
    /// @param sealed the digits, readable with the number's mac as the context
    /// @param pool   that it was drawn from
    /// @param trunk  that showed it
    record Caller(String mac, String sealed, String pool, String trunk) {}

    /// @param destinations that it was kept from
    /// @param times        how many quarantines it has had, this one included
    record Quarantined(Caller caller, Instant since, Instant until, int destinations, int times) {}
}
