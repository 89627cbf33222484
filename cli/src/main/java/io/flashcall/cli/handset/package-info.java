/// Virtual handsets: what the telephones that the testbed's carrier rings have on their displays, served over HTTP.
///
/// **Start here:** [Handsets] hears of each ring from the carrier and remembers it; [HandsetRoutes] serves it.
@NullMarked
package io.flashcall.cli.handset;

import org.jspecify.annotations.NullMarked;
