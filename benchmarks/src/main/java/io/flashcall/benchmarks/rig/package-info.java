/// What measurements stand on: processes on processors of their own, and the far end.
@NullMarked
package io.flashcall.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
