package io.flashcall.offender.verification.number;

import java.io.File;

record ReadsAnOldFile(File file) {}
