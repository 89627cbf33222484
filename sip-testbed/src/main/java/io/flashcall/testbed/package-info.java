@NullMarked
package io.flashcall.testbed;

import org.jspecify.annotations.NullMarked;
