package io.flashcall.cli.loadapi;

import io.flashcall.cli.hook.Hook;
import io.flashcall.cli.loadapi.Lanes.Kind;
import io.flashcall.cli.loadapi.Lanes.Request;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/// Runs a load: starts each session when it is due, enters its code once its phone rang, and waits for its webhook.
///
/// The pacer runs on the caller's thread; rings, webhooks and answers come on threads of theirs.
final class ApiLoad implements AutoCloseable {

    static final String VERIFIED = "verification.verified";

    private static final long BATCH_NANOS = 1_000_000;
    private static final long GLANCE_NANOS = 20_000_000;
    private static final double NANOS = 1e9;

    private final ApiPlan plan;
    private final ApiTally tally;
    private final AtomicReferenceArray<LoadSession> sessions;
    private final Map<String, LoadSession> byId = new ConcurrentHashMap<>();
    private final Map<String, Hook> early = new ConcurrentHashMap<>();
    private final HookOrder order = new HookOrder();
    private final ScheduledExecutorService later = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("flashcall-later").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final Lanes lanes;
    private volatile boolean stopping;
    private long paced;
    private long pacedNanos;

    ApiLoad(ApiTarget target, ApiPlan plan, ApiTally tally) {
        this.plan = plan;
        this.tally = tally;
        this.sessions =
                new AtomicReferenceArray<>(Math.toIntExact(plan.schedule().calls()));
        var dialogue = new Dialogue(tally, this::onStarted, this::again);
        this.lanes = new Lanes(target, plan.lanes(), dialogue::serve);
    }

    /// Runs to the end: every session is over, or its time is up.
    void run() {
        long begun = System.nanoTime();
        var schedule = plan.schedule();
        while (paced < schedule.calls() && !stopping) {
            long due = schedule.dueBy(System.nanoTime() - begun);
            for (; paced < due; paced++) {
                var session = new LoadSession(paced, plan.to(paced), begun + schedule.dueAt(paced));
                sessions.set((int) paced, session);
                lanes.add(new Request(session, Kind.START, session.intendedNanos(), 0));
            }
            pacedNanos = System.nanoTime() - begun;
            LockSupport.parkNanos(BATCH_NANOS);
        }
        long deadline = System.nanoTime() + plan.think().plus(plan.grace()).toNanos();
        while (!stopping && !isOver() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    private boolean isOver() {
        return tally.over() + tally.neverStarted() >= paced && tally.verified() >= tally.webhooks();
    }

    /// Any thread: starts no more, waits no longer.
    void stop() {
        stopping = true;
    }

    /// Starts a second, as they were handed over; that of the plan, unless we were too slow.
    double rate() {
        double interval = NANOS / plan.schedule().rate();
        return paced == 0 ? 0 : paced * NANOS / Math.max((double) pacedNanos, interval * paced);
    }

    /// A phone rings, says the carrier.
    void onRing(String to, String from) {
        if (!to.matches("\\+\\d{1,15}")) {
            return;
        }
        long index = Long.parseLong(to, 1, to.length(), 10) - plan.firstTo();
        var session = index < 0 || index >= sessions.length() ? null : sessions.get((int) index);
        if (session != null && session.rings(from)) {
            checkLater(session);
        }
    }

    /// A webhook came.
    void onHook(Hook hook) {
        order.note(hook);
        if (!hook.type().startsWith("verification.") || hook.type().equals("verification.started")) {
            return;
        }
        var session = byId.get(hook.verification());
        if (session == null) {
            // It overtook the answer to its start.
            early.put(hook.verification(), hook);
            session = byId.get(hook.verification());
        }
        if (session != null) {
            end(session, hook);
        }
    }

    private void end(LoadSession session, Hook hook) {
        if (session.ended(hook.type())) {
            tally.webhook(hook.type(), System.nanoTime() - session.intendedNanos());
        } else {
            tally.repeatedWebhook();
        }
    }

    private void onStarted(LoadSession session, String id, int codeLength) {
        byId.put(id, session);
        boolean known = session.started(id, codeLength);
        var hook = early.remove(id);
        if (hook != null) {
            end(session, hook);
        }
        if (known) {
            checkLater(session);
        }
    }

    private void checkLater(LoadSession session) {
        long due = System.nanoTime() + plan.think().toNanos();
        add(new Request(session, Kind.CHECK, due, 0), plan.think());
    }

    private void again(Request request, Duration pause) {
        if (!stopping) {
            add(request, pause);
        }
    }

    private void add(Request request, Duration pause) {
        var _ = later.schedule(() -> lanes.add(request), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// How sessions ended, by the last word of their webhook; `open` are those whose webhook did not come.
    Map<String, Long> ends() {
        var ends = new TreeMap<String, Long>();
        for (int i = 0; i < paced; i++) {
            var session = sessions.get(i);
            if (!session.id().isEmpty()) {
                String end = session.end().orElse("open");
                ends.merge(end.substring(end.lastIndexOf('.') + 1), 1L, Long::sum);
            }
        }
        return ends;
    }

    /// Events that came after a later one of their session.
    long overtaken() {
        return order.overtaken();
    }

    /// Destinations that rang more often than once.
    long rangAgain() {
        long count = 0;
        for (int i = 0; i < paced; i++) {
            count += sessions.get(i).rings() > 1 ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() {
        stopping = true;
        later.shutdownNow();
        lanes.close();
    }
}
