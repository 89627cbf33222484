package io.flashcall.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a session makes of every event in every state; its channels are the flash call, then SMS.
///
/// States are named as [SessionWords] names them, events as [SessionTableTest] lists them: `delivered`, `perhaps`,
/// `next route` and `next channel` are the verdicts on the latest attempt's outcome, `arrived`, `lost` and `unsure` are
/// what its provider reports later, `other` is a launch that the session does not wait for, `time up` is its deadline.
/// A state that an event leaves alone is written `.`.
final class SessionTable {

    private static final String PENDING = """
            launching flash_call
              prepared                        -> calling 1                : attempt.started, dispatch 1
              unavailable                     -> launching sms            : channel.unavailable, channel.fallback, launch sms
              other prepared, other unavailable, ringing, delivered, perhaps, next route, next channel, time early -> . : nothing
              arrived, lost, unsure           -> .                        : nothing
              right                           -> .                        : impossible
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks   : check.wrong, verification.failed
              resend, resend sms, resend fax, resend used up -> .         : denied: call_in_progress
              cancel                          -> canceled                 : verification.canceled
              time up                         -> .                        : launch flash_call
              expiry                          -> expired                  : verification.expired
              right late                      -> expired                  : verification.expired, denied: ended

            launching sms, call 1 in the air
              prepared                        -> sending 2                : attempt.started, dispatch 2
              unavailable                     -> spent, call 1 in the air : channel.unavailable
              other prepared, other unavailable, time early -> .          : nothing
              ringing                         -> .                        : call.ringing
              delivered, perhaps              -> launching sms            : call.delivered
              next route, next channel        -> launching sms            : call.failed
              arrived, lost, unsure           -> .                        : nothing
              right                           -> verified, call 1 in the air : verification.verified, hang up 1
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks, call 1 in the air : check.wrong, verification.failed, hang up 1
              resend, resend sms, resend fax, resend used up -> .         : denied: call_in_progress
              cancel                          -> canceled, call 1 in the air : verification.canceled, hang up 1
              time up                         -> .                        : launch sms
              expiry                          -> expired, call 1 in the air : verification.expired, hang up 1
              right late                      -> expired, call 1 in the air : verification.expired, hang up 1, denied: ended

            calling 1
              prepared, unavailable, other prepared, other unavailable, time early -> . : nothing
              ringing                         -> ringing 1                : call.ringing
              delivered                       -> delivered 1              : call.delivered
              perhaps                         -> unconfirmed 1            : call.delivered
              next route                      -> launching flash_call     : call.failed, launch flash_call
              next channel                    -> launching sms            : call.failed, channel.fallback, launch sms
              arrived, lost, unsure           -> .                        : nothing
              right                           -> verified, call 1 in the air : verification.verified, hang up 1
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks, call 1 in the air : check.wrong, verification.failed, hang up 1
              resend, resend sms, resend fax, resend used up -> .         : denied: call_in_progress
              cancel                          -> canceled, call 1 in the air : verification.canceled, hang up 1
              time up                         -> launching sms, call 1 in the air : hang up 1, channel.fallback, launch sms
              expiry                          -> expired, call 1 in the air : verification.expired, hang up 1
              right late                      -> expired, call 1 in the air : verification.expired, hang up 1, denied: ended

            ringing 1
              prepared, unavailable, other prepared, other unavailable, ringing, time early -> . : nothing
              delivered, next route, next channel -> delivered 1          : call.delivered
              perhaps                         -> unconfirmed 1            : call.delivered
              arrived, lost, unsure           -> .                        : nothing
              right                           -> verified, call 1 in the air : verification.verified, hang up 1
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks, call 1 in the air : check.wrong, verification.failed, hang up 1
              resend, resend sms, resend fax, resend used up -> .         : denied: call_in_progress
              cancel                          -> canceled, call 1 in the air : verification.canceled, hang up 1
              time up                         -> launching sms, call 1 in the air : hang up 1, channel.fallback, launch sms
              expiry                          -> expired, call 1 in the air : verification.expired, hang up 1
              right late                      -> expired, call 1 in the air : verification.expired, hang up 1, denied: ended

            delivered 1
            unconfirmed 1
              prepared, unavailable, other prepared, other unavailable, time early -> . : nothing
              ringing, delivered, perhaps, next route, next channel -> .  : nothing
              arrived, lost, unsure           -> .                        : nothing
              right                           -> verified                 : verification.verified
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks   : check.wrong, verification.failed
              resend                          -> launching flash_call send 2 : launch flash_call send 2
              resend sms                      -> launching sms send 2     : launch sms send 2
              resend fax                      -> .                        : denied: no_such_channel
              resend used up                  -> .                        : denied: sends_used_up
              cancel                          -> canceled                 : verification.canceled
              time up                         -> launching sms            : channel.fallback, launch sms
              expiry                          -> expired                  : verification.expired
              right late                      -> expired                  : verification.expired, denied: ended

            sending 2
              prepared, unavailable, other prepared, other unavailable, time early -> . : nothing
              ringing                         -> .                        : call.ringing
              delivered                       -> delivered 2              : message.accepted
              perhaps                         -> unconfirmed 2            : message.accepted
              next route, next channel        -> failed undeliverable     : message.refused, verification.failed
              arrived                         -> .                        : message.delivered
              lost                            -> failed undeliverable     : message.failed, verification.failed
              unsure                          -> .                        : message.unknown
              right                           -> verified                 : verification.verified
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks   : check.wrong, verification.failed
              resend, resend sms              -> launching sms send 2     : launch sms send 2
              resend fax                      -> .                        : denied: no_such_channel
              resend used up                  -> .                        : denied: sends_used_up
              cancel                          -> canceled                 : verification.canceled
              time up                         -> spent                    : nothing
              expiry                          -> expired                  : verification.expired
              right late                      -> expired                  : verification.expired, denied: ended

            delivered 2
              prepared, unavailable, other prepared, other unavailable, time early -> . : nothing
              ringing, delivered, perhaps, next route, next channel -> .  : nothing
              arrived                         -> .                        : message.delivered
              lost                            -> failed undeliverable     : message.failed, verification.failed
              unsure                          -> .                        : message.unknown
              right                           -> verified                 : verification.verified
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks   : check.wrong, verification.failed
              resend, resend sms              -> launching sms send 2     : launch sms send 2
              resend fax                      -> .                        : denied: no_such_channel
              resend used up                  -> .                        : denied: sends_used_up
              cancel                          -> canceled                 : verification.canceled
              time up                         -> spent                    : nothing
              expiry                          -> expired                  : verification.expired
              right late                      -> expired                  : verification.expired, denied: ended

            spent
              prepared, unavailable, other prepared, other unavailable, time early -> . : nothing
              ringing, delivered, perhaps, next route, next channel -> .  : nothing
              arrived, lost, unsure           -> .                        : nothing
              right                           -> verified                 : verification.verified
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks   : check.wrong, verification.failed
              resend                          -> launching flash_call send 2 : launch flash_call send 2
              resend sms                      -> launching sms send 2     : launch sms send 2
              resend fax                      -> .                        : denied: no_such_channel
              resend used up                  -> .                        : denied: sends_used_up
              cancel                          -> canceled                 : verification.canceled
              time up, expiry                 -> expired                  : verification.expired
              right late                      -> expired                  : verification.expired, denied: ended

            spent, call 1 in the air
              prepared, unavailable, other prepared, other unavailable, time early -> . : nothing
              ringing                         -> .                        : call.ringing
              delivered, perhaps              -> spent                    : call.delivered
              next route, next channel        -> failed undeliverable     : call.failed, verification.failed
              arrived, lost, unsure           -> .                        : nothing
              right                           -> verified, call 1 in the air : verification.verified, hang up 1
              wrong                           -> .                        : check.wrong
              last wrong                      -> failed too_many_checks, call 1 in the air : check.wrong, verification.failed, hang up 1
              resend                          -> launching flash_call send 2, call 1 in the air : launch flash_call send 2
              resend sms                      -> launching sms send 2, call 1 in the air : launch sms send 2
              resend fax                      -> .                        : denied: no_such_channel
              resend used up                  -> .                        : denied: sends_used_up
              cancel                          -> canceled, call 1 in the air : verification.canceled, hang up 1
              time up, expiry                 -> expired, call 1 in the air : verification.expired, hang up 1
              right late                      -> expired, call 1 in the air : verification.expired, hang up 1, denied: ended
            """;

