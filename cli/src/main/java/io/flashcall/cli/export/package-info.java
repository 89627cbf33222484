/// `flashcall export`: attempts as CSV, to be held against the bills of carriers and providers.
@NullMarked
package io.flashcall.cli.export;

import org.jspecify.annotations.NullMarked;
