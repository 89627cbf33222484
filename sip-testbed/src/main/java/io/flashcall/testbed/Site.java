package io.flashcall.testbed;

/// What all calls of a carrier share.
record Site(Counts counts, Schedule schedule, Sockets sockets, Responses responses, Judge judge, Office office) {

    /// The carrier's configuration, who stands at its entrance, what it remembers and what it asks.
    record Office(CarrierConfig config, Door door, Replies replies, Asker asker) {}

    CarrierConfig config() {
        return office.config();
    }

    Door door() {
        return office.door();
    }

    Replies replies() {
        return office.replies();
    }

    Asker asker() {
        return office.asker();
    }

    CarrierTimers timers() {
        return config().timers();
    }
}
