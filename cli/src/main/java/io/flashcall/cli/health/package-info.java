/// `flashcall health`: whether a running service can do its work, for supervisors and containers.
@NullMarked
package io.flashcall.cli.health;

import org.jspecify.annotations.NullMarked;
