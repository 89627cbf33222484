/// Benchmarks of types that only their own package knows.
@NullMarked
package io.flashcall.engine.agent;

import org.jspecify.annotations.NullMarked;
