/// `flashcall load`: many flash calls at a steady rate, summed up.
///
/// **Start here:** [LoadCommand]. A [Placer] places calls as an [OpenLoop] says, on a thread of its own; a [LoadTally]
/// counts how they end, on the engine's; a [LoadRun] watches both and makes the [LoadReport].
@NullMarked
package io.flashcall.cli.load;

import org.jspecify.annotations.NullMarked;
