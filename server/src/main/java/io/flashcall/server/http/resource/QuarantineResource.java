package io.flashcall.server.http.resource;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.Vault;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.SiftedPools;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.Quarantines.Quarantined;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/pools/{name}/quarantine`: the numbers of a pool that are not shown because networks block them, for admins.
public final class QuarantineResource {

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final Pools pools;
    private final Quarantines quarantines;
    private final Runnable released;
    private final Vault vault;
    private final InstantSource clock;

    /// @param released hears when there is a number less
    public QuarantineResource(
            Pools pools, Quarantines quarantines, Runnable released, Vault vault, InstantSource clock) {
        this.pools = pools;
        this.quarantines = quarantines;
        this.released = released;
        this.vault = vault;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        var admin = Set.of(Scope.ADMIN);
        return List.of(
                new Endpoint("GET", "/v1/pools/{name}/quarantine", admin, this::list),
                new Endpoint("POST", "/v1/pools/{name}/quarantine/release", admin, this::release));
    }

    private record Entry(E164 number, Quarantined quarantined) {}

    private Reply list(Call call) {
        var numbers = numbers(call);
        var all = quarantines.active(clock.instant()).stream()
                .map(one -> new Entry(SiftedPools.number(one, vault), one))
                .filter(entry -> numbers.owns(entry.number()))
                .sorted(Comparator.comparing(QuarantineResource::text))
                .toList();
        return Page.cut(all, call.query(), QuarantineResource::text, QuarantineResource::view);
    }

    private Reply release(Call call) {
        var numbers = numbers(call);
        var form = call.form();
        var given = form.text("number", NUMBER, "+ and 7 to 15 digits, E.164");
        if (given.isEmpty()) {
            form.missing("number", "\"+442079460000\"");
        }
        form.done();
        var number = E164.parse(given.orElseThrow());
        if (!numbers.owns(number) || !quarantines.release(vault.numberMac(number), clock.instant())) {
            throw Problem.NOT_FOUND.with("This number is not in quarantine in this pool; GET …/quarantine lists them.");
        }
        released.run();
        return Reply.noContent();
    }

    private CallerIds numbers(Call call) {
        return pools.find(call.parameter("name"))
                .map(Pool::numbers)
                .map(ranges -> new CallerIds(ranges, true))
                .orElseThrow(() -> Problem.NOT_FOUND.with("There is no pool of this name; GET /v1/pools lists them."));
    }

    private static String text(Entry entry) {
        return "+" + entry.number().digits();
    }

    private static ObjectNode view(Entry entry) {
        var one = entry.quarantined();
        var node = Json.object();
        node.put("number", text(entry));
        node.put("trunk", one.caller().trunk());
        node.put("destinations", one.destinations());
        node.put("times", one.times());
        node.put("since", Json.time(one.since()));
        node.put("until", Json.time(one.until()));
        return node;
    }
}
