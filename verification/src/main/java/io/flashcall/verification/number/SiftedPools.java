package io.flashcall.verification.number;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.Quarantines;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Pools as calls may be made from them: to the numbers that an operator keeps in quarantine come those that networks
/// block. A number is blocked wherever it is drawn from, so it is kept back in every pool that has it. Thread-safe.
public final class SiftedPools implements Pools {

    private final Pools kept;
    private final Quarantines quarantines;
    private final Vault vault;
    private final InstantSource clock;

    /// @param kept as they are defined
    public SiftedPools(Pools kept, Quarantines quarantines, Vault vault, InstantSource clock) {
        this.kept = kept;
        this.quarantines = quarantines;
        this.vault = vault;
        this.clock = clock;
    }

    /// The numbers that networks block, of whatever pool.
    public Set<E164> blocked() {
        return quarantines.active(clock.instant()).stream()
                .map(one -> number(one, vault))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whose quarantine it is.
    public static E164 number(Quarantines.Quarantined one, Vault vault) {
        return new E164(vault.open(one.caller().sealed(), one.caller().mac()));
    }

    @Override
    public Optional<Pool> find(String name) {
        return kept.find(name).map(pool -> sifted(pool, blocked()));
    }

    @Override
    public List<Pool> list() {
        var blocked = blocked();
        return kept.list().stream().map(pool -> sifted(pool, blocked)).toList();
    }

    private static Pool sifted(Pool pool, Set<E164> blocked) {
        var numbers = new CallerIds(pool.numbers(), true);
        var out = new HashSet<>(pool.state().quarantined());
        blocked.stream().filter(numbers::owns).forEach(out::add);
        return out.size() == pool.state().quarantined().size()
                ? pool
                : new Pool(
                        pool.name(),
                        pool.ownership(),
                        pool.trunks(),
                        pool.numbers(),
                        new Pool.State(pool.state().active(), out),
                        pool.disclosed());
    }

    /// What is kept is changed where it is kept.
    @Override
    public void save(Pool pool) {
        throw new IllegalStateException("sifted pools are not saved");
    }

    @Override
    public long revision() {
        return kept.revision();
    }

    @Override
    public boolean delete(String name) {
        throw new IllegalStateException("sifted pools are not deleted");
    }
}
