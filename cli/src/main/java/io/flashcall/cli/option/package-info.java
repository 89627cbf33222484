/// Options that several commands share, and how their values are read: a bad value names itself and what was expected.
@NullMarked
package io.flashcall.cli.option;

import org.jspecify.annotations.NullMarked;
