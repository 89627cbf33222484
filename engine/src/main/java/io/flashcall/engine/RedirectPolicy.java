package io.flashcall.engine;

import java.util.List;

/// How 3xx responses to an INVITE are followed (RFC 3261 §8.1.3.4). The trunk's own hosts may always be named in their
/// Contacts, by address or by the name in the trunk's target; others by address alone, since nothing is looked up for
/// a call.
///
/// @param hosts further addresses that a Contact may name, and that are listened to like sources, reached by UDP
///              alone; empty: those of the trunk's sources
/// @param most  redirections of one call that are followed, 1 to 5
public record RedirectPolicy(List<Cidr> hosts, int most) {

    /// To the trunk's own hosts and sources, twice.
    public static final RedirectPolicy DEFAULT = new RedirectPolicy(List.of(), 2);

    /// The highest value of `most`.
    public static final int MOST = 5;

    public RedirectPolicy {
        hosts = List.copyOf(hosts);
        new Problems("redirects")
                .check(most >= 1 && most <= MOST, "most", most, "1 to " + MOST)
                .throwIfAny();
    }
}
