package io.flashcall.cli.page;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All visits, and whose phone and mailbox is whose: a number, and an address, belongs to one visit at a
/// time, so that nobody sees what another one's phone shows.
///
/// Keeps [#MOST_VISITS]; beyond, the one goes that nobody has been reading for the longest time, or else
/// the eldest. Thread-safe.
public final class Visits {

    static final int MOST_VISITS = 200;

    /// How long a page may be out of sight before another may have its number.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Visit> visits = new LinkedHashMap<>();
    private final Map<String, Visit> owners = new LinkedHashMap<>();
    private final InstantSource clock;

    public Visits(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Visit create() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var visit = new Visit(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), clock.instant());
        if (visits.size() >= MOST_VISITS) {
            remove(idlest());
        }
        visits.put(visit.id(), visit);
        return visit;
    }

    synchronized Optional<Visit> find(String id) {
        return Optional.ofNullable(visits.get(id));
    }

    /// Makes a number or an address this visit's.
    ///
    /// @return whether it is; false while it is that of another page that somebody looks at
    synchronized boolean claim(String name, Visit visit) {
        var owner = owners.get(key(name));
        if (owner != null && owner != visit && !isAbandoned(owner)) {
            return false;
        }
        owners.remove(key(name));
        owners.put(key(name), visit);
        if (owners.size() > 4 * MOST_VISITS) {
            owners.remove(owners.keySet().iterator().next());
        }
        return true;
    }

    /// Whose number, or address, this is.
    synchronized Optional<Visit> owner(String name) {
        return Optional.ofNullable(owners.get(key(name)));
    }

    /// The visit that sees this verification.
    synchronized Optional<Visit> watching(String verification) {
        return visits.values().stream()
                .filter(visit -> visit.subject()
                        .filter(subject -> subject.verification().equals(verification))
                        .isPresent())
                .findFirst();
    }

    private boolean isAbandoned(Visit visit) {
        return visit.isOver()
                || visit.alone()
                        .filter(since -> since.plus(GRACE).isBefore(clock.instant()))
                        .isPresent();
    }

    private Visit idlest() {
        var found = visits.values().iterator().next();
        var since = Instant.MAX;
        for (var visit : visits.values()) {
            var alone = visit.alone().orElse(Instant.MAX);
            if (alone.isBefore(since)) {
                found = visit;
                since = alone;
            }
        }
        return found;
    }

    private void remove(Visit visit) {
        visits.remove(visit.id());
        owners.values().removeIf(owner -> owner == visit);
        visit.end();
    }

    private static String key(String name) {
        return name.indexOf('@') < 0 ? name.replaceAll("[^0-9]", "") : name.toLowerCase(Locale.ROOT);
    }
}
