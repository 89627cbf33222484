package io.flashcall.cli.loadapi;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.loadapi.Lanes.Kind;
import io.flashcall.cli.loadapi.Lanes.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Asks the service and judges its answers. A request without an answer, and one that the service could not serve, is
/// sent again: elsewhere, if there is elsewhere, and under the same idempotency key. Thread-safe.
final class Dialogue {

    private static final JsonMapper JSON = new JsonMapper();
    /// Longer than a service that was killed in the middle of a request keeps that request's key for it.
    private static final long LONGEST_NANOS = Duration.ofSeconds(120).toNanos();

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final String SESSION_OVER = "session-over";

    private final ApiTally tally;
    private final Started started;
    private final BiConsumer<Request, Duration> again;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    /// @param started hears of each session that the service has
    /// @param again   sends a request after a pause
    Dialogue(ApiTally tally, Started started, BiConsumer<Request, Duration> again) {
        this.tally = tally;
        this.started = started;
        this.again = again;
    }

    /// The service has this session.
    @FunctionalInterface
    interface Started {
        void on(LoadSession session, String id, int codeLength);
    }

    /// @param wires one for each URL
    void serve(Request request, List<Wire> wires) {
        var session = request.session();
        // A session is checked elsewhere than it was started.
        int turn = request.kind() == Kind.START ? 0 : 1;
        var wire = wires.get((int) ((session.index() + turn + request.tries()) % wires.size()));
        try {
            var response = wire.send(path(request), body(request), run + "-" + session.index() + request.kind());
            var answer = new Answer(response.status(), parsed(response.body()));
            if (answer.status() >= 500 || isInProgress(answer, request.kind())) {
                retry(request, answer.complaint());
            } else {
                judge(request, answer);
            }
        } catch (IOException e) {
            retry(request, "no answer");
        }
    }

    private static String path(Request request) {
        String id = request.session().id();
        return switch (request.kind()) {
            case START -> "/v1/verifications";
            case CHECK -> "/v1/verifications/" + id + "/check";
            case LOOK -> "/v1/verifications/" + id;
        };
    }

    private static String body(Request request) {
        return switch (request.kind()) {
            case START -> "{\"to\":\"" + request.session().to() + "\"}";
            case CHECK -> "{\"code\":\"" + request.session().code() + "\"}";
            case LOOK -> "";
        };
    }

    private static JsonNode parsed(String body) {
        try {
            return body.isEmpty() ? JsonNodeFactory.instance.missingNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /// The same request is being served elsewhere, or was when that node died.
    private static boolean isInProgress(Answer answer, Kind kind) {
        return answer.status() == 409
                && (kind == Kind.START || !answer.problem().equals(SESSION_OVER));
    }

    private void retry(Request request, String why) {
        if (System.nanoTime() - request.dueNanos() > LONGEST_NANOS) {
            giveUp(request, why);
            return;
        }
        tally.retry();
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(request.tries(), 10));
        again.accept(request.again(), Duration.ofMillis(pause));
    }

    private void giveUp(Request request, String why) {
        tally.error(request.kind().label() + ": " + why);
        if (request.kind() == Kind.START) {
            tally.startGivenUp();
        }
    }

    private void judge(Request request, Answer answer) {
        switch (request.kind()) {
            case START -> onStart(request, answer);
            case CHECK -> onCheck(request, answer);
            case LOOK -> onLook(request, answer);
        }
    }

    private void onStart(Request request, Answer answer) {
        if (!answer.isOk() || answer.text("id").isEmpty()) {
            giveUp(request, answer.complaint());
            return;
        }
        tally.started(System.nanoTime() - request.dueNanos());
        started.on(
                request.session(),
                answer.text("id"),
                answer.body().path("code_length").asInt());
    }

    private void onCheck(Request request, Answer answer) {
        if (answer.status() == 409) {
            // A check whose answer was lost may have ended it.
            again.accept(new Request(request.session(), Kind.LOOK, request.dueNanos(), 0), Duration.ZERO);
        } else if (!answer.isOk()) {
            giveUp(request, answer.complaint());
        } else if (answer.body().path("correct").asBoolean(false)) {
            verified(request);
        } else {
            giveUp(request, "a right code is called wrong");
        }
    }

    private void onLook(Request request, Answer answer) {
        if (answer.text("status").equals("verified")) {
            verified(request);
        } else {
            giveUp(request, answer.isOk() ? "it is " + answer.text("status") : answer.complaint());
        }
    }

    private void verified(Request request) {
        var session = request.session();
        long now = System.nanoTime();
        tally.verified(now - session.intendedNanos(), now - request.dueNanos());
    }
}
