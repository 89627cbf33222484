package io.flashcall.engine.sip;

/// The branch of an INVITE of ours, of which an ICMP error quotes the beginning. Reusable; allocates nothing.
public final class SentInvite {

    private static final String METHOD = "invite ";
    private static final String BRANCH = ";branch=";
    private static final int BRANCH_LENGTH = ResponseView.MAGIC_COOKIE.length() + 32;

    private final OurToken token = new OurToken(ResponseView.MAGIC_COOKIE);
    private final Span branch = new Span();
    private byte[] bytes = {};

    public SentInvite() {}

    /// Reads what was quoted, from index 0.
    ///
    /// @param quoted kept until the next call
    /// @return whether it is an INVITE with a branch of our form
    public boolean wrap(byte[] quoted, int length) {
        bytes = quoted;
        token.forget();
        branch.clear();
        if (!Ascii.startsWith(quoted, 0, length, METHOD)) {
            return false;
        }
        // Our Via stands first, and no Request-URI of ours has a branch parameter.
        for (int at = METHOD.length(); at + BRANCH.length() + BRANCH_LENGTH <= length; at++) {
            if (quoted[at] == ';' && Ascii.startsWith(quoted, at, length, BRANCH)) {
                int from = at + BRANCH.length();
                branch.set(from, from + BRANCH_LENGTH);
                return token.isOurs(quoted, branch);
            }
        }
        return false;
    }

    /// The first number of the branch: which call, and which INVITE of it.
    public long branchKey() {
        return token.first(bytes, branch);
    }

    /// The second number of the branch, which nobody can guess.
    public long branchNonce() {
        return token.second(bytes, branch);
    }
}
