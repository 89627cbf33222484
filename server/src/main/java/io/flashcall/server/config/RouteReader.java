package io.flashcall.server.config;

import io.flashcall.verification.routing.Route;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one item of `routes`.
final class RouteReader {

    static final Kind<String> PREFIX = Kind.matching(
            "+ and up to 15 digits, such as +44; + alone is every destination", Pattern.compile("\\+\\d{0,15}"));

    private RouteReader() {}

    static Optional<Route> read(Section section) {
        var prefix = section.required("prefix", PREFIX);
        var trunk = section.required("trunk", PoolReader.TRUNK);
        var pool = section.required("pool", PoolReader.POOL);
        var price = section.optional("price", Kind.PRICE);
        boolean sameCountry = section.value("same_country", Kind.FLAG, false);
        return prefix.flatMap(
                to -> trunk.flatMap(over -> pool.map(from -> new Route(to, over, from, price, sameCountry))));
    }
}
