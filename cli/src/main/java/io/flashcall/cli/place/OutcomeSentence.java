package io.flashcall.cli.place;

import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Tells in one plain sentence how a call ended, and what to do about it where there is something to do.
///
/// @param from  the caller id
/// @param trunk whom we called over
/// @param setup how long we wait for ringing
record OutcomeSentence(String from, String trunk, Duration setup) {

    private static final int CANCELLED = 487;

    /// @param trouble what else is known where the call has failed
    String of(CallReport report, Trouble trouble) {
        return switch (report.outcome()) {
            case Rang(var last) -> rang(report, last);
            case Answered answered -> answered(report, answered.rang());
            case Declined declined -> declined(declined);
            case Failed failed -> failed(failed, trouble);
            case Abandoned _ -> "The call was given up before the phone rang, as you asked; nobody saw " + from + ".";
        };
    }

    private String rang(CallReport report, SipStatus last) {
        String shown = "The phone rang for " + seconds(report.heard()) + " and showed " + from;
        return switch (last.code()) {
            case CANCELLED -> shown + ".";
            case 0 -> shown + "; " + trunk + " never confirmed that the call is over.";
            case 486, 600, 603 -> shown + ", then the callee rejected the call" + told(last) + ".";
            default -> shown + ", then the network ended the call" + told(last) + ".";
        };
    }

    private String answered(CallReport report, boolean rang) {
        return rang
                ? "Someone, or a voicemail box, answered after the phone had rung for " + seconds(report.heard())
                        + " and showed " + from + "; we hung up, but the call may be billed: try a shorter --ring."
                : "The call was answered before the phone rang, so nobody saw " + from
                        + "; we hung up, but the call may be billed.";
    }

    private String declined(Declined declined) {
        String told = told(declined.last());
        return switch (declined.cause()) {
            case INVALID_NUMBER -> "The called number does not exist" + told + ": check --to.";
            case BUSY -> "The phone is busy" + told + " and did not ring: try again later.";
            case UNWANTED -> "The callee wants no calls from " + from + told + ": do not call from this number again.";
            case UNAVAILABLE ->
                "The phone cannot be reached" + told + " and did not ring; it may be switched off: try again later.";
        };
    }

    private String failed(Failed failed, Trouble trouble) {
        String told = told(failed.last());
        return switch (failed.cause()) {
            case NO_RESPONSE ->
                trunk + " did not answer within " + seconds(Optional.of(setup))
                        + ": check the address, the firewall, and that a carrier listens there (./flashcall carrier).";
            case NO_RINGING ->
                trunk + " took the call, but the phone did not ring within " + seconds(Optional.of(setup))
                        + ", so we hung up: try a longer --setup-timeout, or a ring_policy if this trunk rings with"
                        + " 183.";
            case RANG_UNSEEN ->
                "The network says that the phone was alerted" + told
                        + ", though we never heard it ring: do not call again, " + from + " was probably seen.";
            case UNREACHABLE ->
                failed.last().status().isPresent()
                        ? trunk + " could not put the call through" + told + ": try again, or another trunk."
                        : unreachable(trouble);
            case OVERLOADED -> trunk + " is overloaded" + told + retryAfter(failed) + ".";
            case NOT_AUTHORIZED ->
                trouble.rejected()
                        ? trunk + " does not take the user name and password of the trunk's auth" + told
                                + ": check both in the configuration, or with the carrier."
                        : trunk + " wants us to log in" + told
                                + ": give the trunk an auth in the configuration, or ask the carrier to"
                                + " admit us by our address.";
            case BLOCKED ->
                trunk + " forbids the call" + told + ": ask the carrier whether it allows this caller id,"
                        + " this destination and flash calls.";
            case BLOCKED_BY_ANALYTICS ->
                "The network's analytics block " + from + told + ", whoever is called: use another number"
                        + complaint(failed.last()) + ".";
            case MEDIA_REFUSED ->
                trunk + " refused the codecs that we offer" + told + ": ask the carrier which ones it wants.";
            case PROTOCOL ->
                isOfIdentity(failed.last())
                        ? trunk + " refused the call for its signed identity, or for the lack of one" + told
                                + ": see the trunk's stir in the configuration."
                        : "The signalling with " + trunk + " went wrong" + told + ": see the messages with --trace.";
        };
    }

    private String unreachable(Trouble trouble) {
        String listens = "check the address, and that a carrier listens there (./flashcall carrier).";
        if (trouble.nowhere()) {
            return trunk + " was not found in DNS: check its name, and the name servers (dns in the configuration).";
        }
        if (!trouble.connection().isEmpty()) {
            boolean certificate = trouble.connection().startsWith("TLS_");
            return trunk + " could not be reached: there is no connection, " + trouble.connection() + ": "
                    + (certificate ? "see the trunk's tls in the configuration." : listens);
        }
        return trouble.closed()
                ? "Nobody listens at " + trunk + ", its machine says: " + listens
                : trunk + " could not be reached: " + listens;
    }

    /// RFC 8224 §6.2.2.
    private static boolean isOfIdentity(SipStatus last) {
        int status = last.status().orElse(0);
        return status == 428 || status == 436 || status == 437 || status == 438;
    }

    private static String complaint(SipStatus last) {
        return last.redress()
                .map(url -> ", and complain at " + url)
                .orElse(", and ask the carrier whom to complain to");
    }

    private static String retryAfter(Failed failed) {
        return failed.retryAfter()
                .map(pause -> ": it asks to be left alone for " + pause.toSeconds() + " s")
                .orElse(": try again later");
    }

    /// What the peer said, in brackets.
    private static String told(SipStatus last) {
        if (last.status().isEmpty()) {
            return "";
        }
        String q850 = last.q850().isPresent() ? ", Q.850 cause " + last.q850Cause() : "";
        return " (" + last.code() + q850 + ")";
    }

    private static String seconds(Optional<Duration> duration) {
        return String.format(
                Locale.ROOT, "%.2f s", duration.orElse(Duration.ZERO).toNanos() / 1e9);
    }
}
