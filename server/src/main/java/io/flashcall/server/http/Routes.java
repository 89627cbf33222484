package io.flashcall.server.http;

import io.flashcall.server.config.Spelling;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The table of routes. Thread-safe.
final class Routes {

    private final Map<String, Path> paths = new LinkedHashMap<>();

    Routes(List<Endpoint> endpoints) {
        for (var endpoint : endpoints) {
            paths.computeIfAbsent(endpoint.template(), Path::new).add(endpoint);
        }
    }

    /// @param parameters of the path, by name
    record Match(Endpoint endpoint, Map<String, String> parameters) {}

    /// @throws ProblemException when there is nothing at this path, or nothing for this method
    Match find(String method, String path) {
        var wanted = method.equals("HEAD") ? "GET" : method;
        var found = at(path).orElseThrow(() -> unknown(path));
        var endpoint = found.byMethod.get(wanted);
        if (endpoint == null) {
            var known = allow(found);
            throw Problem.METHOD_NOT_ALLOWED
                    .with(method + " does nothing at " + found.template + "; use " + known.replace(", ", " or ") + ".")
                    .header("Allow", known);
        }
        return new Match(endpoint, found.parameters(path));
    }

    /// What OPTIONS tells of a path.
    String allow(String path) {
        return at(path).map(Routes::allow).orElseThrow(() -> unknown(path));
    }

    private Optional<Path> at(String path) {
        var literal = paths.get(path);
        if (literal != null) {
            return Optional.of(literal);
        }
        return paths.values().stream()
                .filter(candidate -> candidate.matches(path))
                .findFirst();
    }

    private static String allow(Path path) {
        return String.join(", ", new TreeSet<>(path.byMethod.keySet()));
    }

    private ProblemException unknown(String path) {
        var hint = path.endsWith("/")
                        && path.length() > 1
                        && at(path.substring(0, path.length() - 1)).isPresent()
                ? Optional.of("without the slash at its end there is.")
                : Spelling.nearest(path, paths.keySet()).map(near -> "did you mean " + near + "?");
        return Problem.UNKNOWN_PATH.with(
                "There is nothing at this path; " + hint.orElse("/docs explains the API, /docs/api lists its paths."));
    }

    /// One path and what its methods do.
    private static final class Path {

        private final String template;
        private final List<String> segments;
        private final Map<String, Endpoint> byMethod = new LinkedHashMap<>();

        Path(String template) {
            this.template = template;
            this.segments = split(template);
        }

        void add(Endpoint endpoint) {
            if (byMethod.put(endpoint.method(), endpoint) != null) {
                throw new IllegalStateException("two endpoints for " + endpoint.method() + " " + template);
            }
        }

        boolean matches(String path) {
            var given = split(path);
            if (given.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < given.size(); i++) {
                boolean fits = isParameter(i)
                        ? !given.get(i).isEmpty()
                        : segments.get(i).equals(given.get(i));
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        Map<String, String> parameters(String path) {
            var given = split(path);
            var parameters = new LinkedHashMap<String, String>();
            for (int i = 0; i < segments.size(); i++) {
                if (isParameter(i)) {
                    var segment = segments.get(i);
                    parameters.put(segment.substring(1, segment.length() - 1), given.get(i));
                }
            }
            return parameters;
        }

        private boolean isParameter(int index) {
            return segments.get(index).startsWith("{");
        }

        private static List<String> split(String path) {
            var segments = new ArrayList<String>();
            int from = 0;
            for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
                segments.add(path.substring(from, slash));
                from = slash + 1;
            }
            segments.add(path.substring(from));
            return segments;
        }
    }
}
