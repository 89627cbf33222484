/// `flashcall place`: one flash call, told as it happens.
///
/// **Start here:** [PlaceCommand] builds an engine of one user agent and few slots; a [Placement] follows its one call
/// and keeps a [CallReport], which [PersonView] or [JsonView] tells.
@NullMarked
package io.flashcall.cli.place;

import org.jspecify.annotations.NullMarked;
