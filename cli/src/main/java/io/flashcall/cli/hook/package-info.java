/// A receiver of webhooks: checks their signatures by the Standard Webhooks specification, in its own words rather than
/// the sender's, so that a mistake of the one is seen by the other.
@NullMarked
package io.flashcall.cli.hook;

import org.jspecify.annotations.NullMarked;
