/// `flashcall keys`: makes, lists and revokes API keys in the store itself, so that it needs no key to begin with.
@NullMarked
package io.flashcall.cli.keys;

import org.jspecify.annotations.NullMarked;
