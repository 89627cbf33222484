package io.flashcall.engine.simulation;

import io.flashcall.engine.simulation.CallWitness.Reply;
import io.flashcall.engine.simulation.CallWitness.Sendings;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges each datagram when it is sent.
final class SendRules {

    private static final Pattern SIP_ADDRESS = Pattern.compile("<sip:(?:[^@>]*@)?([0-9.]+)(?::([0-9]+))?[;>]");

    private final Conditions conditions;
    private final Debts debts;
    private final Map<String, String> branches = new HashMap<>();

    SendRules(Conditions conditions, Debts debts) {
        this.conditions = conditions;
        this.debts = debts;
    }

    void judge(Message message, Datagram datagram, @Nullable CallWitness call, long now) {
        require(conditions.isAnySource(datagram.to()), call, "nothing is sent to strangers: " + datagram.to());
        if (message.isResponse()) {
            judgeResponse(message, datagram.to());
            return;
        }
        Rule.require(call != null, message.callId(), "requests are sent for accepted calls");
        require(
                conditions.isSource(call.order.trunk(), datagram.to()),
                call,
                "a call's requests go to its own trunk: " + datagram.to());
        switch (message.method()) {
            case "INVITE" -> judgeInvite(message, datagram.to(), call, now);
            case "CANCEL" -> judgeCancel(message, datagram.to(), call, now);
            case "ACK" -> judgeAck(message, datagram.to(), call);
            case "BYE" -> judgeBye(message, datagram.to(), call, now);
            default -> require(false, call, "only INVITE, CANCEL, ACK and BYE are sent: " + message);
        }
    }

    private void judgeInvite(Message message, InetSocketAddress to, CallWitness call, long now) {
        if (call.invite == null) {
            call.invite = new Sendings(message);
            ownBranch(message, call);
        }
        require(call.invite.first.callId().equals(message.callId()), call, "a call has one Call-ID");
        require(call.invite.first.text().equals(message.text()), call, "an INVITE is sent again unchanged");
        require(call.replies.isEmpty(), call, "no INVITE is sent again once something came back");
        goesTo(conditions.target(call.order.trunk()), to, message, call);
        call.invite.times.add(now);
    }

    private void judgeCancel(Message message, InetSocketAddress to, CallWitness call, long now) {
        require(!call.provisionals().isEmpty(), call, "no CANCEL is sent before a provisional has come");
        require(call.firstFinal().isEmpty(), call, "no CANCEL is sent once a final has come");
        var invite = call.invite == null ? message : call.invite.first;
        for (String header : new String[] {"Via", "From", "To", "Call-ID"}) {
            require(invite.header(header).equals(message.header(header)), call, "CANCEL has its INVITE's " + header);
        }
        require(invite.requestUri().equals(message.requestUri()), call, "CANCEL has its INVITE's Request-URI");
        require(invite.cseq() == message.cseq(), call, "CANCEL has its INVITE's CSeq number");
        require(!message.has("Reason"), call, "CANCEL has no Reason");
        goesTo(conditions.target(call.order.trunk()), to, message, call);
        if (call.cancel == null) {
            call.cancel = new Sendings(message);
        }
        require(call.cancel.first.text().equals(message.text()), call, "a CANCEL is sent again unchanged");
        call.cancel.times.add(now);
    }

    private void judgeAck(Message message, InetSocketAddress to, CallWitness call) {
        require(call.invite != null, call, "no ACK is sent before an INVITE");
        require(message.cseq() == call.invite.first.cseq(), call, "ACK has its INVITE's CSeq number");
        if (message.branch().equals(call.invite.first.branch())) {
            require(
                    debts.pay(call, "ACK of failure", message.header("To")),
                    call,
                    "an ACK with the INVITE's branch is sent for a refusal, once each time");
            require(
                    message.requestUri().equals(call.invite.first.requestUri()),
                    call,
                    "the ACK of a refusal has its INVITE's Request-URI");
            goesTo(conditions.target(call.order.trunk()), to, message, call);
        } else {
            require(
                    debts.pay(call, "ACK", message.header("To")),
                    call,
                    "an ACK with a branch of its own is sent for an answer, once each time");
            ownBranch(message, call);
            call.answerOf(message.toTag()).ifPresent(answer -> goesToNextHop(answer, to, message, call));
        }
    }

    private void judgeBye(Message message, InetSocketAddress to, CallWitness call, long now) {
        var answer = call.answerOf(message.toTag());
        require(answer.isPresent(), call, "a BYE is sent to a fork that answered");
        var first = call.byes.get(message.toTag());
        if (first == null) {
            first = new Sendings(message);
            call.byes.put(message.toTag(), first);
            require(debts.pay(call, "BYE", message.header("To")), call, "a BYE is sent when its fork answers");
            ownBranch(message, call);
        }
        require(first.first.text().equals(message.text()), call, "a BYE is sent again unchanged");
        require(call.invite != null && message.cseq() > call.invite.first.cseq(), call, "BYE has a later CSeq");
        require(message.fromTag().equals(call.invite.first.fromTag()), call, "BYE has its INVITE's From tag");
        goesToNextHop(answer.get(), to, message, call);
        first.times.add(now);
    }

    private void judgeResponse(Message message, InetSocketAddress to) {
        if (message.status() == 400) {
            return;
        }
        String method = debts.methodOf(message.branch());
        boolean fits = switch (method) {
            case "INVITE" -> message.status() == 403;
            case "OPTIONS" -> message.status() == 200;
            case "BYE", "CANCEL" -> message.status() == 200 || message.status() == 481;
            case "REFER" -> message.status() == 405;
            case "FROB" -> message.status() == 501;
            default -> false;
        };
        Rule.require(fits, message.branch(), "a request of the peer's gets the answer it deserves: " + message);
        Rule.require(
                debts.wasAskedBy(message.branch(), to), message.branch(), "an answer goes to who asked: " + message);
        boolean _ = debts.pay(null, "answer", message.branch());
    }

    /// A branch names one transaction (RFC 3261 §8.1.1.7).
    private void ownBranch(Message message, CallWitness call) {
        String owner = message.method() + " " + message.callId() + " " + message.toTag();
        String other = branches.putIfAbsent(message.branch(), owner);
        require(
                other == null || other.equals(owner),
                call,
                "each transaction has a branch of its own: " + owner + " has that of " + other);
    }

    private void goesToNextHop(Reply answer, InetSocketAddress to, Message message, CallWitness call) {
        goesTo(nextHop(answer.message(), call.order.trunk()), to, message, call);
    }

    /// The last Record-Route, else the Contact, where the trunk is to be found there; else the INVITE's destination.
    private InetSocketAddress nextHop(Message answer, int trunk) {
        boolean routed = answer.has("Record-Route");
        Matcher addresses = SIP_ADDRESS.matcher(answer.header(routed ? "Record-Route" : "Contact"));
        InetSocketAddress last = conditions.target(trunk);
        while (addresses.find()) {
            String port = addresses.group(2);
            last = Conditions.address(addresses.group(1), port == null ? 5060 : Integer.parseInt(port));
        }
        return conditions.isSource(trunk, last) ? last : conditions.target(trunk);
    }

    private static void goesTo(InetSocketAddress wanted, InetSocketAddress to, Message message, CallWitness call) {
        require(wanted.equals(to), call, message.method() + " goes to " + wanted + ", not to " + to);
    }

    private static void require(boolean holds, @Nullable CallWitness call, String sentence) {
        Rule.require(holds, call == null ? "" : call.toString(), sentence);
    }
}
