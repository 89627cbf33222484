@NullMarked
package io.flashcall.cli;

import org.jspecify.annotations.NullMarked;
