package io.flashcall.server;

import io.flashcall.server.config.ServerConfig;
import io.flashcall.server.config.ServerConfig.DeclaredEndpoint;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Endpoints.Secret;
import io.flashcall.verification.store.Pools;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What the configuration file declares: put into the store at the start, where it replaces what was there under the
/// same names. The API may add others beside it, and change only those.
final class Declarations {

    private static final String MARK = "we_file_";

    private final ServerConfig config;
    private final Apps apps;
    private final Pools pools;
    private final Endpoints endpoints;
    private final Vault vault;
    private volatile Set<String> poolNames;

    Declarations(ServerConfig config, Apps apps, Pools pools, Endpoints endpoints, Vault vault) {
        this.config = config;
        this.apps = apps;
        this.pools = pools;
        this.endpoints = endpoints;
        this.vault = vault;
        poolNames = names(config.declared().pools());
    }

    void save() {
        config.declared().apps().forEach(apps::save);
        config.declared().pools().forEach(pools::save);
        var declared = new HashSet<String>();
        for (var endpoint : config.outgoing().webhooks().endpoints()) {
            declared.add(id(endpoint));
            save(endpoint);
        }
        for (var known : endpoints.list(Optional.empty())) {
            if (known.id().startsWith(MARK) && !declared.contains(known.id())) {
                endpoints.delete(known.id());
            }
        }
    }

    Set<AppId> apps() {
        return config.declared().apps().stream().map(App::id).collect(Collectors.toUnmodifiableSet());
    }

    /// Whether the file has a pool of that name.
    boolean hasPool(String name) {
        return poolNames.contains(name);
    }

    /// These are the pools of the file from now on. One that is not among them any more stays in the store, as after
    /// a start.
    ///
    /// @return names of those that are not as they were
    List<String> replacePools(List<Pool> declared) {
        var changed = declared.stream()
                .filter(pool -> !pools.find(pool.name()).equals(Optional.of(pool)))
                .toList();
        changed.forEach(pools::save);
        poolNames = names(declared);
        return changed.stream().map(Pool::name).toList();
    }

    private static Set<String> names(List<Pool> declared) {
        return declared.stream().map(Pool::name).collect(Collectors.toUnmodifiableSet());
    }

    Set<String> endpoints() {
        return config.outgoing().webhooks().endpoints().stream()
                .map(Declarations::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The pools, whose every change the books hear of at once.
    Pools refreshing(List<PoolBook> books) {
        var kept = pools;
        return new Pools() {
            @Override
            public Optional<Pool> find(String name) {
                return kept.find(name);
            }

            @Override
            public List<Pool> list() {
                return kept.list();
            }

            @Override
            public void save(Pool pool) {
                kept.save(pool);
                books.forEach(book -> book.refresh(pool.name()));
            }

            @Override
            public long revision() {
                return kept.revision();
            }

            @Override
            public boolean delete(String name) {
                boolean deleted = kept.delete(name);
                books.forEach(book -> book.refresh(name));
                return deleted;
            }
        };
    }

    /// A disabled endpoint is enabled again by the next start: the file says that it is wanted.
    private void save(DeclaredEndpoint endpoint) {
        var id = id(endpoint);
        var secret = new Secret(vault.seal(endpoint.secret(), id), Optional.empty());
        endpoints.save(
                new Endpoint(id, endpoint.app(), endpoint.url(), endpoint.events(), List.of(secret), Optional.empty()));
    }

    /// The same at every start, so that what is still to be delivered finds its endpoint.
    private static String id(DeclaredEndpoint endpoint) {
        var name = endpoint.app() + " " + endpoint.url();
        return MARK
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
