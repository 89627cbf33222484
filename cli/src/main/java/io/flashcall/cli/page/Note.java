package io.flashcall.cli.page;

import tools.jackson.databind.node.ObjectNode;

/// Something that a page is told.
///
/// @param number counts those of its visit, from 1
/// @param type   as its script knows it: `ring`, `event` and so on
/// @param data   no one changes it any more
record Note(long number, String type, ObjectNode data) {}
