package io.flashcall.server.http.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// Reads the documents' files from the class path.
final class Files {

    private static final String OURS = "/io/flashcall/server/http/docs/";
    private static final String VIEWER = "/META-INF/resources/webjars/swagger-ui/";
    private static final String VIEWER_POM = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private Files() {}

    static byte[] ours(String name) {
        return read(OURS + name);
    }

    static String text(String name) {
        return new String(ours(name), StandardCharsets.UTF_8);
    }

    /// Of Swagger UI, whichever version is on the class path.
    static byte[] viewers(String name) {
        var pom = new Properties();
        try (var in = Files.class.getResourceAsStream(VIEWER_POM)) {
            if (in != null) {
                pom.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(VIEWER + pom.getProperty("version", "missing") + "/" + name);
    }

    private static byte[] read(String path) {
        try (var in = Files.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
