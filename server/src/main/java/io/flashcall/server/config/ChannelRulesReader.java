package io.flashcall.server.config;

import io.flashcall.verification.channel.ChannelRules;
import io.flashcall.verification.channel.ChannelRules.Countries;
import java.util.Set;

/// Reads the keys that every entry of `channels` may have, of whatever type it is.
final class ChannelRulesReader {

    private static final Kind<Integer> PACE = Kind.between(1, 10_000);
    private static final String COUNTRIES = "countries";
    private static final String NOT_COUNTRIES = "not_countries";

    private ChannelRulesReader() {}

    static ChannelRules read(Section section) {
        var pace = section.optional("pace", PACE);
        var time = section.optional("time", PolicyReader.CHANNEL_TIME);
        var only = Set.copyOf(section.list(COUNTRIES, Kind.REGION));
        var except = Set.copyOf(section.list(NOT_COUNTRIES, Kind.REGION));
        if (!only.isEmpty() && except.containsAll(only)) {
            section.refuse(NOT_COUNTRIES, "not all of countries, or the channel is offered nowhere");
        }
        return new ChannelRules(pace, time, new Countries(only, except));
    }
}
