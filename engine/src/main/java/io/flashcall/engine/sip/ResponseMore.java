package io.flashcall.engine.sip;

/// What an answer of ours has beyond what every answer has. Reusable; somebody must have checked what is put in.
public final class ResponseMore {

    /// Further header lines, each with its line end.
    public final HeaderLines headers = new HeaderLines();

    /// An SDP body, or nothing.
    public final HeaderLines sdp = new HeaderLines();

    public ResponseMore() {}

    public void clear() {
        headers.clear();
        sdp.clear();
    }
}
