/// What an operator does to the store itself: `flashcall migrate` and `flashcall backup`.
@NullMarked
package io.flashcall.cli.maintain;

import org.jspecify.annotations.NullMarked;
