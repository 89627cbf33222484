/// Who may not, and how often: number types, limits by destination, address and app, budgets of wrong checks. Each rule
/// has a name and an explicit verdict.
///
/// Start here: [io.flashcall.verification.guard.PhoneNumberRules] judges numbers,
/// [io.flashcall.verification.guard.BucketLimiter] counts.
@NullMarked
package io.flashcall.verification.guard;

import org.jspecify.annotations.NullMarked;
