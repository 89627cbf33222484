/// What the engine knows of a carrier while it runs: where it is, whom to listen to, its pace and its channels.
@NullMarked
package io.flashcall.engine.trunk;

import org.jspecify.annotations.NullMarked;
