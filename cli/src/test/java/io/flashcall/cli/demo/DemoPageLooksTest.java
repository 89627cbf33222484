package io.flashcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.browser.Browser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page for those who have a small screen, no mouse, or other eyes.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("browser")
@ExtendWith(VisitorExtension.class)
class DemoPageLooksTest {

    private static final int MOST_STOPS = 60;

    /// The stop of the focus, in words, and whether it comes after the one before in the document.
    private static final String STOP = """
            const now = document.activeElement;
            const before = window.lastStop;
            window.lastStop = now;
            const follows = !before || before === now
                || Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
            return now === document.body ? 'body' : (now.id || now.className || now.textContent) + (follows ? '' : ' <');
            """;

    /// Texts whose contrast with what is behind them is less than WCAG's 4.5 to 1.
    private static final String FAINT = """
            const rgb = text => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
            const over = (front, back) => {
              const a = front[3] ?? 1;
              return [0, 1, 2].map(i => front[i] * a + back[i] * (1 - a));
            };
            const backOf = element => {
              if (element === null) return [255, 255, 255];
              const own = rgb(getComputedStyle(element).backgroundColor);
              return (own[3] ?? 1) === 1 ? own : over(own, backOf(element.parentElement));
            };
            const light = color => {
              const [r, g, b] = color.map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
              return .2126 * r + .7152 * g + .0722 * b;
            };
            const found = [];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
              const element = texts.currentNode.parentElement;
              if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest('.sr-only, .skip, option, :disabled')) {
                continue;
              }
              const style = getComputedStyle(element);
              const back = backOf(element);
              const front = over(rgb(element instanceof SVGElement ? style.fill : style.color), back);
              const [more, less] = [light(front), light(back)].sort((a, b) => b - a);
              const ratio = (more + .05) / (less + .05);
              if (ratio < 4.5) found.push(`${texts.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
            }
            return found;
            """;

    private final Visitor visitor;
    private final Browser browser;

    DemoPageLooksTest(Visitor visitor) {
        this.visitor = visitor;
        this.browser = visitor.browser();
    }

    @Test
    void a_keyboard_is_enough_and_the_focus_goes_where_one_reads_on() {
        visitor.comes();
        browser.script("document.body.focus()");
        var stops = new ArrayList<String>();
        do {
            browser.type(Browser.TAB);
            stops.add(browser.script(STOP).asString(""));
        } while (!stops.getLast().equals("body") && stops.size() < MOST_STOPS);
        assertThat(stops).startsWith("skip", "theme", "country", "number", "purpose", "email", "primary");
        assertThat(stops).contains("tab-calls", "body").noneMatch(stop -> stop.endsWith("<"));
        browser.script("document.querySelector('input[name=mood]:checked').focus()");
        browser.type(Browser.DOWN);
        browser.await("document.querySelector('input[value=busy]').checked");
        browser.script("document.getElementById('email').focus()");
        browser.type(Browser.TAB + Browser.ENTER);
        visitor.types(visitor.reads("sms"));
        visitor.isTold("Number verified");
        browser.await("document.activeElement.id === 'app-title'");
        browser.type(Browser.TAB + Browser.ENTER);
        visitor.isTold("Verify your number");
        browser.await("document.activeElement.id === 'number'");
    }

    @Test
    void what_has_the_focus_can_be_seen() {
        visitor.comes();
        browser.type(Browser.TAB);
        for (int i = 0; i < 5; i++) {
            browser.type(Browser.TAB);
            assertThat(browser.script(
                                    "const style = getComputedStyle(document.activeElement); return style.outlineStyle"
                                            + " + ' ' + parseInt(style.outlineWidth)")
                            .asString(""))
                    .isEqualTo("solid 2");
        }
    }

    @Test
    void every_control_has_a_name_at_every_stage() {
        visitor.comes();
        assertThat(nameless()).isEmpty();
        visitor.sets("busy");
        visitor.asksForCall();
        var code = visitor.reads("sms");
        assertThat(nameless()).isEmpty();
        assertThat(browser.accessibleName(browser.elements(".digit").getFirst()))
                .isEqualTo("Digit 1 of 4");
        visitor.types(code);
        visitor.isTold("Number verified");
        assertThat(nameless()).isEmpty();
        assertThat(browser.script("return document.getElementById('announce').textContent")
                        .asString(""))
                .startsWith("Number verified.");
    }

