package io.flashcall.testbed.peers;

import io.flashcall.testbed.wire.SipMessage;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// SIP messages to one peer over one socket. A read fails after 15 seconds.
sealed interface Wire extends Closeable {

    int PATIENCE_MILLIS = 15_000;

    Transport transport();

    InetSocketAddress localAddress();

    InetSocketAddress remoteAddress();

    void write(String message);

    SipMessage read() throws IOException;

    default String local() {
        return "127.0.0.1:" + localAddress().getPort();
    }

    default String remote() {
        return "127.0.0.1:" + remoteAddress().getPort();
    }

    static Wire udp(InetSocketAddress peer) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Datagrams(socket, peer);
    }

    static Wire tcp(InetSocketAddress peer) throws IOException {
        Socket socket = new Socket(peer.getAddress(), peer.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Stream(socket, Transport.TCP);
    }

    /// Trusts this authority and nobody else; names are not looked at.
    static Wire tls(InetSocketAddress peer, Path authority) throws IOException {
        Socket socket = trusting(authority).getSocketFactory().createSocket(peer.getAddress(), peer.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Stream(socket, Transport.TLS);
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    record Datagrams(DatagramSocket socket, InetSocketAddress remoteAddress) implements Wire {

        @Override
        public Transport transport() {
            return Transport.UDP;
        }

        @Override
        public InetSocketAddress localAddress() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void write(String message) {
            byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
            try {
                socket.send(new DatagramPacket(bytes, bytes.length, remoteAddress));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SipMessage read() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            return SipMessage.parse(packet.getData(), packet.getLength()).orElseThrow();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    record Stream(Socket socket, Transport transport) implements Wire {

        private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *([0-9]+)");

        @Override
        public InetSocketAddress localAddress() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return (InetSocketAddress) socket.getRemoteSocketAddress();
        }

        @Override
        public void write(String message) {
            try {
                socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SipMessage read() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("closed after " + bytes);
                }
                bytes.write(next);
            }
            Matcher length = LENGTH.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
            return SipMessage.parse(bytes.toByteArray(), bytes.size()).orElseThrow();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
