/// How the testbed reads the options that stand in one line of text, `key=value,...`.
@NullMarked
package io.flashcall.testbed.option;

import org.jspecify.annotations.NullMarked;
