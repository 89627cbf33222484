package io.flashcall.server.channel.smpp;

import java.util.List;
import org.jsmpp.bean.OptionalParameter;

/// What one submit_sm carries. Holds the code: not for logs.
///
/// @param esmClass   of the submit_sm
/// @param dataCoding of its text
/// @param text       its short_message, with a header if it is a part of several
/// @param options    its optional parameters
// Parts are never compared.
@SuppressWarnings("ArrayRecordComponent")
record Part(int esmClass, int dataCoding, byte[] text, List<OptionalParameter> options) {

    @Override
    public String toString() {
        return "Part[hidden]";
    }
}
