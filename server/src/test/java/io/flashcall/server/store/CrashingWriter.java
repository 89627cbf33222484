package io.flashcall.server.store;

import io.flashcall.verification.Session;
import io.flashcall.verification.store.Play;
import io.flashcall.verification.store.Sample;
import java.nio.file.Path;

/// A process that starts sessions until it is killed, and prints the id of each once it was told that it is saved.
final class CrashingWriter {

    /// After so many it ends by itself.
    private static final int MOST = 100_000;

    private CrashingWriter() {}

    public static void main(String[] args) {
        var sessions = SqliteStorage.in(Path.of(args[0])).sessions();
        for (int thread = 0; thread < 20; thread++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < MOST / 20; i++) {
                    var step = Session.start(Sample.session().opening());
                    sessions.create(Play.write(step));
                    System.out.println(step.session().id());
                }
            });
        }
    }
}
