package io.flashcall.testbed;

import io.flashcall.testbed.digest.DigestPolicy;
import io.flashcall.testbed.registrar.RegistrarPolicy;
import io.flashcall.testbed.stream.StreamTerms;
import io.flashcall.testbed.stream.TlsTerms;
import java.util.Optional;

/// On what terms a carrier takes requests, whatever the dialplan has for them.
///
/// @param transports what it listens to beside UDP
/// @param options what OPTIONS brings, until told otherwise
/// @param digest asks for credentials; empty: nobody is asked
/// @param registrar takes registrations; empty: REGISTER gets 405
public record CarrierTerms(
        Transports transports,
        OptionsAnswer options,
        Optional<DigestPolicy> digest,
        Optional<RegistrarPolicy> registrar) {

    /// UDP, and everybody is welcome.
    public static final CarrierTerms NONE = new CarrierTerms(
            new Transports(false, Optional.empty(), StreamTerms.PROPER),
            OptionsAnswer.OK,
            Optional.empty(),
            Optional.empty());

    /// @param tcp whether it listens on TCP, on the port of its UDP socket
    /// @param tls how it listens on TLS; empty: not at all
    /// @param streams how it treats connections of both
    public record Transports(boolean tcp, Optional<TlsTerms> tls, StreamTerms streams) {}

    /// @param policy as [DigestPolicy#parse] reads it
    /// @throws IllegalArgumentException naming the value and what was expected
    public CarrierTerms withDigest(String policy) {
        return new CarrierTerms(transports, options, Optional.of(DigestPolicy.parse(policy)), registrar);
    }

    /// @param policy as [RegistrarPolicy#parse] reads it
    /// @throws IllegalArgumentException naming the value and what was expected
    public CarrierTerms withRegistrar(String policy) {
        return new CarrierTerms(transports, options, digest, Optional.of(RegistrarPolicy.parse(policy)));
    }

    /// Answering OPTIONS so.
    public CarrierTerms withOptions(OptionsAnswer answer) {
        return new CarrierTerms(transports, answer, digest, registrar);
    }

    /// Listening on TCP too.
    public CarrierTerms withTcp() {
        return new CarrierTerms(
                new Transports(true, transports.tls(), transports.streams()), options, digest, registrar);
    }

    /// Listening on TLS too.
    public CarrierTerms withTls(TlsTerms tls) {
        return new CarrierTerms(
                new Transports(transports.tcp(), Optional.of(tls), transports.streams()), options, digest, registrar);
    }

    /// Treating connections so.
    public CarrierTerms withStreams(StreamTerms streams) {
        return new CarrierTerms(
                new Transports(transports.tcp(), transports.tls(), streams), options, digest, registrar);
    }
}
