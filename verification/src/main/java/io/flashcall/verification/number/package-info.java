/// Caller-id pools: which numbers we may show, which of them is drawn for a call, and how hard its code is to guess.
@NullMarked
package io.flashcall.verification.number;

import org.jspecify.annotations.NullMarked;
