/// Who places calls: a process of its own for each measurement.
@NullMarked
package io.flashcall.benchmarks.caller;

import org.jspecify.annotations.NullMarked;
