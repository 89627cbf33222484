package io.flashcall.engine.simulation;

import java.util.List;

/// How a callee treats one call. Drawn part by part, so that most combinations come up, the absurd ones too.
///
/// @param progress      provisionals of each fork, in order
/// @param pace          before each step, up to this long
/// @param forks         how many places ring
/// @param conclusion    what comes when nobody hangs up
/// @param concludesAt   when, after the INVITE
/// @param onCancel      what comes when somebody does
/// @param cancelDelay   how long that takes
/// @param refusal       the status of a refusal
/// @param reason        its further header lines
/// @param answersCancel whether the CANCEL itself is answered
/// @param answersBye    likewise
/// @param repeats       how often a provisional is said again
/// @param diesAt        when it stops talking, after the INVITE
/// @param hangsUpAfter  when an answered fork sends a BYE of its own, after the ACK
/// @param dialog        Contact and Record-Route lines of its 2xx
/// @param elsewhere     whether it talks from another of its addresses
record Habit(
        List<Integer> progress,
        long pace,
        int forks,
        Conclusion conclusion,
        long concludesAt,
        OnCancel onCancel,
        long cancelDelay,
        int refusal,
        List<String> reason,
        boolean answersCancel,
        boolean answersBye,
        int repeats,
        long diesAt,
        long hangsUpAfter,
        List<String> dialog,
        boolean elsewhere) {

    enum Conclusion {
        NONE,
        ANSWER,
        REFUSE
    }

    enum OnCancel {
        REFUSE_487,
        REFUSE_OTHERWISE,
        ANSWER,
        REFUSE_AND_ANSWER,
        NOTHING
    }

    private static final List<List<Integer>> PROGRESS = List.of(
            List.of(),
            List.of(100),
            List.of(180),
            List.of(100, 180),
            List.of(100, 180),
            List.of(100, 180, 180),
            List.of(100, 183),
            List.of(183, 180),
            List.of(100, 183, 183, 180),
            List.of(100, 181, 182, 183, 180, 183),
            List.of(100, 182),
            List.of(199));

    private static final List<Integer> REFUSALS =
            List.of(302, 401, 403, 404, 408, 480, 486, 486, 487, 488, 500, 501, 503, 503, 504, 600, 603, 607);

    private static final List<String> REASONS = List.of(
            "Reason: Q.850;cause=16;text=\"Normal\"",
            "Reason: Q.850;cause=17",
            "Reason: Q.850;cause=19;text=\"No answer\"",
            "Reason: Q.850;cause=1",
            "Reason: SIP;cause=486, Q.850;cause=21",
            "Retry-After: 30");

    static Habit drawn(Chance chance, long t1, int trunk) {
        boolean slow = chance.of(0.15);
        boolean odd = chance.of(0.3);
        return new Habit(
                chance.pick(PROGRESS),
                chance.pick(t1 / 2, 4 * t1, slow ? 80 * t1 : t1),
                odd ? 1 + chance.below(3) : 1,
                chance.pick(Conclusion.values()),
                chance.between(0, slow ? 150 * t1 : 30 * t1),
                chance.pick(
                        OnCancel.REFUSE_487,
                        OnCancel.REFUSE_487,
                        OnCancel.REFUSE_OTHERWISE,
                        OnCancel.ANSWER,
                        OnCancel.REFUSE_AND_ANSWER,
                        OnCancel.NOTHING),
                chance.pick(0L, t1 / 4, slow ? 100 * t1 : t1),
                chance.pick(REFUSALS),
                chance.of(0.3) ? List.of(chance.pick(REASONS)) : List.of(),
                !chance.of(0.1),
                !chance.of(0.1),
                chance.of(0.2) ? chance.below(4) : 0,
                chance.of(0.1) ? chance.between(0, 80 * t1) : Schedule.NEVER,
                chance.of(0.15) ? chance.between(0, 4 * t1) : Schedule.NEVER,
                dialog(chance, trunk + 1),
                chance.of(0.1));
    }

    /// Where the requests of the dialog are asked to go: to the trunk, elsewhere within it, to strangers, or nowhere.
    private static List<String> dialog(Chance chance, int net) {
        String inside = "10." + net + ".0." + chance.between(2, 250) + ":5070";
        String stranger = "192.0.2.66:5060";
        return switch (chance.below(12)) {
            case 0, 1, 2, 3 -> List.of("Contact: <sip:callee@10." + net + ".0.1:5060>");
            case 4 -> List.of("Contact: <sip:callee@" + inside + ">");
            case 5 -> List.of("Contact: <sip:callee@" + stranger + ">");
            case 6 -> List.of("Contact: <sip:callee@phone.example.org;transport=tcp>");
            case 7 -> List.of();
            case 8 -> List.of("Record-Route: <sip:" + inside + ";lr>", "Contact: <sip:callee@" + stranger + ">");
            case 9 -> List.of("Record-Route: <sip:" + stranger + ";lr>", "Contact: <sip:callee@" + inside + ">");
            case 10 ->
                List.of(
                        "Record-Route: <sip:192.0.2.67;lr>, <sip:" + inside + ">",
                        "Contact: \"C, D\" <sip:callee@" + stranger + ">;q=0.5");
            default -> List.of("Contact: <tel:+442079460123>");
        };
    }
}
