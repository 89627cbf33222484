package io.flashcall.cli.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium with one window; commands block until they are done. For one thread.
public final class Browser implements AutoCloseable {

    /// As WebDriver writes the keys that have no letter.
    public static final String TAB = "\uE004";

    public static final String SHIFT = "\uE008";
    public static final String ENTER = "\uE007";
    public static final String BACKSPACE = "\uE003";
    public static final String DOWN = "\uE015";
    public static final String SPACE = " ";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration COMMAND = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NANOS = 25_000_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Chromedriver driver;
    private final String session;

    /// @param profile an empty folder for what the browser keeps
    public Browser(Path profile) throws IOException {
        driver = Chromedriver.start();
        var arguments = JSON.createArrayNode().add("--user-data-dir=" + profile);
        FLAGS.forEach(arguments::add);
        if (System.getProperty("user.name", "").equals("root")) {
            arguments.add("--no-sandbox");
        }
        var wanted = JSON.createObjectNode();
        var always = wanted.putObject("capabilities").putObject("alwaysMatch");
        always.putObject("goog:chromeOptions").set("args", arguments);
        always.putObject("goog:loggingPrefs").put("browser", "ALL");
        session =
                "/session/" + send("POST", "/session", wanted).path("sessionId").asString("");
    }

    public void open(URI url) {
        command("POST", "/url", Map.of("url", url.toString()));
    }

    /// A new window, with nothing that the others have kept for themselves; it is the one that is used from
    /// now on.
    ///
    /// @return its handle
    public String openWindow() {
        var handle = command("POST", "/window/new", Map.of("type", "tab"))
                .path("handle")
                .asString("");
        use(handle);
        return handle;
    }

    /// All but an empty one, which is used from now on.
    public void closeWindows() {
        var all = command("GET", "/window/handles", Map.of());
        openWindow();
        var kept = command("GET", "/window", Map.of()).asString("");
        for (var window : all) {
            use(window.asString(""));
            command("DELETE", "/window", Map.of());
        }
        use(kept);
    }

    public void use(String window) {
        command("POST", "/window", Map.of("handle", window));
    }

    /// The size of what is seen of a page, in CSS pixels.
    public void size(int width, int height) {
        devtools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// Runs in pages that this window opens from now on, before anything of theirs.
    public void beforehand(String script) {
        devtools("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /// What the page is told that its user prefers.
    public void prefers(String feature, String value) {
        devtools("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /// @param code a function's body, whose arguments are `arguments[0]` and so on
    public JsonNode script(String code, Object... arguments) {
        return command("POST", "/execute/sync", Map.of("script", code, "args", List.of(arguments)));
    }

    /// Waits until this JavaScript expression is true, in the page's sense.
    ///
    /// @return what it came to
    public JsonNode await(String expression) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var value = script("const value = (" + expression + "); return value || null;");
            if (!value.isNull()) {
                return value;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never true: " + expression + "\non the page:\n"
                        + script("return document.body.innerText").asString(""));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /// Waits for an element, and for text in it.
    public String awaitText(String selector, String text) {
        return await("[...document.querySelectorAll(" + quoted(selector)
                        + ")].map(each => each.innerText ?? each.textContent).find(each =>" + " each.includes("
                        + quoted(text) + "))")
                .asString("");
    }

    public void click(String selector) {
        command("POST", "/element/" + element(selector) + "/click", Map.of());
    }

    /// Types into whatever has the focus.
    public void type(String text) {
        var actions = JSON.createArrayNode();
        text.codePoints().mapToObj(Character::toString).forEach(key -> {
            actions.addObject().put("type", "keyDown").put("value", key);
            actions.addObject().put("type", "keyUp").put("value", key);
        });
        var body = JSON.createObjectNode();
        body.putArray("actions")
                .addObject()
                .put("type", "key")
                .put("id", "keyboard")
                .set("actions", actions);
        send("POST", session + "/actions", body);
    }

    /// The name that assistive technology gives an element.
    public String accessibleName(String element) {
        return command("GET", "/element/" + element + "/computedlabel", Map.of())
                .asString("");
    }

    /// The references of all elements that fit.
    public List<String> elements(String selector) {
        var found = command("POST", "/elements", Map.of("using", "css selector", "value", selector));
        return StreamSupport.stream(found.spliterator(), false)
                .map(each -> each.iterator().next().asString(""))
                .toList();
    }

    /// What the page and its browser complained of since it was asked last.
    public List<String> complaints() {
        var log = command("POST", "/se/log", Map.of("type", "browser"));
        return StreamSupport.stream(log.spliterator(), false)
                .filter(entry -> entry.path("level").asString("").matches("SEVERE|WARNING"))
                .map(entry -> entry.path("message").asString(""))
                .toList();
    }

    /// A picture of the whole page.
    public void picture(Path file) throws IOException {
        var taken = devtools("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(taken.path("data").asString("")));
    }

    private String element(String selector) {
        return command("POST", "/element", Map.of("using", "css selector", "value", selector))
                .iterator()
                .next()
                .asString("");
    }

    private JsonNode devtools(String what, Map<String, Object> parameters) {
        return command("POST", "/goog/cdp/execute", Map.of("cmd", what, "params", parameters));
    }

    private JsonNode command(String method, String path, Map<String, Object> body) {
        return send(method, session + path, JSON.valueToTree(body));
    }

    private JsonNode send(String method, String path, JsonNode body) {
        var publisher = method.equals("POST") ? BodyPublishers.ofString(body.toString()) : BodyPublishers.noBody();
        var request = HttpRequest.newBuilder(URI.create(driver.url() + path))
                .timeout(COMMAND)
                .method(method, publisher)
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            var value = JSON.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new AssertionError(path + " " + body + ": "
                        + value.path("message").asString("").lines().findFirst().orElse(""));
            }
            return value;
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(path, e);
        }
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    @Override
    public void close() {
        try {
            command("DELETE", "", Map.of());
        } finally {
            driver.close();
            client.shutdownNow();
        }
    }
}
