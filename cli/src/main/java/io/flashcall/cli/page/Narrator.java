package io.flashcall.cli.page;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.api.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tells a visit what becomes of its verification: each event with the verification as it stands after it, each
/// message of its calls, and what it costs. Woken by the service's stream; ends some time after the verification has,
/// or with the visit.
final class Narrator implements Runnable {

    /// While a call is likely to be under way, its messages are looked for this often.
    private static final Duration CLOSELY = Duration.ofMillis(120);

    private static final Duration LOOSELY = Duration.ofSeconds(1);
    private static final Duration CALL = Duration.ofSeconds(5);

    /// Calls end, and receipts come, after the verification.
    private static final Duration AFTERMATH = Duration.ofSeconds(12);

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final ApiClient client;
    private final Visit visit;
    private final String id;
    private final Semaphore bell = new Semaphore(0);
    private final Map<Integer, Integer> drawn = new HashMap<>();
    private long sequence;
    private long newsAt = System.nanoTime();
    private String status = "pending";

    /// @param id of the verification
    Narrator(ApiClient client, Visit visit, String id) {
        this.client = client;
        this.visit = visit;
        this.id = id;
    }

    @Override
    public void run() {
        var listener = Thread.ofVirtual().name("narrator-stream").start(this::listen);
        long begun = System.nanoTime();
        try {
            while (!isOver() && System.nanoTime() - begun < LONGEST.toNanos()) {
                look();
                var pause = isWithin(CALL) ? CLOSELY : LOOSELY;
                bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                bell.drainPermits();
            }
        } catch (IOException e) {
            // The service is stopping, and the page with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listener.interrupt();
        }
    }

    private void listen() {
        try {
            client.stream(AppBackend.PATH + id + "/stream", _ -> bell.release());
        } catch (IOException e) {
            // It is looked for in any case, if less often.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver() {
        boolean replaced = visit.subject()
                .filter(subject -> subject.verification().equals(id))
                .isEmpty();
        return visit.isOver() || replaced || (!status.equals("pending") && !isWithin(AFTERMATH));
    }

    private boolean isWithin(Duration time) {
        return System.nanoTime() - newsAt < time.toNanos();
    }

    private void look() throws IOException, InterruptedException {
        var told = client.get(AppBackend.PATH + id + "/events");
        if (!told.isOk()) {
            return;
        }
        for (var ladder : told.body().path("ladders")) {
            draw(ladder);
        }
        tell(told.body().path("events"));
    }

    private void tell(JsonNode events) throws IOException, InterruptedException {
        Answer view = null;
        for (var event : events) {
            if (event.path("sequence").asLong() <= sequence) {
                continue;
            }
            sequence = event.path("sequence").asLong();
            newsAt = System.nanoTime();
            view = view == null ? client.get(AppBackend.PATH + id) : view;
            status = view.text("status");
            var note = JsonNodeFactory.instance.objectNode();
            note.set("event", event);
            note.set("view", view.body());
            visit.tell("event", note);
        }
        if (view != null) {
            var bill = Bill.of(view.body(), client.get("/v1/costs").body());
            if (!bill.isEmpty()) {
                visit.tell("bill", bill);
            }
        }
    }

    private void draw(JsonNode ladder) {
        int attempt = ladder.path("attempt").asInt();
        var steps = ladder.path("steps");
        int known = drawn.getOrDefault(attempt, 0);
        if (steps.size() <= known) {
            return;
        }
        var note = JsonNodeFactory.instance
                .objectNode()
                .put("verification", id)
                .put("attempt", attempt)
                .put("known", known);
        var more = note.putArray("steps");
        for (int i = known; i < steps.size(); i++) {
            more.add(steps.get(i));
        }
        drawn.put(attempt, steps.size());
        newsAt = System.nanoTime();
        visit.tell("ladder", note);
    }
}
