package io.flashcall.cli.reload;

import io.flashcall.cli.api.Answer;
import io.flashcall.cli.api.ApiClient;
import io.flashcall.cli.option.Values;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Has a running service read its configuration again, through its API.
@Command(
        name = "reload",
        description = {
            "Has a running service read its configuration file again and use its trunks, pools and routes. Calls in"
                    + " the air are not touched. If anything is wrong, nothing changes, and it says what."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It runs with the file as it is now.",
            "1:There was no answer.",
            "2:Bad usage or configuration: nothing has changed.",
            "70:A fault of this program."
        },
        footer = {"", "Example:", "  FLASHCALL_KEY=fc_adm_… ./flashcall reload --url http://127.0.0.1:8080"})
public final class ReloadCommand implements Callable<Integer> {

    private static final int NO_ANSWER = 1;

    @Spec
    private CommandSpec spec;

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
            description = "An admin key; better in the variable FLASHCALL_KEY, which other users cannot see.")
    private @Nullable String key;

    @Override
    public Integer call() throws InterruptedException {
        if (key == null || key.isBlank()) {
            throw Values.bad(spec, "Missing option: '--key=KEY', or the variable FLASHCALL_KEY");
        }
        try (var client = new ApiClient(url, key)) {
            return tell(client.post("/v1/reload", JsonNodeFactory.instance.objectNode()));
        } catch (IOException e) {
            var reason = e.getMessage() == null ? "nobody listens there" : e.getMessage();
            spec.commandLine().getErr().println(url + " does not answer: " + reason);
            return NO_ANSWER;
        } catch (IllegalArgumentException e) {
            throw Values.bad(spec, "Invalid value for option '--url': " + url + " (expected: http://HOST:PORT)");
        }
    }

    private int tell(Answer answer) {
        var body = answer.body();
        if (!answer.isOk()) {
            var err = spec.commandLine().getErr();
            err.println(String.join("\n  ", answer.complaints()));
            return answer.status() >= 500 ? NO_ANSWER : spec.exitCodeOnInvalidInput();
        }
        var out = spec.commandLine().getOut();
        for (var trunk : body.path("trunks")) {
            out.println("trunk " + text(trunk, "name") + ": "
                    + text(trunk, "change").replace('_', ' '));
        }
        out.println("routes: " + (body.path("routes_changed").asBoolean() ? "changed" : "unchanged"));
        for (var pool : body.path("pools_changed")) {
            out.println("pool " + pool.asString() + ": changed");
        }
        for (var part : body.path("need_restart")) {
            out.println("needs a restart: " + part.asString());
        }
        return 0;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
