package io.flashcall.cli.demo;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;

/// One whole verification, done by itself through the API, and told while it happens.
final class DemoRun {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Duration USUAL_RING = Duration.ofMillis(1500);
    private static final int NOT_VERIFIED = 1;
    private static final String PATH = "/v1/verifications";

    private final PrintWriter out;
    private final DemoWorld world;
    private final Duration ring;

    /// @param ring how long the phone rings
    DemoRun(PrintWriter out, DemoWorld world, Duration ring) {
        this.out = out;
        this.world = world;
        this.ring = ring;
    }

    /// @return the exit code
    int run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        say("flashcall ready on " + world.url());
        try {
            verify();
        } catch (Unexpected e) {
            say("Not verified: " + e.getMessage());
            return NOT_VERIFIED;
        }
        say("");
        say(String.format(Locale.ROOT, "Verified in %.1f s.", (System.nanoTime() - begun) / 1e9));
        return 0;
    }

    private void verify() throws IOException, InterruptedException {
        var to = DemoGuide.PHONE;
        var wish = JsonNodeFactory.instance.objectNode().put("to", to);
        if (!ring.equals(USUAL_RING)) {
            wish.put("ring_time_ms", ring.toMillis());
        }
        var started = expect(world.client().post(PATH, wish));
        var id = started.text("id");
        var path = PATH + "/" + id;
        say("POST " + PATH + " " + wish);
        say("  " + id + " is " + started.text("status") + ", the caller id will begin with " + started.text("prefix"));
        var call = world.handsets()
                .next(to, 0, PATIENCE)
                .orElseThrow(() -> new Unexpected("the phone did not ring; see GET " + path + "/events"));
        say("The phone " + to + " rings and shows " + call.from());
        await(id, "call.delivered");
        say("It stopped: a missed call");
        int length = started.body().path("code_length").asInt();
        var code = call.from().substring(call.from().length() - length);
        var checked = expect(world.client()
                .post(path + "/check", JsonNodeFactory.instance.objectNode().put("code", code)));
        say("POST " + path + "/check {\"code\":\"" + code + "\"}");
        say("  it is " + checked.text("status"));
        await(id, "verification.verified");
        say("The app's webhook got verification.verified, signed rightly");
        var told = expect(world.client().get(path + "/events")).body();
        var view = new TimelineView(out, Terminal.ofProcess());
        say("");
        view.events(told);
        say("");
        view.ladders(told);
    }

    private void await(String id, String type) throws InterruptedException {
        if (world.hooks().await(id, type, PATIENCE).isEmpty()) {
            throw new Unexpected("no webhook " + type + " came");
        }
    }

    private static Answer expect(Answer answer) {
        if (!answer.isOk()) {
            throw new Unexpected(answer.complaint());
        }
        return answer;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /// It did not go as it should.
    private static final class Unexpected extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unexpected(String message) {
            super(message);
        }
    }
}
