package io.flashcall.engine.system;

import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import io.flashcall.engine.CallerHeaders.Privacy;
import io.flashcall.engine.E164;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.RedirectPolicy;
import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SignallingConfig.Reliability;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.capture.Tool;
import io.flashcall.testbed.behaviour.Dialplan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// The kinds of message that a trunk sends which wants all that a trunk can want, each as tshark's display filter.
final class SentKinds {

    static final List<String> ALL = List.of(
            // Each method, and each place that something can stand in it.
            "sip.Method == REGISTER && !sip.Authorization && sip.Expires && sip.Via.oc",
            "sip.Method == REGISTER && sip.auth.digest.response && sip.auth.nc",
            "sip.Method == REGISTER && sip.Expires == 0",
            "sip.Method == INVITE && sip.Identity && sip.Date",
            "sip.Method == INVITE && sip.auth.digest.response && sip.Identity",
            "sip.Method == INVITE && sip.Route.host == \"edge.carrier.example\" && sip.Route.host == \"127.0.0.1\"",
            "sip.Method == INVITE && sip.Via.oc && sip.Via.oc_algo",
            "sip.Method == INVITE && sip.P-Asserted-Identity && sip.ppi.user"
                    + " && sip contains \"Remote-Party-ID: <sip:\"",
            "sip.Method == INVITE && sip.Privacy && sip.Diversion && sip.P-Charging-Vector",
            "sip.Method == INVITE && sip.Supported contains \"100rel\" && sdp && sip contains \"X-Account: 12:34\"",
            "sip.Method == CANCEL && sip.Route && sip.Via.oc",
            "sip.Method == ACK && sip.Route && sip.CSeq.method == ACK",
            "sip.Method == PRACK && sip.RAck && sip.to.tag",
            "sip.Method == PRACK && sip.auth.digest.response",
            "sip.Method == BYE && sip.Route && sip.to.tag",
            "sip.Method == BYE && sip.auth.digest.response",
            "sip.Method == OPTIONS && !sip.to.tag",
            // After a 3xx, where To stays as it was.
            moved("INVITE"),
            moved("CANCEL"),
            moved("ACK"),
            // What a peer asked.
            answered("UPDATE"),
            answered("INFO"),
            answered("NOTIFY"));

    private static final String MOVED_TO = "+442079460199";

    private SentKinds() {}

    private static String moved(String method) {
        return "sip.Method == " + method + " && sip.r-uri.user == \"" + MOVED_TO
                + "\" && sip.to.user != sip.r-uri.user";
    }

    private static String answered(String method) {
        return "sip.Status-Code && sip.CSeq.method == " + method;
    }

    static final NumberPolicy NUMBERS = new NumberPolicy(new NumberPolicy.PlusE164(), true, true, true, "");

    /// With everything that adds a header, or a request.
    static TrunkOptions wanted(StirConfig stir) {
        var signalling = new SignallingConfig(
                Reliability.SUPPORTED, List.of("sip:edge.carrier.example;lr"), List.of("X-Account: 12:34"));
        var headers = new CallerHeaders(
                true,
                Optional.of(Privacy.NONE),
                Optional.of(new Diversion(new E164("442079460100"), DiversionReason.UNCONDITIONAL)),
                Optional.of(new ChargingVector("flash.example", "sip.flash.example")));
        return TrunkOptions.STANDARD
                .withSignalling(signalling)
                .withCallerHeaders(headers)
                .withRedirects(RedirectPolicy.DEFAULT)
                .withRegistration(RegistrationConfig.of("flashcall"))
                .withStir(stir)
                .withOverloadControl(true);
    }

    /// Calls are sent to another number of the carrier's, which rings.
    static Dialplan moving(SipTransport transport) {
        String parameter = transport.name().toLowerCase(Locale.ROOT);
        return MovedNumber.to(MOVED_TO, "sip:" + MOVED_TO + "@{host};transport=" + parameter);
    }

    /// Those that tshark finds none of in a file, all asked for at once.
    ///
    /// @param how what else tshark is to be told
    static List<String> missing(Path file, List<String> how) {
        var more = new ArrayList<>(how);
        more.addAll(List.of("-q", "-z", "io,stat,0," + String.join(",", ALL)));
        var row = Tool.tshark(file, "", more, "frame.number").stream()
                .filter(line -> line.contains("<>"))
                .findFirst()
                .orElseThrow();
        // The interval, then frames and bytes of each filter.
        var columns = row.split("\\|", -1);
        var frames = new TreeMap<String, Integer>();
        for (int i = 0; i < ALL.size(); i++) {
            frames.put(ALL.get(i), Integer.parseInt(columns[2 + 2 * i].strip()));
        }
        return ALL.stream().filter(kind -> frames.getOrDefault(kind, 0) == 0).toList();
    }
}
