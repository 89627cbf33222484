/// What attempts cost: rates, quotes, usage.
@NullMarked
package io.flashcall.verification.pricing;

import org.jspecify.annotations.NullMarked;
