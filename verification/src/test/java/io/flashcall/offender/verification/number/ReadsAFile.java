package io.flashcall.offender.verification.number;

import java.nio.file.Path;

record ReadsAFile(Path path) {}
