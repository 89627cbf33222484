package io.flashcall.testbed;

import io.flashcall.testbed.wire.SipResponse.Field;
import java.util.List;

/// A request that is not taken: the response it gets instead.
///
/// @param status 400 to 699
/// @param fields headers beside the usual ones
record Refusal(int status, List<Field> fields) {}
