/// `flashcall demo`: everything in one process, for somebody who sees it for the first time.
///
/// **Start here:** [DemoCommand] makes a [DemoWorld]; a [DemoGuide] says what to do with it, or a [DemoRun] does it.
@NullMarked
package io.flashcall.cli.demo;

import org.jspecify.annotations.NullMarked;
