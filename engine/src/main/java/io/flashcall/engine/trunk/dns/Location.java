package io.flashcall.engine.trunk.dns;

/// What became of looking for a carrier.
public sealed interface Location permits Located, Location.NoSuchService, Location.DnsFailure {

    /// DNS answers, and says that the carrier is not there, or not by a transport that the trunk allows.
    ///
    /// @param reason for the operator, naming what was asked
    record NoSuchService(String reason) implements Location {}

    /// DNS does not answer, or with errors.
    ///
    /// @param reason for the operator, naming what was asked, and whom
    record DnsFailure(String reason) implements Location {}
}
