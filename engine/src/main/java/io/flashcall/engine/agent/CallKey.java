package io.flashcall.engine.agent;

/// The address of a call, as it stands in its branches and its From tag: user agent (8 bits), slot (24),
/// generation of the slot (24) and leg (8).
final class CallKey {

    /// Leg of the first INVITE, its CANCEL and the ACK of a non-2xx final; also the call's own id. Those that
    /// are sent anew have the legs up to [#LAST_CALL].
    static final int CALL = 0;

    static final int LAST_CALL = 0x7f;

    /// Leg of the ACK of a 2xx.
    static final int ACK = 0xA0;

    /// Leg of a BYE; slot and generation are those of the transaction.
    static final int BYE = 0xB0;

    /// Leg of a PRACK; slot and generation are those of the transaction.
    static final int PRACK = 0xC0;

    /// Leg of an OPTIONS that asks a host how it is; the slot is the hop's index.
    static final int PROBE = 0xD0;

    /// Leg of a REGISTER; the slot is the hop's index.
    static final int REGISTER = 0xE0;

    private static final int AGENT_SHIFT = 56;
    private static final int SLOT_SHIFT = 32;
    private static final int GENERATION_SHIFT = 8;
    private static final int BITS_24 = 0xff_ffff;
    private static final int BITS_8 = 0xff;

    private static final long FORK_SALT = 0xD6E8_FEB8_6659_FD93L;

    private CallKey() {}

    static long of(int agent, int slot, int generation, int leg) {
        return ((long) agent << AGENT_SHIFT)
                | ((long) slot << SLOT_SHIFT)
                | ((long) (generation & BITS_24) << GENERATION_SHIFT)
                | leg;
    }

    static int agent(long key) {
        return (int) (key >>> AGENT_SHIFT);
    }

    static int slot(long key) {
        return (int) (key >>> SLOT_SHIFT) & BITS_24;
    }

    static int leg(long key) {
        return (int) key & BITS_8;
    }

    /// The generation after this one: never 0, so that no call has the key of a vacant slot.
    static int nextGeneration(int generation) {
        return generation % BITS_24 + 1;
    }

    /// Tells the forks of a call apart: a number for each To tag. It is no address; only its leg means
    /// something.
    static long fork(long key, long toTagHash) {
        return key ^ (toTagHash * FORK_SALT);
    }

    static long withLeg(long key, int leg) {
        return (key & ~(long) BITS_8) | leg;
    }
}
