/// Our own command in processes of their own.
@NullMarked
package io.flashcall.cli.child;

import org.jspecify.annotations.NullMarked;
