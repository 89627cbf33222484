package io.flashcall.cli.loadapi;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/// The service to load, and where its effects are seen.
///
/// @param urls     of the service's nodes, at least one
/// @param key      a server key
/// @param handsets where `carrier --handsets` serves rings
/// @param webhooks where to receive webhooks
/// @param every    whether to receive every event, not only the final ones
record ApiTarget(List<URI> urls, String key, URI handsets, InetSocketAddress webhooks, boolean every) {

    ApiTarget {
        urls = List.copyOf(urls);
    }

    ApiTarget withEveryEvent(boolean wanted) {
        return new ApiTarget(urls, key, handsets, webhooks, wanted);
    }

    @Override
    public String toString() {
        return "ApiTarget[" + urls + "]";
    }
}
