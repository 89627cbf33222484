package io.flashcall.verification;

import java.util.Optional;

/// Asks an app's own back end, before anybody is called.
public interface Authorizer {

    /// @param app     has an authorization hook
    /// @param intent  what is to be verified
    /// @param address the client's IP address; empty for a resend
    /// @return why not; empty: allowed
    Optional<String> refusal(App app, Intent intent, Optional<String> address);
}
