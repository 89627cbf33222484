package io.flashcall.server.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the resolver of the machine, for no longer than a bound. It asks on threads of its own: the system's
/// resolver blocks in native code, where a few slow names would hold up every virtual thread there is.
final class SystemLookup implements Lookup, AutoCloseable {

    private static final int THREADS = 8;

    private final Duration patience;
    private final ExecutorService threads;

    SystemLookup(Duration patience) {
        this.patience = patience;
        this.threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("lookup-", 0).factory());
    }

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return ask(host);
        }
    }

    private List<InetAddress> ask(String host) throws UnknownHostException {
        var answer = threads.submit(() -> List.of(InetAddress.getAllByName(host)));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unknown("the name server did not answer in time", e);
        } catch (ExecutionException e) {
            throw unknown("no such name", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
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
}
