/// Seeing the wire: who listens sees each SIP message as it was sent or received.
@NullMarked
package io.flashcall.engine.capture;

import org.jspecify.annotations.NullMarked;
