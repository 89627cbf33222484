package io.flashcall.server.http.resource;

import io.flashcall.server.http.access.SessionAccess;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.Reply;
import io.flashcall.server.http.stream.EventStream;
import io.flashcall.server.http.stream.SessionFeed;
import io.flashcall.verification.Verifications;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// `GET /v1/verifications/{id}/stream`: server-sent events, until the verification is over. `Last-Event-ID` goes on
/// where a broken stream ended.
public final class VerificationStream {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Verifications verifications;
    private final SessionAccess access;
    private final SessionFeed feed;

    public VerificationStream(Verifications verifications, SessionAccess access, SessionFeed feed) {
        this.verifications = verifications;
        this.access = access;
        this.feed = feed;
    }

    public List<Endpoint> endpoints() {
        return List.of(new Endpoint(
                "GET",
                "/v1/verifications/{id}/stream",
                Set.of(Scope.PUBLISHABLE, Scope.SERVER, Scope.ADMIN),
                this::stream));
    }

    private Reply stream(Call call) {
        call.query().done();
        var session = access.session(call);
        // Subscribed before the timeline is read, so that nothing falls in between.
        var subscription = feed.subscribe(session.id())
                .orElseThrow(() -> Problem.TOO_MANY_STREAMS.plain().header("Retry-After", "10"));
        var stream = new EventStream(
                subscription,
                call.header("last-event-id").map(VerificationStream::sequence).orElse(0),
                () -> verifications.timeline(session.id()),
                entry -> VerificationView.event(entry, call.caller()),
                KEEP_ALIVE);
        return Reply.stream("text/event-stream; charset=utf-8", stream).header("X-Accel-Buffering", "no");
    }

    private static int sequence(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
