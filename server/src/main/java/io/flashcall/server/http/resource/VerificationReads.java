package io.flashcall.server.http.resource;

import io.flashcall.engine.E164;
import io.flashcall.server.http.access.SessionAccess;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Query;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verifications;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.SessionQuery;
import io.flashcall.verification.store.Sessions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/// Verifications as they stand: one, a list, and what happened to one.
public final class VerificationReads {

    private static final double NANOS_OF_A_MILLI = 1e6;

    private final Verifications verifications;
    private final Sessions sessions;
    private final SessionAccess access;
    private final Ladders ladders;
    private final Vault vault;

    public VerificationReads(
            Verifications verifications, Sessions sessions, SessionAccess access, Ladders ladders, Vault vault) {
        this.verifications = verifications;
        this.sessions = sessions;
        this.access = access;
        this.ladders = ladders;
        this.vault = vault;
    }

    public List<Endpoint> endpoints() {
        var all = Set.of(Scope.PUBLISHABLE, Scope.SERVER, Scope.ADMIN);
        var trusted = Set.of(Scope.SERVER, Scope.ADMIN);
        return List.of(
                new Endpoint("GET", "/v1/verifications", trusted, this::list),
                new Endpoint("GET", "/v1/verifications/{id}", all, this::one),
                new Endpoint("GET", "/v1/verifications/{id}/events", trusted, this::events));
    }

    private Reply one(Call call) {
        call.query().done();
        return Reply.json(200, VerificationView.of(access.session(call), call.caller()));
    }

    private Reply list(Call call) {
        var query = call.query();
        var app = AppScope.of(call, query);
        var wanted = new SessionQuery(
                app,
                query.text("to").map(VerificationReads::number).map(vault::numberMac),
                query.text("status").map(VerificationReads::status),
                query.text("after").map(VerificationReads::cursor),
                query.limit());
        query.done();
        var found = sessions.list(wanted);
        var data = found.stream()
                .map(session -> VerificationView.of(session, call.caller()))
                .toList();
        boolean full = found.size() == wanted.most();
        return Page.of(data, full ? Optional.of(found.getLast().id().value()) : Optional.empty());
    }

    private Reply events(Call call) {
        call.query().done();
        var session = access.session(call);
        var node = Json.object();
        var events = node.putArray("events");
        for (var entry : verifications.timeline(session.id())) {
            events.add(VerificationView.event(entry, call.caller()));
        }
        var drawn = node.putArray("ladders");
        for (var attempt : session.attempts()) {
            if (attempt.isFlashCall()) {
                ladder(session.id(), attempt, drawn);
            }
        }
        return Reply.json(200, node);
    }

    /// Whatever a peer wrote into a message, no number in it is said back whole.
    private void ladder(SessionId session, Attempt attempt, ArrayNode drawn) {
        var steps = ladders.ladder(session, attempt.number());
        if (steps.isEmpty()) {
            return;
        }
        long start = steps.getFirst().nanos();
        var seen = new HashSet<Integer>();
        var node = drawn.addObject().put("attempt", attempt.number()).putArray("steps");
        for (var step : steps) {
            var called = step.called().isEmpty() ? "" : " " + E164.mask(step.called());
            var repeated = seen.add(step.hash()) ? "" : " (repeated)";
            node.addObject()
                    .put("t_ms", Math.round((step.nanos() - start) / NANOS_OF_A_MILLI * 1000) / 1000.0)
                    .put("sent", step.sent())
                    .put("message", E164.mask(step.label()) + called + repeated);
        }
    }

    /// An unescaped + in a query is a space.
    private static E164 number(String text) {
        var written = text.startsWith(" ") ? "+" + text.strip() : text;
        var plain = written.replaceAll("[ ().-]", "");
        if (!E164.isE164(plain)) {
            throw Query.wrong("to", text, "a number such as %2B441614960123, where %2B is +");
        }
        return E164.parse(plain);
    }

    private static Status status(String text) {
        return Arrays.stream(Status.values())
                .filter(status -> status.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Query.wrong(
                        "status",
                        text,
                        Arrays.stream(Status.values()).map(Status::label).collect(Collectors.joining(", "))));
    }

    private static SessionId cursor(String text) {
        if (!SessionId.isSessionId(text)) {
            throw Query.wrong("after", text, "the “next” of the page before");
        }
        return new SessionId(text);
    }
}
