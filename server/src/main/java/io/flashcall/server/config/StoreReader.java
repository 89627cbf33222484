package io.flashcall.server.config;

import java.util.regex.Pattern;

/// Reads `store`: either a file, or a server.
final class StoreReader {

    private static final Kind<String> URL = new Kind<>(
            "jdbc:postgresql://HOST:PORT/DATABASE, its user and password as keys of their own",
            StoreReader::url,
            Kind.SECRET.mask());

    private static final Pattern CREDENTIALS = Pattern.compile("(?i).*[?&](user|[^=&]*password)=.*|.*//[^/]*@.*");

    private StoreReader() {}

    static StoreConfig read(Section store) {
        var standard = ServerConfig.Storage.DEFAULT.store();
        if (!store.has("url")) {
            return store.optional("path", Kind.PATH)
                    .<StoreConfig>map(StoreConfig.File::new)
                    .orElse(standard);
        }
        if (store.has("path")) {
            store.refuse("path", "either path or url, not both");
        }
        var user = store.value("user", Kind.TEXT, "");
        var password = store.value("password", Kind.SECRET, "");
        int connections = store.value("connections", Kind.between(2, 500), StoreConfig.Server.USUAL_CONNECTIONS);
        return store.optional("url", URL)
                .<StoreConfig>map(url -> new StoreConfig.Server(url, user, password, connections))
                .orElse(standard);
    }

    private static String url(String text) {
        if (!text.startsWith("jdbc:postgresql:") || CREDENTIALS.matcher(text).matches()) {
            throw new IllegalArgumentException("not a URL of a PostgreSQL database");
        }
        return text;
    }
}
