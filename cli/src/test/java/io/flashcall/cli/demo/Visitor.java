package io.flashcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.browser.Browser;
import io.flashcall.cli.sandbox.Scratch;
import io.flashcall.cli.serve.WiredService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Somebody who looks at the demo's page, and their verbs.
final class Visitor implements AutoCloseable {

    static final Path PICTURES = Path.of(System.getProperty("basedir", ""), "target", "screenshots");

    private static final Pattern CODE = Pattern.compile("\\b\\d{4}\\b");

    private final Scratch folder;
    private final DemoWorld world;
    private final Browser browser;

    Visitor() throws IOException, InterruptedException {
        folder = Scratch.temporary("flashcall-page");
        world = new DemoWorld(WiredService::start, folder.path().resolve("store"), 0, _ -> {});
        browser = new Browser(folder.path().resolve("profile"));
        browser.size(1440, 900);
    }

    Browser browser() {
        return browser;
    }

    URI page() {
        return URI.create(world.phones() + "/");
    }

    /// A page that knows nothing of the others, in a window of its own.
    ///
    /// @return the window
    String comes() {
        browser.closeWindows();
        return alsoComes();
    }

    /// The same, while the others stay.
    String alsoComes() {
        var window = browser.openWindow();
        browser.size(1440, 900);
        browser.open(page());
        browser.await("document.getElementById('link-state').dataset.state === 'live'");
        browser.complaints();
        return window;
    }

    void fills(String id, String text) {
        browser.click("#" + id);
        browser.script("document.getElementById(arguments[0]).select()", id);
        browser.type(text);
    }

    void asksForCall() {
        browser.click("form.start .primary");
        browser.await("document.querySelector('.digit')");
    }

    /// The phone will do this.
    void sets(String mood) {
        browser.click("input[name=mood][value=" + mood + "]");
        browser.await("document.querySelector('input[name=mood][value=" + mood + "]').checked");
    }

    /// Waits for the latest call in the phone's list.
    ///
    /// @return the number that it shows
    String seesCall() {
        return browser.await("document.querySelector('#panel-calls .entry')?.dataset.from")
                .asString("");
    }

    String seesCode() {
        var number = seesCall();
        return number.substring(number.length() - 4);
    }

    /// Waits for a message in the phone's inbox.
    ///
    /// @param kind `sms` or `email`
    /// @return its code
    String reads(String kind) {
        var text = browser.await("document.querySelector('#panel-" + kind + " li')?.innerText")
                .asString("");
        var code = CODE.matcher(text);
        assertThat(code.find()).as(text).isTrue();
        return code.group();
    }

    void types(String code) {
        browser.await("document.activeElement.classList.contains('digit') && !document.activeElement.readOnly");
        browser.type(code);
    }

    /// What the browser complained of since it was asked last. That a number is another page's is no fault: the page
    /// takes another one, and the browser notes the refusal all the same.
    List<String> complaints() {
        return browser.complaints().stream()
                .filter(complaint -> !complaint.contains("/start - ") || !complaint.contains("409 (Conflict)"))
                .toList();
    }

    /// What the clipboard would bring, into the box that has the focus.
    void pastes(String text) {
        browser.script("""
                const data = new DataTransfer();
                data.setData('text/plain', arguments[0]);
                document.activeElement.dispatchEvent(
                    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
                """, text);
    }

    void isTold(String result) {
        browser.awaitText("#app-title", result);
    }

    void sawEvent(String type) {
        browser.await("document.querySelector('.event[data-type=\"" + type + "\"]')");
    }

    /// With what moves but once at its end.
    void takesPicture(String name) throws IOException {
        browser.script("document.getAnimations().filter(each => isFinite(each.effect.getComputedTiming().endTime))"
                + ".forEach(each => each.finish())");
        browser.picture(PICTURES.resolve(name + ".png"));
    }

    @Override
    public void close() {
        try {
            browser.close();
        } finally {
            world.close();
            folder.close();
        }
    }
}
