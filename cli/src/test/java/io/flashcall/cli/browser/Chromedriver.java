package io.flashcall.cli.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A chromedriver process on a free loopback port; with [#close] it ends, and with it whatever browser it
/// still has.
final class Chromedriver implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromedriver");
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final int PATIENCE_SECONDS = 5;

    private final Process process;
    private final URI url;

    private Chromedriver(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static Chromedriver start() throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new AssertionError(PROGRAM + " is missing (Debian: apt-get install chromium chromium-driver, or"
                    + " ./flashcall test --install)");
        }
        var process = new ProcessBuilder(PROGRAM.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        var told = new StringBuilder();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            told.append(line).append('\n');
            var port = PORT.matcher(line);
            if (port.find()) {
                // Whatever it says later must not fill the pipe.
                Thread.ofVirtual().start(() -> reader.lines().forEach(_ -> {}));
                return new Chromedriver(process, URI.create("http://127.0.0.1:" + port.group(1)));
            }
        }
        process.destroyForcibly();
        throw new IOException("chromedriver did not start: " + told);
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        var children = process.descendants().toList();
        process.destroy();
        process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
