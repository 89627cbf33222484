package io.flashcall.server.channel.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate that signed itself, made by the JDK's own tool for one test.
///
/// @param keys a key store
/// @param pem  the certificate alone
public record Certificate(Path keys, Path pem) {

    private static final String PASSWORD = "changeit";

    /// @param name as in `dns:localhost`
    public static Certificate of(String name, Path directory) throws IOException, InterruptedException {
        var plain = name.replaceAll("\\W", "-");
        var made = new Certificate(directory.resolve(plain + ".p12"), directory.resolve(plain + ".pem"));
        made.keytool(
                List.of("-genkeypair", "-alias", "us", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=" + name));
        made.keytool(List.of("-exportcert", "-rfc", "-alias", "us", "-file", made.pem.toString()));
        return made;
    }

    /// For the side that shows it.
    public SSLContext context() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        var output = Files.createTempFile(keys.getParent(), "keytool", ".txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool: " + Files.readString(output));
        }
    }
}
