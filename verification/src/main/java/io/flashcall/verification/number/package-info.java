/// Caller-id pools: which numbers we may show, which of them is drawn for a call, and how hard its code is to guess.
///
/// Start here: [io.flashcall.verification.number.PoolBook] draws; [io.flashcall.verification.number.PoolRule] and
/// [io.flashcall.verification.number.StrengthRule] say what is wrong with a pool or an app;
/// [io.flashcall.verification.number.EnteredCode] reads what somebody typed.
@NullMarked
package io.flashcall.verification.number;

import org.jspecify.annotations.NullMarked;
