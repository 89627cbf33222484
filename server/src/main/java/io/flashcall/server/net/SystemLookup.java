package io.flashcall.server.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the resolver of the machine, for no longer than one may wait. It asks on threads of its own: the
/// system's resolver blocks in native code, where a few slow names would hold up every virtual thread there is.
/// Whoever asks for a name that is being looked up waits for the same answer, so that a slow name takes one
/// thread.
final class SystemLookup implements Lookup, AutoCloseable {

    private static final int THREADS = 32;
    private static final long IDLE_SECONDS = 10;

    private final NameService names;
    private final ThreadPoolExecutor threads;
    private final Map<String, Future<List<InetAddress>>> asked = new ConcurrentHashMap<>();

    /// @param names blocks as long as it likes
    SystemLookup(NameService names) {
        this.names = names;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("lookup-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<InetAddress> addresses(String host, Duration patience) throws UnknownHostException {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return await(asked.computeIfAbsent(host, this::ask), patience);
        }
    }

    private Future<List<InetAddress>> ask(String host) {
        return threads.submit(() -> {
            try {
                return List.of(names.lookUp(host));
            } finally {
                asked.remove(host);
            }
        });
    }

    private static List<InetAddress> await(Future<List<InetAddress>> answer, Duration patience)
            throws UnknownHostException {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unknown("the name server did not answer in time", e);
        } catch (ExecutionException e) {
            throw unknown("no such name", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("interrupted", e);
        }
    }

    private static UnknownHostException unknown(String why, Exception cause) {
        var unknown = new UnknownHostException(why);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /// What resolves a name on this machine.
    @FunctionalInterface
    interface NameService {

        InetAddress[] lookUp(String host) throws UnknownHostException;
    }
}
