/// Who asks, and what they may: API keys, scopes, origins, addresses.
///
/// **Start here:** [Gate] turns an Authorization header into a caller that may use an endpoint, or refuses; that table
/// and [SessionAccess] are the only places where access is decided.
///
/// **Threads:** everything here is shared by all requests, and thread-safe.
@NullMarked
package io.flashcall.server.http.access;

import org.jspecify.annotations.NullMarked;
