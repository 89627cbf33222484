/// Pictures of figures.
@NullMarked
package io.flashcall.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
