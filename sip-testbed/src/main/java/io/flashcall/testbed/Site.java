package io.flashcall.testbed;

/// What all calls of a carrier share.
record Site(Counts counts, Schedule schedule, Sockets sockets, Responses responses, Judge judge, Office office) {

    /// The carrier's configuration, and what stands at its entrance.
    record Office(CarrierConfig config, Door door) {}

    CarrierConfig config() {
        return office.config();
    }

    Door door() {
        return office.door();
    }

    CarrierTimers timers() {
        return config().timers();
    }
}
