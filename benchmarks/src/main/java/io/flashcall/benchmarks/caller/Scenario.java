package io.flashcall.benchmarks.caller;

import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// What SIPp reads and writes.
final class Scenario {

    static final String STATISTICS = "sipp.csv";

    private static final String RINGING = "<recv response=\"180\"></recv>";

    private Scenario() {}

    /// The flash call as a scenario, with a pause where it rings for a while.
    static Path write(Rig rig, int ringMillis) {
        try (var in = Scenario.class.getResourceAsStream("/flash-call.xml")) {
            if (in == null) {
                throw new IllegalStateException("no resource flash-call.xml (expected: part of benchmarks)");
            }
            String scenario = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String pause = ringMillis == 0 ? "" : "<pause milliseconds=\"" + ringMillis + "\"/>";
            return rig.write("flash-call.xml", scenario.replace(RINGING, RINGING + pause));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A column of the last line of SIPp's statistics, 0 if there are none.
    static long lastOf(Rig rig, String column) {
        try {
            var lines = Files.readAllLines(rig.work().resolve(STATISTICS));
            int index = List.of(lines.getFirst().split(";", -1)).indexOf(column);
            return lines.size() < 2 || index < 0
                    ? 0
                    : Long.parseLong(lines.getLast().split(";", -1)[index]);
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
