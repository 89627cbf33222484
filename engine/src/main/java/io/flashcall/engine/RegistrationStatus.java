package io.flashcall.engine;

/// How one user agent stands with a trunk's registrar.
///
/// @param trunk  its name
/// @param agent  index of the user agent
/// @param state  what holds now
/// @param reason what it came from: a sentence for an operator, without numbers or secrets
public record RegistrationStatus(String trunk, int agent, State state, String reason) {

    /// The four ways to stand.
    public enum State {
        /// Not bound: the registrar is silent, out of reach or overloaded, or we have left it. Tried again by itself.
        UNREGISTERED,
        /// Not bound yet: a REGISTER waits for its answer.
        REGISTERING,
        /// Bound, perhaps with a refresh under way.
        REGISTERED,
        /// The registrar does not want us: wrong credentials, an unknown user, 403. Tried again by itself, slowly.
        REJECTED
    }
}