    private static final String ENDED = """
            verified
            failed too_many_checks
            failed undeliverable
            expired
            canceled
              prepared, unavailable, other prepared, other unavailable -> . : nothing
              ringing, delivered, perhaps, next route, next channel -> .  : nothing
              time early, time up, expiry     -> .                        : nothing
              arrived, lost, unsure           -> .                        : nothing
              right, right late, wrong, last wrong -> .                   : denied: ended
              resend, resend sms, resend fax, resend used up, cancel -> . : denied: ended

            verified, call 1 in the air
            failed too_many_checks, call 1 in the air
            expired, call 1 in the air
            canceled, call 1 in the air
              prepared, unavailable, other prepared, other unavailable -> . : nothing
              ringing, time early, time up, expiry -> .                   : nothing
              delivered, perhaps, next route, next channel -> without the call : call.ended
              arrived, lost, unsure           -> .                        : nothing
              right, right late, wrong, last wrong -> .                   : denied: ended
              resend, resend sms, resend fax, resend used up, cancel -> . : denied: ended
            """;

    private SessionTable() {}

    /// @param after   the state's name after the event
    /// @param effects as [SessionWords#effects] tells them, or `impossible`
    record Row(String state, String event, String after, String effects) {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (var section : (PENDING + "\n" + ENDED).split("\n\n", -1)) {
            var lines = section.lines().filter(line -> !line.isBlank()).toList();
            for (var state : lines) {
                if (!state.startsWith(" ")) {
                    lines.stream().filter(line -> line.startsWith(" ")).forEach(line -> rows.addAll(rows(state, line)));
                }
            }
        }
        return rows;
    }

    private static List<Row> rows(String state, String line) {
        int arrow = line.indexOf("->");
        int colon = line.indexOf(" : ");
        var after = line.substring(arrow + 2, colon).strip();
        var named = switch (after) {
            case "." -> state;
            case "without the call" -> state.substring(0, state.indexOf(','));
            default -> after;
        };
        return Arrays.stream(line.substring(0, arrow).split(",", -1))
                .map(event -> new Row(
                        state, event.strip(), named, line.substring(colon + 3).strip()))
                .toList();
    }
}
