/// The web servers of commands that play a part around the service: handsets, inbox, webhook receiver.
@NullMarked
package io.flashcall.cli.web;

import org.jspecify.annotations.NullMarked;
