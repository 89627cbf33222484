/// From the engine's events to sessions.
@NullMarked
package io.flashcall.verification.tracking;

import org.jspecify.annotations.NullMarked;
