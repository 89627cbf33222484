package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.Dialplan;
import io.flashcall.testbed.registrar.Registrar;
import io.flashcall.testbed.wire.HeaderValue;
import io.flashcall.testbed.wire.PlainStyle;
import io.flashcall.testbed.wire.Reflector;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Takes each datagram to its call, through the call's line; answers what belongs to none. Confined to the loop.
final class Exchange implements Sockets.Receiver {

    private final Site site;
    private final CallTable calls = new CallTable();
    private final Reflector reflector = new Reflector();
    private final SplittableRandom random;

    /// Of answers outside of calls: what comes astray changes the fate of no call.
    private final SplittableRandom strays;
    private volatile Dialplan dialplan;
    private volatile OptionsAnswer options;
    private volatile boolean reflectAll;

    Exchange(Site site) {
        this.site = site;
        this.random = new SplittableRandom(site.config().seed());
        this.strays = new SplittableRandom(~site.config().seed());
        this.dialplan = site.config().dialplan();
        this.options = site.config().terms().options();
        switchTo(dialplan);
    }

    /// New calls meet this from now on. From any thread.
    void switchTo(Dialplan other) {
        dialplan = other;
        reflectAll = other instanceof Dialplan.Always(Behaviour behaviour) && behaviour.stateless();
    }

    /// Each OPTIONS gets this from now on. From any thread.
    void answerOptions(OptionsAnswer other) {
        options = other;
    }

    @Override
    public void onMessage(byte[] bytes, int length, Origin source) {
        if (reflectAll) {
            reflect(bytes, length, source);
            return;
        }
        if (isKeepAlive(bytes, length)) {
            return;
        }
        Optional<SipMessage> parsed = SipMessage.parse(bytes, length);
        if (parsed.isEmpty()) {
            site.counts().add(Counts.Kind.MALFORMED);
            return;
        }
        SipMessage message = parsed.get();
        if (message.isRequest()) {
            site.judge().transport(message, source);
        }
        switch (message.method()) {
            case "INVITE" -> onInvite(message, source);
            case "CANCEL" -> onCancel(message, source);
            case "ACK" -> onAck(message);
            case "BYE" -> onBye(message, source);
            case "OPTIONS" -> onOptions(message, source);
            case "REGISTER" -> onRegister(message, source);
            case "PRACK", "UPDATE", "INFO" -> onInDialog(message, source);
            // A response has no method.
            case "" -> onResponse(message);
            default -> answerStranger(message, source, 405);
        }
    }

    void sweep(long now) {
        calls.sweep(now);
        site.door().countBindings(now);
    }

