package io.flashcall.engine.trunk.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// One question to the name servers, one after the other: over UDP, and TCP where the answer is too long.
/// dnsjava sees to source ports, identifiers and that the answer is to the question. Any thread that may
/// wait.
final class Exchange {

    /// What they say.
    sealed interface Reply {

        /// @param answer  the records, perhaps none
        /// @param noName  NXDOMAIN, of the name at the end of the aliases
        record Answered(List<Record> answer, boolean noName) implements Reply {}

        record Failed(String reason) implements Reply {}
    }

    /// How often one question is sent: a lost packet, or one dead server, is no failure yet.
    static final int TRIES = 2;

    private static final int MOST_SERVERS = 3;

    private final NameServers servers;
    private final Duration timeout;

    /// @param timeout of each try
    Exchange(NameServers servers, Duration timeout) {
        this.servers = servers;
        this.timeout = timeout;
    }

    /// Asks each server, then, when none has answered, each again.
    Reply ask(Name name, int type) {
        List<InetSocketAddress> known = servers.servers();
        String question = name.toString(true) + " " + Type.string(type) + ": ";
        String reason = "no name server is known";
        for (int i = 0; i < TRIES * Math.min(MOST_SERVERS, known.size()); i++) {
            var server = known.get(i % Math.min(MOST_SERVERS, known.size()));
            try {
                Message reply = send(name, type, server);
                int code = reply.getRcode();
                if (code == Rcode.NOERROR || code == Rcode.NXDOMAIN) {
                    return new Reply.Answered(reply.getSection(Section.ANSWER), code == Rcode.NXDOMAIN);
                }
                reason = Rcode.string(code) + " from " + text(server);
            } catch (TimeoutException _) {
                reason = "no answer from " + text(server) + " within " + timeout.toMillis() + " ms";
            } catch (ExecutionException e) {
                reason = text(server) + ": " + cause(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new Reply.Failed(question + "interrupted");
            }
        }
        servers.noneAnswered();
        return new Reply.Failed(question + reason);
    }

    private Message send(Name name, int type, InetSocketAddress server)
            throws InterruptedException, ExecutionException, TimeoutException {
        var resolver = new SimpleResolver(server);
        resolver.setTimeout(timeout);
        var query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        var answer = resolver.sendAsync(query).toCompletableFuture();
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    private static String cause(ExecutionException e) {
        var cause = e.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }

    private static String text(InetSocketAddress server) {
        return server.getAddress().getHostAddress() + ":" + server.getPort();
    }
}
