/// What talks to `javax.sip`: loaded once for each callee, by a class loader that knows one stack. Nothing outside this
/// package may name its classes; it is reached through `jain.CalleeStack`.
@NullMarked
package io.flashcall.testbed.jain.callee;

import org.jspecify.annotations.NullMarked;
