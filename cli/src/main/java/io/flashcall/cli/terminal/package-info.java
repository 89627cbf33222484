/// The terminal and the process around a command: what it can show, and how it is asked to stop.
@NullMarked
package io.flashcall.cli.terminal;

import org.jspecify.annotations.NullMarked;
