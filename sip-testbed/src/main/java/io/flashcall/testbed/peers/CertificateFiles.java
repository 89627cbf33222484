package io.flashcall.testbed.peers;

import java.nio.file.Path;

/// A certificate and its private key, in PEM files.
///
/// @param certificate with the chain behind it, if there is one
/// @param key not encrypted
public record CertificateFiles(Path certificate, Path key) {}
