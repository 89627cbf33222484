/// `flashcall serve`: the verification service, until it is asked to stop.
@NullMarked
package io.flashcall.cli.serve;

import org.jspecify.annotations.NullMarked;
