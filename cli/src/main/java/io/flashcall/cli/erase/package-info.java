/// `flashcall erase`: forgets a telephone number at once.
@NullMarked
package io.flashcall.cli.erase;

import org.jspecify.annotations.NullMarked;
