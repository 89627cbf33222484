package io.flashcall.testbed.registrar;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.HeaderValue;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The bindings of every address of record. Confined to the loop; time is given.
///
/// A REGISTER must be authorized, and be no retransmission, before it comes here. Path is ignored (RFC 3327
/// lets a registrar that does not support it do so unless it is required).
public final class Registrar {

    private static final int MOST_USERS = 100_000;

    private final RegistrarPolicy policy;
    private final Map<String, Map<String, Binding>> bindings = new HashMap<>();
    private int seen;

    /// @param until on the clock of [System#nanoTime]
    private record Binding(long until, String callId, long cseq) {

        /// A later REGISTER of the same caller must count higher (RFC 3261 §10.3 step 7).
        boolean isNewerThan(String otherCallId, long otherCseq) {
            return callId.equals(otherCallId) && cseq >= otherCseq;
        }
    }

    /// The answer to a REGISTER.
    ///
    /// @param status 200, 400, 423, 500 or 503
    /// @param fields headers beside the usual ones
    public record Answer(int status, List<Field> fields) {
        public Answer {
            fields = List.copyOf(fields);
        }
    }

    public Registrar(RegistrarPolicy policy) {
        this.policy = policy;
    }

    /// Binds, refreshes, removes or merely lists.
    ///
    /// @param host the carrier's own host and port, for Service-Route
    /// @param now on the clock of [System#nanoTime]
    public Answer register(SipMessage request, String host, long now) {
        seen++;
        if (policy.outage().hits(seen)) {
            int seconds = policy.outage().retryAfter();
            return new Answer(
                    503, seconds == 0 ? List.of() : List.of(new Field("Retry-After", Integer.toString(seconds))));
        }
        String user = user(request);
        List<String> contacts = request.elements(HeaderName.CONTACT);
        Map<String, Binding> bound = bindings.getOrDefault(user, Map.of());
        forgetExpired(bound, now);
        if (contacts.contains("*")) {
            if (contacts.size() > 1 || wish(request, "*") != 0) {
                return new Answer(400, List.of());
            }
            bindings.remove(user);
            return ok(Map.of(), host, now);
        }
        for (String contact : contacts) {
            long wish = wish(request, contact);
            if (wish > 0 && wish < policy.shortest().toSeconds()) {
                return new Answer(
                        423,
                        List.of(new Field(
                                "Min-Expires", Long.toString(policy.shortest().toSeconds()))));
            }
            Binding before = bound.get(HeaderValue.uri(contact));
            if (before != null && before.isNewerThan(request.callId(), request.cseqNumber())) {
                return new Answer(500, List.of());
            }
        }
        if (!contacts.isEmpty() && bindings.size() < MOST_USERS) {
            bound = bindings.computeIfAbsent(user, _ -> new HashMap<>());
            for (String contact : contacts) {
                bind(bound, request, contact, now);
            }
        }
        return ok(bound, host, now);
    }

    private void bind(Map<String, Binding> bound, SipMessage request, String contact, long now) {
        long granted = Math.min(wish(request, contact), policy.longest().toSeconds());
        String uri = HeaderValue.uri(contact);
        if (granted == 0) {
            bound.remove(uri);
        } else {
            bound.put(uri, new Binding(now + granted * 1_000_000_000L, request.callId(), request.cseqNumber()));
        }
    }

    /// Seconds that are asked for: of this contact, else of all, else an hour (RFC 3261 §10.2.1.1).
    private static long wish(SipMessage request, String contact) {
        Optional<String> own = HeaderValue.parameter(contact, "expires");
        String text = own.orElseGet(() -> request.headerOrEmpty(HeaderName.EXPIRES));
        return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 3600;
    }

    private Answer ok(Map<String, Binding> bound, String host, long now) {
        List<Field> fields = new ArrayList<>();
        bound.forEach((uri, binding) -> {
            long left = Math.ceilDiv(binding.until() - now, 1_000_000_000L);
            fields.add(new Field("Contact", "<" + uri + ">;expires=" + left));
        });
        for (String route : policy.serviceRoutes()) {
            fields.add(new Field("Service-Route", "<" + route.replace("{host}", host) + ">"));
        }
        return new Answer(200, fields);
    }

    private static void forgetExpired(Map<String, Binding> bound, long now) {
        Iterator<Binding> all = bound.values().iterator();
        while (all.hasNext()) {
            if (now - all.next().until() >= 0) {
                all.remove();
            }
        }
    }

    private static String user(SipMessage request) {
        return HeaderValue.user(HeaderValue.uri(request.headerOrEmpty(HeaderName.TO)));
    }

    /// Bindings that hold now.
    public int bindings(long now) {
        bindings.values().forEach(bound -> forgetExpired(bound, now));
        return bindings.values().stream().mapToInt(Map::size).sum();
    }

    /// Whether a call may be made: always, unless the policy asks for a registration. A caller is known by
    /// the user of From, which is the account for some carriers, or by the host and port of Contact, where
    /// From is the number to show.
    public boolean admits(SipMessage invite, long now) {
        if (!policy.callsNeedIt()) {
            return true;
        }
        String from = HeaderValue.user(HeaderValue.uri(invite.headerOrEmpty(HeaderName.FROM)));
        String place = HeaderValue.hostPort(HeaderValue.uri(invite.headerOrEmpty(HeaderName.CONTACT)));
        for (Map.Entry<String, Map<String, Binding>> entry : bindings.entrySet()) {
            forgetExpired(entry.getValue(), now);
            boolean known = entry.getKey().equals(from)
                    || entry.getValue().keySet().stream()
                            .anyMatch(uri -> HeaderValue.hostPort(uri).equals(place));
            if (known && !entry.getValue().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
