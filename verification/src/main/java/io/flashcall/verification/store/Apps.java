package io.flashcall.verification.store;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import java.util.List;
import java.util.Optional;

/// The tenants.
public interface Apps {

    Optional<App> find(AppId id);

    List<App> list();

    /// Adds or replaces.
    void save(App app);

    /// @return whether there was one
    boolean delete(AppId id);
}
