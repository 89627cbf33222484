package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.trunk.dns.Location.DnsFailure;
import io.flashcall.engine.trunk.dns.Location.NoSuchService;
import java.time.Instant;
import java.util.Optional;

/// How a watch stands. Immutable.
///
/// @param located the last good answer, in use whatever became of DNS since
/// @param trouble why there is no better one
public record WatchStatus(Optional<Located> located, Optional<Trouble> trouble) {

    /// @param kind   what is wrong
    /// @param reason the latest, for the operator
    /// @param since  when this kind of trouble began
    /// @param tries  look-ups in vain since the last good one; 0 while the first has not ended
    public record Trouble(Kind kind, String reason, Instant since, int tries) {}

    /// What is wrong.
    public enum Kind {
        /// The first look-up has not ended yet.
        PENDING("not looked up yet"),

        /// DNS fails, or its answer lacks the addresses of some hosts.
        DNS_FAILS("DNS fails"),

        /// DNS answers that there is no such carrier.
        NO_SUCH_SERVICE("DNS has no such service");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// Nothing yet.
    static WatchStatus pending(Instant now) {
        var trouble = new Trouble(Kind.PENDING, "the first look-up has not ended", now, 0);
        return new WatchStatus(Optional.empty(), Optional.of(trouble));
    }

    /// What it is after a look-up.
    WatchStatus after(Location location, Instant now) {
        return switch (location) {
            case Located found -> {
                // DNS turns equal records round: then the order stays as it was.
                var targets = located.filter(found::sameTargets).orElse(found).targets();
                yield new WatchStatus(
                        Optional.of(new Located(targets, found.timeToLive(), found.failure())),
                        found.failure().map(reason -> trouble(Kind.DNS_FAILS, reason, now)));
            }
            case NoSuchService(var reason) ->
                new WatchStatus(located, Optional.of(trouble(Kind.NO_SUCH_SERVICE, reason, now)));
            case DnsFailure(var reason) -> new WatchStatus(located, Optional.of(trouble(Kind.DNS_FAILS, reason, now)));
        };
    }

    private Trouble trouble(Kind kind, String reason, Instant now) {
        int tries = trouble.map(Trouble::tries).orElse(0) + 1;
        var since =
                trouble.filter(old -> old.kind() == kind).map(Trouble::since).orElse(now);
        return new Trouble(kind, reason, since, tries);
    }

    /// Whether it has targets, and not those of the other.
    boolean hasOtherTargetsThan(WatchStatus before) {
        return located.isPresent()
                && before.located().filter(located.get()::sameTargets).isEmpty();
    }
}
