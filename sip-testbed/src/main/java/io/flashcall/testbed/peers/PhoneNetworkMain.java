package io.flashcall.testbed.peers;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// A [PhoneNetwork] for shell scripts: says where it is in one line of JSON, then what the phone sees, a line
/// each, until it gets SIGTERM or its time is over. Calls to `udp`, `tcp` and `tls` need digest; those to
/// `members_udp` and so on a registration; those to `home_udp` and so on neither, and are record-routed once.
///
/// Run it with `java -cp flashcall.jar io.flashcall.testbed.peers.PhoneNetworkMain`. Arguments, none needed:
/// what the inner hops speak (`udp`, `tcp`, `tls`), the algorithm (`MD5`, `SHA-256`), the seconds to live.
public final class PhoneNetworkMain {

    private static final JsonMapper JSON = JsonMapper.shared();

    private PhoneNetworkMain() {}

    /// @param arguments what the inner hops speak, the carrier's algorithm, the seconds to live
    public static void main(String[] arguments) throws InterruptedException {
        Transport inner = Transport.UDP;
        DigestAlgorithm algorithm = DigestAlgorithm.MD5;
        long seconds = 120;
        try {
            if (arguments.length > 0) {
                inner = Transport.valueOf(arguments[0].toUpperCase(Locale.ROOT));
            }
            if (arguments.length > 1) {
                algorithm = DigestAlgorithm.valueOf(arguments[1].replace('-', '_'));
            }
            if (arguments.length > 2) {
                seconds = Long.parseLong(arguments[2]);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(String.join(" ", arguments) + " (expected: udp, tcp or tls; MD5 or SHA-256; seconds)");
            System.exit(2);
        }
        run(inner, algorithm, Duration.ofSeconds(seconds));
    }

    private static void run(Transport inner, DigestAlgorithm algorithm, Duration life) throws InterruptedException {
        PhoneNetwork network;
        try {
            network = PhoneNetwork.start(inner, algorithm, life, PhoneNetworkMain::tell);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(network::close));
        print(places(network));
        new CountDownLatch(1).await(life.toSeconds(), TimeUnit.SECONDS);
    }

    private static Map<String, Object> places(PhoneNetwork network) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kamailio", Kamailio.version());
        line.put("baresip", Baresip.version());
        putAddresses(line, "", network.carrier());
        putAddresses(line, "members_", network.members());
        putAddresses(line, "home_", network.home());
        line.put("realm", PhoneNetwork.REALM);
        line.put("user", PhoneNetwork.USER);
        line.put("password", PhoneNetwork.PASSWORD);
        line.put("authority", network.authority().toString());
        line.put("phone", PhoneNetwork.PHONE);
        return line;
    }

    private static void putAddresses(Map<String, Object> line, String prefix, Kamailio kamailio) {
        for (Transport each : Transport.values()) {
            line.put(
                    prefix + each.parameter(),
                    "127.0.0.1:" + kamailio.address(each).getPort());
        }
    }

    private static void tell(HandsetEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event.type());
        line.put("incoming", event.incoming());
        line.put("peer", event.peerUser());
        line.put("call_id", event.callId());
        line.put("detail", event.detail());
        print(line);
    }

    private static synchronized void print(Map<String, Object> line) {
        System.out.println(JSON.writeValueAsString(line));
        System.out.flush();
    }
}
