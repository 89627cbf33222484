package io.flashcall.testbed;

import io.flashcall.testbed.digest.Authenticator;
import io.flashcall.testbed.digest.Verdict;
import io.flashcall.testbed.digest.Verdict.Fault;
import io.flashcall.testbed.wire.SipMessage;
import java.util.List;
import java.util.Optional;

/// Where a new request is stopped before the dialplan sees it, if the carrier's terms say so. Retransmissions must not
/// come here. Confined to the loop.
final class Door {

    private final Counts counts;
    private final Optional<Authenticator> authenticator;

    Door(Counts counts, CarrierTerms terms) {
        this.counts = counts;
        this.authenticator = terms.digest().map(Authenticator::new);
    }

    /// The response for a request that is not admitted; nothing for one that is.
    Optional<Refusal> refuses(SipMessage request) {
        return authenticator.flatMap(asking -> refuses(request, asking.check(request, System.nanoTime())));
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
