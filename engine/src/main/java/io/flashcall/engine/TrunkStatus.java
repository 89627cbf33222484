package io.flashcall.engine;

import java.util.List;

/// How a trunk stands. One that was changed or taken out by a reload is listed, as leaving, until its last call is
/// over and nothing can come for it any more.
///
/// @param config              as it is in use
/// @param leaving             whether it takes no new calls, and ends with those that live
/// @param channelsInUse       live calls that count against `max_channels`: of a trunk in use, those too that began
///                            under its configuration before a reload
/// @param credentialsRejected whether the carrier refused our credentials when it saw them last
/// @param gate                what keeps new calls from it
/// @param registrations       how each user agent stands with the registrar; empty where it does not register
/// @param hosts               where its calls go, the best first; empty while its name is not resolved
public record TrunkStatus(
        TrunkConfig config,
        boolean leaving,
        int channelsInUse,
        boolean credentialsRejected,
        GateStatus gate,
        List<RegistrationStatus> registrations,
        List<HostStatus> hosts) {

    public TrunkStatus {
        registrations = List.copyOf(registrations);
        hosts = List.copyOf(hosts);
    }

    /// What keeps new calls from a trunk besides its own limits; nothing, where all of it is false or 0.
    ///
    /// @param backingOff whether the carrier has asked to be left alone, and is
    /// @param withheld   share of its new calls that the carrier wants withheld (RFC 7339), 0 to 1
    /// @param guarded    whether its guard lets no calls out, or a few test calls
    public record GateStatus(boolean backingOff, double withheld, boolean guarded) {

        /// Every call may pass.
        public static final GateStatus OPEN = new GateStatus(false, 0, false);
    }

    /// How a host stands, as the user agent sees it that has the worst opinion of it.
    ///
    /// @param host     address, port and transport, such as `192.0.2.1:5060;transport=udp`
    /// @param state    `up`, `suspect`, `down` or `backing_off`
    /// @param reason   why it does not take calls: `silent`, `unreachable` or `unavailable`; `ok` where it is up
    /// @param detail   why there is no connection to it, for a person, such as `TLS_EXPIRED (…)`; empty where
    ///                 there is one, or none is needed
    /// @param agentsUp user agents for which it is up
    /// @param agents   all user agents
    public record HostStatus(String host, String state, String reason, String detail, int agentsUp, int agents) {}
}
