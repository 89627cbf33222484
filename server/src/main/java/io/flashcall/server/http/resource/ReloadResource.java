package io.flashcall.server.http.resource;

import io.flashcall.server.config.ConfigFileException;
import io.flashcall.server.config.Reloaded;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException.Fault;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/reload`: the configuration file is read again, as on SIGHUP.
public final class ReloadResource {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadResource.class);

    private final Reload reload;

    public ReloadResource(Reload reload) {
        this.reload = reload;
    }

    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("POST", "/v1/reload", Set.of(Scope.ADMIN), this::reload));
    }

    private Reply reload(Call call) {
        if (!call.body().isEmpty()) {
            call.form().done();
        }
        LOG.info(
                "audit: reload asked for with key {}, request {}", call.caller().key(), call.id());
        return switch (reload.now()) {
            case Reloaded.Done done -> Reply.json(200, view(done));
            case Reloaded.Refused(var problems) ->
                throw Problem.CONFIGURATION_UNUSABLE.with(
                        "The configuration cannot be used as it is: nothing has changed.",
                        problems.stream().map(ReloadResource::fault).toList());
        };
    }

    private static Fault fault(ConfigFileException.Problem problem) {
        var line = problem.line() > 0 ? "line " + problem.line() + ": " : "";
        return new Fault(problem.key(), line + problem.text());
    }

    private static ObjectNode view(Reloaded.Done done) {
        var node = Json.object();
        var trunks = node.putArray("trunks");
        for (var change : done.trunks()) {
            trunks.addObject()
                    .put("name", change.trunk())
                    .put("change", change.kind().name().toLowerCase(Locale.ROOT));
        }
        node.put("routes_changed", done.routes());
        var pools = node.putArray("pools_changed");
        done.pools().forEach(pools::add);
        var waiting = node.putArray("need_restart");
        done.needRestart().forEach(waiting::add);
        return node;
    }
}
