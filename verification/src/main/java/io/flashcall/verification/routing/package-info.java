/// Which way a flash call takes: destination prefix → ordered routes, each with the reason why it was chosen or passed
/// over.
///
/// Start here: [io.flashcall.verification.routing.PrefixRouting] chooses;
/// [io.flashcall.verification.routing.OutcomeHealth] knows which trunks take calls;
/// [io.flashcall.verification.routing.Verdicts] says what an outcome means for the plan.
@NullMarked
package io.flashcall.verification.routing;

import org.jspecify.annotations.NullMarked;
