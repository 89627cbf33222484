package io.flashcall.engine.transport;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What Netty's and the JDK's exceptions mean for a connection. Where they tell it in words alone, the words
/// count.
final class StreamFaults {

    /// Alerts by which a peer finds fault with our certificate (RFC 8446 §6.2).
    private static final List<String> ALERTS_ABOUT_OUR_CERTIFICATE = List.of(
            "certificate_required",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_unknown",
            "certificate_expired",
            "certificate_revoked",
            "unknown_ca",
            "access_denied");

    private StreamFaults() {}

    /// What an exception of the connection says.
    static StreamClosed of(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof CertificateRejected rejected) {
                return new StreamClosed(rejected.reason(), text(rejected));
            }
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof IOException io) {
                return new StreamClosed(reason(io), text(io));
            }
        }
        return new StreamClosed(CloseReason.LOCAL_FAULT, cause.toString());
    }

    /// Whether an exception is the network's doing, not a bug of ours.
    static boolean isOfTheNetwork(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static CloseReason reason(IOException fault) {
        return switch (fault) {
            case SslHandshakeTimeoutException _ -> CloseReason.TLS_TIMED_OUT;
            case NotSslRecordException _ -> CloseReason.TLS_FAILED;
            case SSLException tls -> reasonOfTls(text(tls).toLowerCase(Locale.ROOT));
            case ConnectTimeoutException _ -> CloseReason.CONNECT_TIMED_OUT;
            case BindException _ -> CloseReason.LOCAL_FAULT;
            case NoRouteToHostException _ -> CloseReason.UNREACHABLE;
            case ConnectException connect -> reasonOfConnect(text(connect).toLowerCase(Locale.ROOT));
            case ClosedChannelException _ -> CloseReason.CLOSED_BY_PEER;
            default -> reasonOfText(text(fault).toLowerCase(Locale.ROOT));
        };
    }

    private static CloseReason reasonOfTls(String text) {
        if (text.contains("handshake was in progress")) {
            return CloseReason.CLOSED_BY_PEER;
        }
        boolean isAlert = text.contains("alert");
        boolean isAboutUs = isAlert && ALERTS_ABOUT_OUR_CERTIFICATE.stream().anyMatch(text::contains);
        return isAboutUs ? CloseReason.TLS_CLIENT_CERTIFICATE : CloseReason.TLS_FAILED;
    }

    private static CloseReason reasonOfConnect(String text) {
        if (text.contains("refused")) {
            return CloseReason.REFUSED;
        }
        if (text.contains("timed out")) {
            return CloseReason.CONNECT_TIMED_OUT;
        }
        return text.contains("assign") ? CloseReason.LOCAL_FAULT : CloseReason.UNREACHABLE;
    }

    private static CloseReason reasonOfText(String text) {
        if (text.contains("timed out")) {
            return CloseReason.UNACKNOWLEDGED;
        }
        if (text.contains("unreachable") || text.contains("no route")) {
            return CloseReason.UNREACHABLE;
        }
        return text.contains("assign") || text.contains("too many open files")
                ? CloseReason.LOCAL_FAULT
                : CloseReason.RESET;
    }

    private static String text(Throwable fault) {
        @Nullable String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }
}
