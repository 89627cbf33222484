package io.flashcall.cli.verify;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.api.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.node.JsonNodeFactory;

/// Leads somebody through one verification that has been started: shows what happens, asks for the digits until they
/// are right or it is over. Keyboard, stream and signal leave their news here; one thread takes them out.
final class Conversation {

    private static final String AGAIN = "again";

    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final ApiClient client;
    private final PrintWriter out;
    private final String path;
    private Answer latest;

    /// @param started what the service answered to the start
    Conversation(ApiClient client, Answer started, PrintWriter out) {
        this.client = client;
        this.latest = started;
        this.out = out;
        this.path = "/v1/verifications/" + started.text("id");
    }

    /// Any thread.
    void hear(News piece) {
        news.add(piece);
    }

    /// Follows the verification's stream on a thread of its own; without it there is only less to see.
    void follow() {
        Thread.ofVirtual().name("flashcall-stream").start(() -> {
            try {
                client.stream(path + "/stream", event -> hear(new News.Happened(event)));
            } catch (IOException e) {
                // The answers to checks say how it ends.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Leads it to its end.
    ///
    /// @return the verification as it ended, or as it is when there is nobody to ask
    Answer lead() throws IOException, InterruptedException {
        ask();
        while (true) {
            switch (news.take()) {
                case News.Typed(var line) -> typed(line.strip());
                case News.Happened(var event) -> {
                    if (event.status().equals("pending")) {
                        Progress.sentence(event).ifPresent(this::interrupt);
                    } else if (!isOver()) {
                        latest = client.get(path);
                    }
                }
                case News.NoMore() -> {
                    return latest;
                }
                case News.Stop() -> {
                    return client.post(path + "/cancel", JsonNodeFactory.instance.objectNode());
                }
            }
            if (isOver()) {
                return latest;
            }
        }
    }

    private boolean isOver() {
        return !latest.text("status").equals("pending");
    }

    private void typed(String line) throws IOException, InterruptedException {
        if (line.equals(AGAIN)) {
            act("/resend", client.post(path + "/resend", JsonNodeFactory.instance.objectNode()));
        } else if (!line.isEmpty()) {
            act(
                    "/check",
                    client.post(
                            path + "/check",
                            JsonNodeFactory.instance.objectNode().put("code", line)));
        }
        if (!isOver()) {
            ask();
        }
    }

    private void act(String what, Answer answer) throws IOException, InterruptedException {
        if (!answer.isOk()) {
            say(answer.complaint());
            if (answer.problem().equals("session-over")) {
                latest = client.get(path);
            }
            return;
        }
        latest = answer;
        if (what.equals("/check") && !isOver()) {
            int left = answer.body().path("checks_left").asInt();
            say("That is not it. " + left + (left == 1 ? " try is left." : " tries are left."));
        }
    }

    /// Between the question and the digits: so it is asked again.
    private void interrupt(String sentence) {
        out.println();
        say(sentence);
        ask();
    }

    private void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    private void ask() {
        int length = latest.body().path("code_length").asInt();
        var what = latest.text("channel").equals("flash_call")
                ? "Last " + length + " digits of the number that called" + hint() + ", or '" + AGAIN + "': "
                : "Code of " + length + " digits, or '" + AGAIN + "': ";
        out.print(what);
        out.flush();
    }

    private String hint() {
        String prefix = latest.text("prefix");
        return prefix.isEmpty() ? "" : " (" + prefix + "…)";
    }
}
