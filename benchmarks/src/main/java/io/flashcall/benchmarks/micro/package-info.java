/// JMH: what single steps cost. Those that need the engine's inner types stand in its package.
@NullMarked
package io.flashcall.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
