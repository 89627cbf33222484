package io.flashcall.engine.agent;

import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.trunk.Trunk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a registration stands, told to the log on each change and to the trunk on each word. Confined to the agent's
/// loop.
final class Standing {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    private final Trunk trunk;
    private final int agent;
    private State state = State.UNREGISTERED;

    Standing(Trunk trunk, int agent) {
        this.trunk = trunk;
        this.agent = agent;
        say("not tried yet");
    }

    boolean is(State asked) {
        return state == asked;
    }

    void enter(State next, String why) {
        if (next != state) {
            var name = trunk.config().name();
            switch (next) {
                case REGISTERING -> LOG.debug("trunk {}: registering: {}", name, why);
                case REGISTERED -> LOG.info("trunk {}: registered {}", name, why);
                case UNREGISTERED -> LOG.warn("trunk {}: not registered: {}", name, why);
                case REJECTED -> LOG.error("trunk {}: registration rejected: {}", name, why);
            }
        }
        state = next;
        say(why);
    }

    /// There is nothing to worry about: we have left.
    void leave() {
        state = State.UNREGISTERED;
        say("we have left");
    }

    /// There is something to say of the state that holds.
    void say(String why) {
        trunk.onRegistration(new RegistrationStatus(trunk.config().name(), agent, state, why));
    }
}
