/// `flashcall reload`: a running service reads its configuration again.
@NullMarked
package io.flashcall.cli.reload;

import org.jspecify.annotations.NullMarked;
