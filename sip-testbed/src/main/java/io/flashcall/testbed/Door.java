package io.flashcall.testbed;

import io.flashcall.testbed.digest.Authenticator;
import io.flashcall.testbed.digest.Verdict;
import io.flashcall.testbed.digest.Verdict.Fault;
import io.flashcall.testbed.registrar.Registrar;
import io.flashcall.testbed.wire.SipMessage;
import java.util.List;
import java.util.Optional;

/// Where a new request is stopped before the dialplan sees it, if the carrier's terms say so.
/// Retransmissions must not come here. Confined to the loop.
final class Door {

    private final Counts counts;
    private final Optional<Authenticator> authenticator;
    private final Optional<Registrar> registrar;

    Door(Counts counts, CarrierTerms terms) {
        this.counts = counts;
        this.authenticator = terms.digest().map(Authenticator::new);
        this.registrar = terms.registrar().map(Registrar::new);
    }

    /// The response for a request that is not admitted; nothing for one that is.
    Optional<Refusal> refuses(SipMessage request) {
        long now = System.nanoTime();
        return authenticator
                .flatMap(asking -> refuses(request, asking.check(request, now)))
                .or(() -> strangersCall(request, now));
    }

    private Optional<Refusal> strangersCall(SipMessage request, long now) {
        boolean stranger = request.method().equals("INVITE")
                && registrar.filter(bindings -> !bindings.admits(request, now)).isPresent();
        return stranger ? Optional.of(new Refusal(403, List.of())) : Optional.empty();
    }

    /// Takes a registration; nothing if there is no registrar.
    ///
    /// @param host the carrier's own host and port
    Optional<Registrar.Answer> register(SipMessage request, String host) {
        return registrar.map(bindings -> bindings.register(request, host, System.nanoTime()));
    }

    /// Counts anew who is registered.
    void countBindings(long now) {
        registrar.ifPresent(bindings -> counts.set(Counts.Kind.BOUND, bindings.bindings(now)));
    }

    private Optional<Refusal> refuses(SipMessage request, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Admitted(String user, List<Fault> faults) -> {
                if (!user.isEmpty()) {
                    counts.add(Counts.Kind.AUTHORIZED);
                }
                judge(request, faults);
                yield Optional.empty();
            }
            case Verdict.Challenged challenged -> {
                counts.add(
                        switch (challenged.cause()) {
                            case NONE -> Counts.Kind.CHALLENGED;
                            case WRONG -> Counts.Kind.REFUSED;
                            case STALE -> Counts.Kind.STALE;
                        });
                judge(request, challenged.faults());
                yield Optional.of(new Refusal(challenged.status(), challenged.challenges()));
            }
        };
    }

    private void judge(SipMessage request, List<Fault> faults) {
        for (Fault fault : faults) {
            Rule rule = switch (fault.kind()) {
                case FORM -> Rule.DIGEST_FORM;
                case URI -> Rule.DIGEST_URI;
                case COUNT -> Rule.DIGEST_COUNT;
            };
            counts.violated(rule, request.callId(), request.method() + ": " + fault.detail());
        }
    }
}
