/// A whole service for trying things out: its folder and its configuration. What `demo` and `load-api` stand on.
@NullMarked
package io.flashcall.cli.sandbox;

import org.jspecify.annotations.NullMarked;
