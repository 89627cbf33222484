/// `flashcall carrier`: somebody to call.
@NullMarked
package io.flashcall.cli.carrier;

import org.jspecify.annotations.NullMarked;
