package io.flashcall.cli.load;

/// Sees a load while it runs, about once a second; on the command's thread.
@FunctionalInterface
interface LoadWatcher {

    void onProgress(LoadProgress progress);
}
