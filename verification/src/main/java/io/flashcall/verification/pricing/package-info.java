/// What attempts cost. [RateSheet] holds the prices, [SheetRates] says which of them applies to an attempt;
/// the [Rate] is kept with the attempt, and its cost computed from it when the attempt ends. [Charge] is
/// what each step adds to an app's spending, [Budgets] hold that against what the app may spend, and
/// [BudgetWatch] tells of it.
@NullMarked
package io.flashcall.verification.pricing;

import org.jspecify.annotations.NullMarked;
