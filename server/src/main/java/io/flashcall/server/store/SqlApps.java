package io.flashcall.server.store;

import io.flashcall.server.config.Codec;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Apps;
import java.util.List;
import java.util.Optional;

/// Apps over SQL.
final class SqlApps implements Apps {

    private final Definitions<App> definitions;

    SqlApps(Database database, Codec<App> codec) {
        this.definitions = new Definitions<>(database, codec, "apps", "apps", "id");
    }

    @Override
    public Optional<App> find(AppId id) {
        return definitions.find(id.value());
    }

    @Override
    public List<App> list() {
        return definitions.list();
    }

    @Override
    public void save(App app) {
        definitions.save(app.id().value(), app);
    }

    @Override
    public boolean delete(AppId id) {
        return definitions.delete(id.value());
    }
}
