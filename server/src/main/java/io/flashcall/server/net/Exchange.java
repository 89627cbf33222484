package io.flashcall.server.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;

/// One request on its way. The deadline may end it from another thread.
final class Exchange {

    private final HttpUriRequestBase request;
    private final AtomicBoolean late = new AtomicBoolean();

    /// Written and read by the thread that sends.
    private boolean connected;

    Exchange(HttpUriRequestBase request) {
        this.request = request;
    }

    HttpUriRequestBase request() {
        return request;
    }

    /// From now on the server may have seen some of it.
    void onConnected() {
        connected = true;
    }

    /// Its time is up: closes its connection, whatever it is doing there.
    void onDeadline() {
        late.set(true);
        request.cancel();
    }

    Answer failed(Exception failure) {
        if (failure instanceof IOException io && GuardedResolver.RefusedException.causes(io)) {
            return new Answer.Refused();
        }
        return new Answer.Failed(late.get() ? "timeout" : reason(failure), connected);
    }

    /// Never the exception's own message: it names addresses, and may name more.
    private static String reason(Exception failure) {
        return switch (failure) {
            case ConnectTimeoutException _ -> "timeout while connecting";
            case SocketTimeoutException _ -> "timeout";
            case ConnectException _ -> "connection refused";
            case UnknownHostException _ -> "host name not found";
            case SSLException _ -> "TLS failed";
            case NoHttpResponseException _ -> "connection closed without an answer";
            case HttpException _ -> "not an HTTP answer";
            default -> "connection broken";
        };
    }
}
