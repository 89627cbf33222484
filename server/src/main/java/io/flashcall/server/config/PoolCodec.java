package io.flashcall.server.config;

import io.flashcall.engine.CallerIds.Range;
import io.flashcall.engine.E164;
import io.flashcall.verification.number.Pool;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// A [Pool] as text: `{"name":"uk","owner":"…","proof":"…","country":"GB","trunks":["a"],"numbers":["+44…..+44…"]}`.
/// Its numbers stand there in the clear. Thread-safe.
public final class PoolCodec implements Codec<Pool> {

    private static final PoolReader READER = new PoolReader(Optional.empty());

    @Override
    public String write(Pool pool) {
        return write(pool, number -> "+" + number.digits());
    }

    /// As [#write], with its numbers masked: for people.
    public static String writeMasked(Pool pool) {
        return write(pool, E164::toString);
    }

    private static String write(Pool pool, Function<E164, String> shown) {
        var json = JsonText.object()
                .put("name", pool.name())
                .put("owner", pool.ownership().owner())
                .put("proof", pool.ownership().proof())
                .put("country", pool.ownership().country());
        var trunks = json.putArray("trunks");
        new TreeSet<>(pool.trunks()).forEach(trunks::add);
        var numbers = json.putArray("numbers");
        pool.numbers().forEach(range -> numbers.add(text(range, shown)));
        json.put("active", pool.state().active());
        var quarantined = json.putArray("quarantined");
        pool.state().quarantined().stream()
                .sorted(Comparator.comparing(E164::digits))
                .forEach(number -> quarantined.add(shown.apply(number)));
        pool.disclosed().ifPresent(digits -> json.put("disclosed_digits", digits));
        return json.toString();
    }

    @Override
    public Pool read(String text) {
        return DefinitionText.read("pool", text, READER::read);
    }

    private static String text(Range range, Function<E164, String> shown) {
        var first = shown.apply(range.first());
        return range.first().equals(range.last()) ? first : first + ".." + shown.apply(range.last());
    }
}
