/// Which way a flash call takes: destination prefix → ordered routes, each with the reason why it was chosen or passed
/// over.
@NullMarked
package io.flashcall.verification.routing;

import org.jspecify.annotations.NullMarked;