    /// RFC 5626 §3.5.1: blank lines, or nothing at all, keep a NAT open.
    private static boolean isKeepAlive(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void reflect(byte[] bytes, int length, Origin source) {
        switch (reflector.reflect(bytes, length)) {
            case INVITE -> site.counts().add(Counts.Kind.INVITES);
            case CANCEL -> site.counts().add(Counts.Kind.CANCELS);
            case ACK -> site.counts().add(Counts.Kind.ACKS);
            case OTHER -> site.counts().add(Counts.Kind.OPTIONS);
            case UNREADABLE -> site.counts().add(Counts.Kind.MALFORMED);
        }
        for (int i = 0; i < reflector.responses(); i++) {
            site.sockets().send(reflector.bytes(i), reflector.length(i), source, false);
        }
    }

    private void onInvite(SipMessage message, Origin source) {
        Call known = calls.byTransaction(Invite.transactionKey(message));
        if (known != null) {
            known.inbound().carry(() -> known.onInvite(message));
            return;
        }
        if (message.toTag().isPresent()) {
            answerStranger(message, source, 481);
            return;
        }
        if (isReflected(message)) {
            reflectParsed(message, source);
            return;
        }
        Behaviour behaviour = choose(message);
        long seed = random.nextLong();
        if (calls.isFull()) {
            answerStranger(message, source, 503);
            return;
        }
        Call call = new Call(site, Invite.of(message, source), behaviour, seed);
        Call earlier = calls.byCallId(message.callId());
        if (earlier != null) {
            site.judge().retry(earlier.invite(), call.invite());
        }
        calls.add(call);
        call.inbound().carry(() -> call.onInvite(message));
    }

    private Behaviour choose(SipMessage message) {
        return dialplan.behaviourFor(HeaderValue.user(message.requestUri()), random);
    }

    private void onCancel(SipMessage message, Origin source) {
        Call call = calls.byTransaction(Invite.transactionKey(message));
        if (call != null) {
            call.inbound().carry(() -> {
                site.counts().add(Counts.Kind.CANCELS);
                call.onCancel(message, source);
            });
            return;
        }
        Call kin = calls.byCallId(message.callId());
        if (kin == null && isReflected(message)) {
            reflectParsed(message, source);
            return;
        }
        site.counts().add(Counts.Kind.CANCELS);
        if (kin != null) {
            site.judge().cancel(kin.invite(), message);
        }
        answerStranger(message, source, 481);
    }

    private void onAck(SipMessage message) {
        Call call = calls.byTransaction(Invite.transactionKey(message));
        Call kin = call != null ? call : calls.byCallId(message.callId());
        if (kin == null) {
            site.counts().add(Counts.Kind.ACKS);
            if (!isReflected(message)) {
                site.counts().add(Counts.Kind.UNEXPECTED);
            }
            return;
        }
        kin.inbound().carry(() -> {
            site.counts().add(Counts.Kind.ACKS);
            if (call != null) {
                kin.onTransactionAck(message);
            } else {
                kin.onDialogAck(message);
            }
        });
    }

    private void onBye(SipMessage message, Origin source) {
        Call call = calls.byCallId(message.callId());
        if (call == null) {
            site.counts().add(Counts.Kind.BYES);
            answerStranger(message, source, 481);
            return;
        }
        call.inbound().carry(() -> {
            site.counts().add(Counts.Kind.BYES);
            call.onBye(message, source);
        });
    }

    private void onInDialog(SipMessage message, Origin source) {
        Call call = calls.byCallId(message.callId());
        if (call == null) {
            answerStranger(message, source, 481);
            return;
        }
        call.inbound().carry(() -> call.onRequest(message, source));
    }

    private void onRegister(SipMessage message, Origin source) {
        if (site.config().terms().registrar().isEmpty()) {
            answerStranger(message, source, 405);
            return;
        }
        once(message, source, () -> registered(message, source));
    }

    private SipResponse registered(SipMessage message, Origin source) {
        Registrar.Answer answer = site.door()
                .register(message, site.responses().hostPort(message, source))
                .orElseThrow();
        site.door().countBindings(System.nanoTime());
        return site.responses()
                .plain(message, source, answer.status(), newTag())
                .with(answer.fields());
    }

    private void onResponse(SipMessage message) {
        if (!site.asker().onResponse(message)) {
            site.counts().add(Counts.Kind.UNEXPECTED);
        }
    }

    private void onOptions(SipMessage message, Origin source) {
        site.counts().add(Counts.Kind.OPTIONS);
        switch (options) {
            case OK -> once(message, source, () -> site.responses().options(message, source, newTag()));
            case UNAVAILABLE -> once(message, source, () -> site.responses().plain(message, source, 503, newTag()));
            case SILENT -> {}
        }
    }

    /// Answers a request that belongs to no call: a repeated one as before, one that is not admitted with its
    /// refusal.
    private void once(SipMessage message, Origin source, Supplier<SipResponse> answer) {
        byte[] before = site.replies().to(message);
        if (before.length > 0) {
            send(before, message, source);
            return;
        }
        if (message.method().equals("REGISTER")) {
            site.counts().add(Counts.Kind.REGISTERS);
        }
        SipResponse response = site.door()
                .refuses(message)
                .map(refusal -> site.responses()
                        .plain(message, source, refusal.status(), newTag())
                        .with(refusal.fields()))
                .orElseGet(answer);
        byte[] bytes = new PlainStyle().bytes(response);
        site.replies().remember(message, bytes);
        send(bytes, message, source);
    }

    /// A request that fits nothing.
    private void answerStranger(SipMessage message, Origin source, int status) {
        site.counts().add(Counts.Kind.UNEXPECTED);
        SipResponse response = status == 405
                ? site.responses().options(message, source, newTag())
                : site.responses().plain(message, source, status, newTag());
        send(new PlainStyle().bytes(new SipResponse(status, response.fields(), "")), message, source);
    }

    private void send(byte[] bytes, SipMessage request, Origin source) {
        site.sockets().send(bytes, bytes.length, Responses.destination(request, source), false);
    }

    private String newTag() {
        return Long.toHexString(strays.nextLong());
    }

    /// By number, some calls may be reflected while others are remembered.
    private boolean isReflected(SipMessage message) {
        return dialplan.reflects(HeaderValue.user(message.requestUri()));
    }

    private void reflectParsed(SipMessage message, Origin source) {
        byte[] bytes = message.text().getBytes(StandardCharsets.ISO_8859_1);
        reflect(bytes, bytes.length, source);
    }
}
