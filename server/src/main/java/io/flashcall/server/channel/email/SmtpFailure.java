package io.flashcall.server.channel.email;

import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/// Reads what the library throws, and leaves out what it says: that holds addresses.
final class SmtpFailure {

    private static final int DEPTH = 16;

    private SmtpFailure() {}

    /// What the server answered, where it refused.
    static Optional<Integer> code(Exception failure) {
        return chain(failure).stream()
                .map(SmtpFailure::codeOf)
                .filter(SmtpFailure::isRefusal)
                .findFirst();
    }

    static boolean isRefusal(int code) {
        return code >= 400 && code < 600;
    }

    /// A few words for the timeline.
    static String reason(Exception failure) {
        for (var cause : chain(failure)) {
            var words = switch (cause) {
                case UnknownHostException _ -> "unknown host";
                case ConnectException _ -> "connection refused";
                case SocketTimeoutException _ -> "timeout";
                case SSLException _ -> "no TLS: the server's certificate or protocol is not good enough";
                default -> "";
            };
            if (!words.isEmpty()) {
                return words;
            }
        }
        return String.valueOf(failure.getMessage()).contains("STARTTLS")
                ? "the server offers no STARTTLS"
                : "connection lost";
    }

    private static int codeOf(Throwable failure) {
        return switch (failure) {
            case SMTPSendFailedException refused -> refused.getReturnCode();
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSenderFailedException refused -> refused.getReturnCode();
            default -> -1;
        };
    }

    /// The library links what went wrong in a way of its own, besides causes.
    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        Throwable next = failure;
        while (next != null && chain.size() < DEPTH) {
            chain.add(next);
            next = next instanceof MessagingException mail && mail.getNextException() != null
                    ? mail.getNextException()
                    : next.getCause();
        }
        return chain;
    }
}
