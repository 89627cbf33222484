/// What a flash call costs, measured side by side with other callers.
///
/// **Start here:** [io.flashcall.benchmarks.BenchCommand].
@NullMarked
package io.flashcall.benchmarks;

import org.jspecify.annotations.NullMarked;
