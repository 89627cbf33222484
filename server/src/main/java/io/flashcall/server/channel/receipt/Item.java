package io.flashcall.server.channel.receipt;

import io.flashcall.verification.Receipt;
import java.util.Optional;

/// One receipt of those that came together.
///
/// @param id        the provider's
/// @param reference ours
/// @param detail    for the timeline; holds no number
record Item(Optional<String> id, Optional<String> reference, Receipt.State state, String detail) {}
