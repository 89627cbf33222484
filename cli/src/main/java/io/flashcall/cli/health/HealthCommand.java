package io.flashcall.cli.health;

import io.flashcall.cli.option.Values;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Asks a running service whether it can do its work. It reads no configuration and has a plain client,
/// since whoever supervises a service asks every few seconds.
@Command(
        name = "health",
        description = {
            "Asks a running service whether it can do its work (/readyz), and says so.",
            "For health checks of containers and supervisors: no key is needed, and it ends within --timeout."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:It is ready.", "1:It is not, or there was no answer.", "2:Bad usage."},
        footer = {"", "Example:", "  ./flashcall health --url http://127.0.0.1:8080"})
public final class HealthCommand implements Callable<Integer> {

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the service is (default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "3s",
            description = "How long it may take to connect, and then to answer: 100ms to 1m (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Override
    public Integer call() {
        Values.requireWithin(spec, "--timeout", timeout, LEAST, MOST);
        var connection = connection();
        try {
            int status = connection.getResponseCode();
            return status == HttpURLConnection.HTTP_OK ? told("ready", 0) : told("not ready: HTTP status " + status, 1);
        } catch (IOException e) {
            return told("not ready: " + url + " does not answer: " + e.getMessage(), 1);
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connection() {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw Values.bad(spec, "Invalid value for option '--url': " + url + " (expected: http://HOST:PORT)");
        }
        try {
            var ready =
                    URI.create(url.toString().replaceAll("/+$", "") + "/readyz").toURL();
            // Never by way of a proxy that the environment names: the service is on this machine, or next to it.
            var connection = (HttpURLConnection) ready.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setInstanceFollowRedirects(false);
            return connection;
        } catch (IOException e) {
            throw new IllegalStateException("nothing is connected yet that could fail", e);
        }
    }

    private int told(String sentence, int code) {
        spec.commandLine().getOut().println(sentence);
        return code;
    }
}
