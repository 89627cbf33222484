package io.flashcall.verification.usecase;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Phase;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.pricing.Charge;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.FailedChecks;
import io.flashcall.verification.store.Lease;
import io.flashcall.verification.store.LeaseTakenException;
import io.flashcall.verification.store.Leases;
import io.flashcall.verification.store.SessionQuery;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Spending;
import io.flashcall.verification.store.TimelineEntry;
import io.flashcall.verification.store.Write;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// As much of a store as the use cases need, in memory.
final class MemoryStore implements Sessions, Leases, FailedChecks, Apps, Spending {

    private final Map<SessionId, Session> sessions = new LinkedHashMap<>();
    private final Map<SessionId, List<TimelineEntry>> timelines = new HashMap<>();
    private final List<Held> leases = new ArrayList<>();
    private final Map<Day, Integer> failed = new HashMap<>();
    private final Map<AppId, App> apps = new HashMap<>();

    private final Map<String, BigDecimal> spent = new HashMap<>();
    final List<Notice> notices = new ArrayList<>();

    private record Held(SessionId session, Lease lease) {}

    @Override
    public synchronized Created create(Write write) {
        var session = write.step().session();
        var key = session.opening().claims().reuseKey();
        var pending = key.flatMap(this::findPending);
        if (pending.isPresent()) {
            return new Created.Reusable(pending.get().id());
        }
        if (write.lease().filter(this::isOpen).isPresent()) {
            return new Created.LeaseTaken();
        }
        save(write);
        return new Created.Done();
    }

    @Override
    public synchronized Optional<Session> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public synchronized Optional<Session> findPending(String reuseKey) {
        return sessions.values().stream()
                .filter(session -> session.status() == Status.PENDING)
                .filter(session -> session.opening().claims().reuseKey().equals(Optional.of(reuseKey)))
                .findFirst();
    }

    @Override
    public synchronized Optional<Change> update(SessionId id, Function<Session, Write> fold) {
        var before = sessions.get(id);
        if (before == null) {
            return Optional.empty();
        }
        var write = fold.apply(before);
        if (write.lease().filter(this::isOpen).isPresent()) {
            throw new LeaseTakenException();
        }
        save(write);
        return Optional.of(new Change(before, write.step()));
    }

    @Override
    public synchronized List<Standing> standings(Collection<SessionId> ids) {
        return sessions.values().stream()
                .filter(session -> ids.contains(session.id()))
                .map(session -> new Standing(
                        session.id(),
                        session.phase() instanceof Phase.Trying trying ? trying.attempt() : 0,
                        session.tally().events()))
                .toList();
    }

    @Override
    public synchronized List<SessionId> due(Instant now, int most) {
        return sessions.values().stream()
                .filter(session -> session.deadline()
                        .filter(deadline -> !deadline.isAfter(now))
                        .isPresent())
                .map(Session::id)
                .limit(most)
                .toList();
    }

    @Override
    public List<Session> list(SessionQuery query) {
        return List.of();
    }

    @Override
    public synchronized List<TimelineEntry> timeline(SessionId id) {
        return List.copyOf(timelines.getOrDefault(id, List.of()));
    }

    @Override
    public int anonymize(Instant endedBefore, int most) {
        return 0;
    }

    @Override
    public int erase(String destinationMac) {
        return 0;
    }

    @Override
    public synchronized List<String> taken(String destinationMac, Instant since) {
        return leases.stream()
                .filter(held -> held.lease.destinationMac().equals(destinationMac))
                .filter(held -> isOpen(held) || held.lease.at().isAfter(since))
                .map(held -> held.lease.sealedCaller())
                .toList();
    }

    @Override
    public int forget(Instant before) {
        return 0;
    }

    @Override
    public synchronized int count(Day day) {
        return failed.getOrDefault(day, 0);
    }

    @Override
    public int forget(LocalDate day) {
        return 0;
    }

    @Override
    public synchronized Optional<App> find(AppId id) {
        return Optional.ofNullable(apps.get(id));
    }

    @Override
    public synchronized List<App> list() {
        return List.copyOf(apps.values());
    }

    @Override
    public synchronized void save(App app) {
        apps.put(app.id(), app);
    }

    @Override
    public synchronized boolean delete(AppId id) {
        return apps.remove(id) != null;
    }

    @Override
    public synchronized BigDecimal spent(AppId app, String currency, LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .map(day -> spent.getOrDefault(app + " " + currency + " " + day, BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public synchronized boolean tell(Notice notice) {
        boolean first = notices.stream()
                .noneMatch(told -> told.app().equals(notice.app())
                        && told.period() == notice.period()
                        && told.first().equals(notice.first())
                        && told.type() == notice.type());
        if (first) {
            notices.add(notice);
        }
        return first;
    }

    private void save(Write write) {
        var session = write.step().session();
        var known = Optional.ofNullable(sessions.get(session.id())).map(Session::attempts);
        for (var charge : Charge.between(known.orElse(List.of()), session.attempts())) {
            var key = session.opening().app() + " " + charge.currency() + " " + charge.day();
            spent.merge(key, charge.amount(), BigDecimal::add);
        }
        sessions.put(session.id(), session);
        write.lease().ifPresent(lease -> leases.add(new Held(session.id(), lease)));
        write.failedCheck().ifPresent(day -> failed.merge(day, 1, Integer::sum));
        var timeline = timelines.computeIfAbsent(session.id(), _ -> new ArrayList<>());
        write.events().forEach(event -> timeline.add(event.entry()));
        if (session.status().isFinal()) {
            leases.removeIf(held -> held.session.equals(session.id())
                    && !session.attempt(held.lease.attempt()).orElseThrow().mayHaveShown());
        }
    }

    private boolean isOpen(Lease wanted) {
        return leases.stream()
                .filter(this::isOpen)
                .map(Held::lease)
                .anyMatch(lease -> lease.destinationMac().equals(wanted.destinationMac())
                        && lease.callerMac().equals(wanted.callerMac()));
    }

    private boolean isOpen(Held held) {
        var session = sessions.get(held.session);
        return session != null && session.status() == Status.PENDING;
    }
}
