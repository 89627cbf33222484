@NullMarked
package io.flashcall.server.config;

import org.jspecify.annotations.NullMarked;
