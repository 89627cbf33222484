package io.flashcall.server.http;

import io.flashcall.server.http.access.Gate;
import io.flashcall.server.http.access.Origins;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Reply;
import io.flashcall.server.http.resource.Idempotency;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request's way through the API: path, credentials, scope, origin, body, idempotency, action. Whatever goes wrong on
/// it becomes a problem. Thread-safe.
final class Front {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final Routes routes;
    private final Gate gate;
    private final Origins origins;
    private final Idempotency idempotency;
    private final Semaphore places;
    private final RequestWatcher watcher;

    Front(Routes routes, Gate gate, Origins origins, Idempotency idempotency, Traffic traffic) {
        this.routes = routes;
        this.gate = gate;
        this.origins = origins;
        this.idempotency = idempotency;
        this.places = new Semaphore(traffic.most());
        this.watcher = traffic.watcher();
    }

    /// @param most    requests at once
    /// @param watcher hears of every request
    record Traffic(int most, RequestWatcher watcher) {}

    /// Reads what is left of a request, once it is known that somebody wants it.
    @FunctionalInterface
    interface Bodies {
        /// @throws ProblemException when it is too long, too slow, or not what it should be
        Call read(Call call);
    }

    Reply answer(Call bare, Bodies bodies) {
        long began = System.nanoTime();
        if (!places.tryAcquire()) {
            return Problem.OVERLOADED.plain().header("Retry-After", "1").reply(bare.id());
        }
        // What is known of the caller also decides who may read a refusal.
        var known = new Call[] {bare};
        var limit = Optional.<String>empty();
        Reply reply;
        try {
            reply = act(known, bodies);
        } catch (ProblemException e) {
            limit = e.member("limit");
            reply = e.reply(bare.id());
        } catch (GoneException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} broke, request {}", bare.target().method(), template(bare), bare.id(), e);
            reply = Problem.INTERNAL_ERROR.plain().reply(bare.id());
        } finally {
            places.release();
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        watcher.onAnswer(bare.target().method(), template(bare), reply.status(), took, limit);
        return origins.readable(reply, known[0]);
    }

    /// A refusal as its client may read it.
    Reply refuse(Call known, ProblemException refusal) {
        return origins.readable(refusal.reply(known.id()), known);
    }

    private Reply act(Call[] known, Bodies bodies) {
        var call = known[0];
        var target = call.target();
        Credentials.refuse(target.path(), target.query());
        if (target.method().equals("OPTIONS")) {
            return origins.preflight(call).header("Allow", routes.allow(target.path()));
        }
        var match = routes.find(target.method(), target.path());
        var endpoint = match.endpoint();
        call = call.with(match.parameters());
        call = call.from(gate.admit(call, endpoint));
        known[0] = call;
        origins.check(call);
        if (endpoint.foreign()) {
            return endpoint.action().on(endpoint.method().equals("POST") ? bodies.read(call) : call);
        }
        return switch (endpoint.method()) {
            case "POST" -> idempotency.run(json(bodies.read(call)), endpoint.action());
            case "PUT" -> endpoint.action().on(json(bodies.read(call)));
            default -> endpoint.action().on(call);
        };
    }

    private static Call json(Call call) {
        if (!call.body().isEmpty()) {
            ContentTypes.requireJson(call);
        }
        return call;
    }

    /// The path without what is between its slashes where that may be anything.
    private String template(Call call) {
        try {
            return routes.find(call.target().method(), call.target().path())
                    .endpoint()
                    .template();
        } catch (ProblemException e) {
            return "an unknown path";
        }
    }
}
