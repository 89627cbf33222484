package io.flashcall.testbed;

/// What all calls of a carrier share.
record Site(Counts counts, Schedule schedule, Sockets sockets, Responses responses, Judge judge, CarrierConfig config) {

    CarrierTimers timers() {
        return config.timers();
    }
}