    @Test
    void it_fits_on_360_pixels() throws IOException {
        visitor.comes();
        browser.size(360, 740);
        assertThat(overflow()).isEmpty();
        visitor.takesPicture("360-start");
        visitor.asksForCall();
        browser.await("document.querySelector('.phone').dataset.mode === 'ringing'");
        assertThat(overflow()).isEmpty();
        visitor.takesPicture("360-ringing");
        visitor.types(visitor.seesCode().equals("0000") ? "1111" : "0000");
        browser.awaitText("#code-problem", "attempts left");
        assertThat(overflow()).isEmpty();
        visitor.takesPicture("360-missed-call");
        visitor.types(visitor.seesCode());
        visitor.isTold("Number verified");
        assertThat(overflow()).isEmpty();
        visitor.takesPicture("360-verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void texts_stand_out_in_light_and_dark(String scheme) throws IOException {
        visitor.comes();
        browser.prefers("prefers-color-scheme", scheme);
        assertThat(faint()).isEmpty();
        visitor.takesPicture(scheme + "-start");
        visitor.asksForCall();
        browser.await("document.querySelector('.phone').dataset.mode === 'ringing'");
        assertThat(faint()).isEmpty();
        visitor.takesPicture(scheme + "-ringing");
        visitor.seesCall();
        visitor.types("1");
        browser.click("[data-way=sms]");
        visitor.reads("sms");
        assertThat(faint()).isEmpty();
        visitor.takesPicture(scheme + "-fallback");
        browser.click("[data-way=cancel]");
        visitor.isTold("Canceled");
        assertThat(faint()).isEmpty();
    }

    @Test
    void the_theme_is_the_systems_until_one_is_chosen_which_is_kept() {
        visitor.comes();
        browser.prefers("prefers-color-scheme", "light");
        assertThat(background()).isEqualTo("rgb(246, 246, 243)");
        browser.click("#theme");
        browser.awaitText("#theme", "light");
        browser.click("#theme");
        browser.awaitText("#theme", "dark");
        assertThat(background()).isEqualTo("rgb(15, 17, 21)");
        browser.open(visitor.page());
        assertThat(background()).isEqualTo("rgb(15, 17, 21)");
        browser.click("#theme");
        browser.awaitText("#theme", "system");
        assertThat(background()).isEqualTo("rgb(246, 246, 243)");
    }

    @Test
    void who_wants_less_motion_sees_none() {
        visitor.comes();
        browser.prefers("prefers-reduced-motion", "reduce");
        visitor.asksForCall();
        browser.await("document.querySelector('.phone').dataset.mode === 'ringing'");
        assertThat(browser.script("return getComputedStyle(document.querySelector('.rings i')).animationIterationCount")
                        .asString(""))
                .isEqualTo("1");
    }

    private String background() {
        return browser.script("return getComputedStyle(document.body).backgroundColor")
                .asString("");
    }

    private List<String> faint() {
        browser.script("document.getAnimations().forEach(each => each.cancel())");
        return StreamSupport.stream(browser.script(FAINT).spliterator(), false)
                .map(each -> each.asString(""))
                .toList();
    }

    private List<String> overflow() {
        return StreamSupport.stream(browser.script("""
                        const width = document.documentElement.clientWidth;
                        if (document.documentElement.scrollWidth <= width) return [];
                        return [...document.querySelectorAll('body *')]
                            .filter(each => each.getBoundingClientRect().right > width + 1)
                            .map(each => each.tagName + '.' + each.className);
                        """).spliterator(), false)
                .map(each -> each.asString(""))
                .toList();
    }

    private List<String> nameless() {
        return browser.elements("button, input, select, [role=tab], [role=tabpanel], section, [role=group]").stream()
                .filter(each -> browser.script("return arguments[0].checkVisibility()", Map.of(REFERENCE, each))
                        .asBoolean())
                .filter(each -> browser.accessibleName(each).isBlank())
                .toList();
    }

    /// As WebDriver marks an element among a script's arguments.
    private static final String REFERENCE = "element-6066-11e4-a52e-4f735466cecf";
}
