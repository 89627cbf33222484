package io.flashcall.cli.page;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.api.ApiClient;
import io.flashcall.testbed.behaviour.Switchboard;
import io.flashcall.verification.guard.NumberRules;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The back end of the app on the page: what a team would write that verifies its users. It alone has the
/// key, and it knows whose verification is whose. Blocking, thread-safe.
public final class AppBackend {

    static final String PATH = "/v1/verifications/";

    private static final Duration RING = Duration.ofMillis(2200);

    private final ApiClient client;
    private final NumberRules numbers;
    private final Visits visits;
    private final Switchboard phones;

    /// @param client  with a server key
    /// @param numbers the service's own
    /// @param phones  switched to what the page's phone does, before it is called
    public AppBackend(ApiClient client, NumberRules numbers, Visits visits, Switchboard phones) {
        this.client = client;
        this.numbers = numbers;
        this.visits = visits;
        this.phones = phones;
    }

    /// What somebody has filled in.
    ///
    /// @param country ISO 3166 region of a number that is written without +
    /// @param email   empty: none
    record Wish(String country, String number, String purpose, String email) {}

    /// Starts a verification; whatever the visit had before is over.
    Answer start(Visit visit, Wish wish) throws IOException, InterruptedException {
        return switch (numbers.judge(wish.number(), Optional.of(wish.country()))) {
            case NumberRules.Verdict.Refused refused ->
                problem(422, "This number cannot be called", refused.detail(), "number");
            case NumberRules.Verdict.Accepted accepted ->
                start(visit, wish, "+" + accepted.number().digits());
        };
    }

    private Answer start(Visit visit, Wish wish, String number) throws IOException, InterruptedException {
        var former = visits.owner(number).filter(owner -> owner != visit);
        if (!visits.claim(number, visit)) {
            return problem(409, "Another page is using this number", "Take another one, or close that page.", "number");
        }
        if (!wish.email().isEmpty() && !visits.claim(wish.email(), visit)) {
            return problem(409, "Another page is using this address", "Take another one, or close that page.", "email");
        }
        // If they are over already, so much the better.
        cancel(visit);
        if (former.isPresent()) {
            cancel(former.get());
        }
        phones.set(number, visit.mood().behaviour());
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("to", number)
                .put("purpose", wish.purpose())
                .put("ring_time_ms", RING.toMillis());
        if (wish.email().isEmpty()) {
            // Email would be tried in vain, and be told of.
            body.putArray("channels").add("flash_call").add("sms");
        } else {
            body.put("email", wish.email());
        }
        var started = client.post("/v1/verifications", body);
        if (started.isOk()) {
            var id = started.text("id");
            visit.subject(new Visit.Subject(id, number));
            var told = JsonNodeFactory.instance
                    .objectNode()
                    .put("email", !wish.email().isEmpty());
            told.set("view", started.body());
            visit.tell("started", told);
            Thread.ofVirtual().name("narrator").start(new Narrator(client, visit, id));
        }
        return started;
    }

    /// @param code whatever was entered
    Answer check(Visit visit, String code) throws IOException, InterruptedException {
        return act(visit, "/check", JsonNodeFactory.instance.objectNode().put("code", code));
    }

    /// @param channel empty: the one that was used last
    Answer resend(Visit visit, String channel) throws IOException, InterruptedException {
        var body = JsonNodeFactory.instance.objectNode();
        if (!channel.isEmpty()) {
            body.put("channel", channel);
        }
        return act(visit, "/resend", body);
    }

    Answer cancel(Visit visit) throws IOException, InterruptedException {
        return act(visit, "/cancel", JsonNodeFactory.instance.objectNode());
    }

    /// From now on the visit's phone does this.
    void change(Visit visit, PhoneMood mood) {
        visit.mood(mood);
        visit.subject().ifPresent(subject -> phones.set(subject.number(), mood.behaviour()));
        visit.tell("mood", JsonNodeFactory.instance.objectNode().put("mood", mood.label()));
    }

    private Answer act(Visit visit, String what, ObjectNode body) throws IOException, InterruptedException {
        var subject = visit.subject();
        return subject.isPresent()
                ? client.post(PATH + subject.get().verification() + what, body)
                : problem(409, "Nothing is being verified", "Start a verification first.", "");
    }

    /// In the form of the service's own (RFC 9457).
    private static Answer problem(int status, String title, String detail, String field) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("field", field);
        return new Answer(status, body);
    }
}
