package io.flashcall.benchmarks.micro;

import io.flashcall.engine.transport.DatagramTransport;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A datagram through the kernel and back, by each way that a loop can do it: what input and output alone allocate,
/// whatever is in the datagrams.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DatagramBenchmark {

    private static final int ROUND = 10_000;

    /// `best` joins equal datagrams (UDP GSO), `plain` does not, `nio` is for systems that have neither.
    @Param({"best", "plain", "nio"})
    public String transport = "best";

    private @Nullable SelfTalk talk;

    public DatagramBenchmark() {}

    /// Opens the socket.
    @Setup
    public void open() throws IOException {
        System.setProperty("flashcall.transport", transport);
        talk = new SelfTalk(DatagramTransport.best(), ROUND);
    }

    /// Closes it.
    @TearDown
    public void close() {
        Objects.requireNonNull(talk).close();
    }

    /// One datagram of many, sent and received.
    @Benchmark
    @OperationsPerInvocation(ROUND)
    public void sentAndReceived() throws InterruptedException {
        Objects.requireNonNull(talk).play();
    }
}
