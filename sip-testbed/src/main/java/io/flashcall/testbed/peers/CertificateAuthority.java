package io.flashcall.testbed.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// A certificate authority of a test's own, made at run time by `openssl`: nothing of it outlives [#close].
///
/// A second one is the unknown issuer; a certificate for other names is the wrong name.
public final class CertificateAuthority implements AutoCloseable {

    private static final Program OPENSSL = new Program("openssl", "openssl");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> NEW_KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

    private final Path folder;
    private int issued;

    private CertificateAuthority(Path folder) {
        this.folder = folder;
    }

    /// Makes one, with a P-256 key, valid for two days.
    ///
    /// @throws IllegalStateException if openssl is not installed
    public static CertificateAuthority make() {
        Path folder = PeerProcess.newFolder("ca");
        try {
            List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-keyout", "ca.key", "-out", "ca.pem"));
            arguments.addAll(NEW_KEY);
            arguments.addAll(List.of("-subj", "/CN=Flashcall test authority " + folder.getFileName(), "-days", "2"));
            OPENSSL.run(folder, arguments);
            Files.writeString(folder.resolve("index.txt"), "");
            return new CertificateAuthority(folder);
        } catch (IOException e) {
            PeerProcess.removeFolder(folder);
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            PeerProcess.removeFolder(folder);
            throw e;
        }
    }

    /// Its own certificate, in PEM: what a trust store needs.
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /// A certificate that is valid now, for an hour.
    ///
    /// @param names host names or IPv4 addresses, one or more; the first is the common name too
    public CertificateFiles issue(String... names) {
        Instant now = Instant.now();
        return issue(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)), names);
    }

    /// A certificate whose time was over an hour ago.
    public CertificateFiles issueExpired(String... names) {
        Instant now = Instant.now();
        return issue(now.minus(Duration.ofHours(48)), now.minus(Duration.ofHours(1)), names);
    }

    private synchronized CertificateFiles issue(Instant from, Instant until, String... names) {
        String name = "certificate-" + ++issued;
        try {
            Files.writeString(folder.resolve(name + ".conf"), configuration(names));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> request = new ArrayList<>(List.of("req", "-keyout", name + ".key", "-out", name + ".request"));
        request.addAll(NEW_KEY);
        request.addAll(List.of("-subj", "/CN=" + names[0]));
        OPENSSL.run(folder, request);
        // Only "openssl ca" can put the end of a validity into the past, before OpenSSL 3.4.
        List<String> sign = new ArrayList<>(List.of("ca", "-batch", "-notext", "-config", name + ".conf"));
        sign.addAll(List.of("-cert", "ca.pem", "-keyfile", "ca.key", "-in", name + ".request", "-out", name + ".pem"));
        sign.addAll(List.of("-startdate", DATE.format(from), "-enddate", DATE.format(until)));
        OPENSSL.run(folder, sign);
        return new CertificateFiles(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    }

    private static String configuration(String... names) {
        List<String> alternatives = new ArrayList<>();
        for (String name : names) {
            alternatives.add((name.matches("[0-9.]+") ? "IP:" : "DNS:") + name);
        }
        return """
                [ca]
                default_ca = testbed
                [testbed]
                database = index.txt
                new_certs_dir = .
                rand_serial = yes
                unique_subject = no
                default_md = sha256
                policy = names
                x509_extensions = leaf
                [names]
                commonName = supplied
                [leaf]
                basicConstraints = critical,CA:FALSE
                keyUsage = critical,digitalSignature
                extendedKeyUsage = serverAuth,clientAuth
                subjectAltName = %s
                """.formatted(String.join(",", alternatives));
    }

    /// Removes all files, those of the certificates too.
    @Override
    public void close() {
        PeerProcess.removeFolder(folder);
    }
}
