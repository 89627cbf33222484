/// What a run has measured: cells, their figures, and the file in which they stand.
@NullMarked
package io.flashcall.benchmarks.journal;

import org.jspecify.annotations.NullMarked;
