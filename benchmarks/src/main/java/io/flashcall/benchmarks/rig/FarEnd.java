package io.flashcall.benchmarks.rig;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/// The far end of every caller: `carrier --behaviour reflect` on its own processor.
public final class FarEnd implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("carrier reflect on (\\S+)");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Pinned process;
    private final String address;

    private FarEnd(Pinned process, String address) {
        this.process = process;
        this.address = address;
    }

    /// @param batches whether it sends equally long datagrams together, and takes them so
    /// @throws IOException it did not start
    public static FarEnd start(Rig rig, boolean batches) throws IOException, InterruptedException {
        var command = rig.flashcall("carrier", "--listen", "127.0.0.1:0", "--behaviour", "reflect");
        if (!batches) {
            // A carrier that can do more than reflect answers one by one.
            command.add("--tcp");
        }
        var process = rig.start(Rig.FAR_END, command, batches ? "far-end" : "far-end-one-by-one");
        try {
            return new FarEnd(process, process.awaitOut(ADDRESS, LONGEST).group(1));
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    /// `ADDR:PORT`
    public String address() {
        return address;
    }

    /// CPU time so far.
    public Duration cpu() throws IOException {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
    }
}
