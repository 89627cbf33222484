package io.flashcall.server.config;

import io.flashcall.engine.RedirectPolicy;
import java.util.Optional;

/// Reads `redirects` of a trunk.
final class RedirectsReader {

    private RedirectsReader() {}

    static Optional<RedirectPolicy> read(Section trunk) {
        return trunk.has("redirects") ? trunk.section("redirects", RedirectsReader::policy) : Optional.empty();
    }

    private static Optional<RedirectPolicy> policy(Section section) {
        var hosts = section.list("hosts", Kind.SOURCE);
        int most = section.value("most", Kind.INTEGER, RedirectPolicy.DEFAULT.most());
        return section.build("redirects.", () -> new RedirectPolicy(hosts, most));
    }
}
