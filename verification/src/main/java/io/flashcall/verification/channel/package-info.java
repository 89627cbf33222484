/// Ways to reach a user behind one SPI: [Channel].
@NullMarked
package io.flashcall.verification.channel;

import org.jspecify.annotations.NullMarked;
