/// A browser for tests: Debian's Chromium, driven by its chromedriver over W3C WebDriver, and nothing between.
@NullMarked
package io.flashcall.cli.browser;

import org.jspecify.annotations.NullMarked;
