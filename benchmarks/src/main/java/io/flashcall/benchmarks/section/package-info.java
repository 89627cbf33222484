/// What is measured: each section runs its cells, and turns their figures into a table and plots.
@NullMarked
package io.flashcall.benchmarks.section;

import org.jspecify.annotations.NullMarked;
