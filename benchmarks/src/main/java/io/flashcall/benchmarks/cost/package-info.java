/// The cost of a call: CPU time of the caller's process, all sides in turn against one far end.
@NullMarked
package io.flashcall.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
