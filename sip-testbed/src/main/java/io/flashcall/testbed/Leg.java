package io.flashcall.testbed;

/// One fork of a call: its To tag and Contact, and how far its dialog has come. Confined to the loop.
final class Leg {

    /// Stands for no leg at all.
    static final Leg NOBODY = new Leg("", "");

    private final String tag;
    private final String contactUri;
    private boolean rang;
    private long highestCseq;
    private long ownCseq;
    private byte[] answer = {};
    private boolean acked;
    private boolean released;
    private long releasedAt;

    Leg(String tag, String contactUri) {
        this.tag = tag;
        this.contactUri = contactUri;
    }

    String tag() {
        return tag;
    }

    String contactUri() {
        return contactUri;
    }

    /// Marks a CSeq number of the caller's as used in this dialog; whether it was higher than those before.
    boolean useCseq(long number) {
        boolean higher = number > highestCseq;
        highestCseq = Math.max(highestCseq, number);
        return higher;
    }

    /// For the carrier's own requests.
    long nextOwnCseq() {
        ownCseq++;
        return ownCseq;
    }

    /// Marks that a 180 left; whether it was the first.
    boolean ring() {
        boolean first = !rang;
        rang = true;
        return first;
    }

    void answerWith(byte[] bytes) {
        answer = bytes;
    }

    byte[] answer() {
        return answer;
    }

    boolean answered() {
        return answer.length > 0;
    }

    void acknowledge() {
        acked = true;
    }

    boolean acked() {
        return acked;
    }

    void release(long now) {
        released = true;
        releasedAt = now;
    }

    boolean released() {
        return released;
    }

    long releasedAt() {
        return releasedAt;
    }
}
