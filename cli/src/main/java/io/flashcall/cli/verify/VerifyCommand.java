package io.flashcall.cli.verify;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.api.ApiClient;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.terminal.StopSignal;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Verifies a number through the API, and asks for the digits.
@Command(
        name = "verify",
        description = "Verifies a number through the API of a service: calls it, waits, asks for the digits.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The number is verified.",
            "1:It is not.",
            "2:Bad usage, or the service does not take the request as it is.",
            "70:A fault of this program."
        },
        footer = {
            "",
            "Example, with ./flashcall demo running in another terminal, which prints a key:",
            "  FLASHCALL_KEY=fc_srv_… ./flashcall verify --to +441614960123"
        })
public final class VerifyCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int NOT_VERIFIED = 1;

    private final Reader keyboard;
    private final StopSignal stop;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NUMBER",
            description = "The number: + and E.164, or as people write it where the app has a default region.")
    private String to;

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            paramLabel = "URL",
            description = "Of the service (default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--key",
            defaultValue = "${env:FLASHCALL_KEY}",
            paramLabel = "KEY",
            description = "A server key; better in the variable FLASHCALL_KEY, which other users cannot see.")
    private @Nullable String key;

    @Option(names = "--purpose", paramLabel = "NAME", description = "What it is for, such as login (default: signup).")
    private @Nullable String purpose;

    @Option(names = "--user-reference", paramLabel = "TEXT", description = "Who it is for, in your own words.")
    private @Nullable String userReference;

    @Option(
            names = "--json",
            description =
                    "At the end, print the verification as one JSON object; whatever is said before goes to stderr.")
    private boolean json;

    /// @param keyboard where the digits come from
    public VerifyCommand(Reader keyboard, StopSignal stop) {
        this.keyboard = keyboard;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (key == null || key.isBlank()) {
            throw Values.bad(spec, "Missing option: '--key=KEY', or the variable FLASHCALL_KEY");
        }
        try (var client = new ApiClient(url, key)) {
            return verify(client);
        } catch (IOException e) {
            spec.commandLine().getErr().println(url + " does not answer: " + reason(e));
            return NOT_VERIFIED;
        } catch (IllegalArgumentException e) {
            throw Values.bad(spec, "Invalid value for option '--url': " + url + " (expected: http://HOST:PORT)");
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "nobody listens there" : e.getMessage();
    }

    private int verify(ApiClient client) throws IOException, InterruptedException {
        var started = client.post("/v1/verifications", wish());
        if (!started.isOk()) {
            spec.commandLine().getErr().println(started.complaint());
            boolean ours = started.status() >= 400 && started.status() < 429 && started.status() != 409;
            return ours ? spec.exitCodeOnInvalidInput() : NOT_VERIFIED;
        }
        var talk = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        talk.println("Calling " + started.text("to") + " (" + started.text("id") + ").");
        var conversation = new Conversation(client, started, talk);
        stop.on(PATIENCE, () -> conversation.hear(new News.Stop()));
        conversation.follow();
        Keyboard.read(keyboard, conversation::hear);
        return tell(conversation.lead());
    }

    private ObjectNode wish() {
        var wish = JsonNodeFactory.instance.objectNode().put("to", to);
        if (purpose != null) {
            wish.put("purpose", purpose);
        }
        if (userReference != null) {
            wish.put("user_reference", userReference);
        }
        return wish;
    }

    private int tell(Answer end) {
        var out = spec.commandLine().getOut();
        boolean verified = end.text("status").equals("verified");
        if (json) {
            out.println(end.body());
        } else {
            out.println();
            out.println(verified ? end.text("to") + " is verified." : end.text("to") + " is not verified: " + why(end));
        }
        out.flush();
        return verified ? 0 : NOT_VERIFIED;
    }

    private static String why(Answer end) {
        String reason = end.text("reason");
        var status = end.text("status").equals("pending") ? "nobody entered the digits" : end.text("status");
        return status + (reason.isEmpty() ? "" : " (" + reason.replace('_', ' ') + ")") + ".";
    }
}
