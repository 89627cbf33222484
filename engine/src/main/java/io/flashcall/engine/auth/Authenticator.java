package io.flashcall.engine.auth;

import io.flashcall.engine.sip.Challenge;
import io.flashcall.engine.sip.HeaderLines;
import io.flashcall.engine.sip.Method;
import io.flashcall.engine.sip.ResponseView;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Answers a carrier's challenges, and from then on shows credentials unasked: the nonce of each realm is used
/// again, with a growing count, until the carrier calls it stale. One for each user agent and trunk; confined
/// to its loop.
public final class Authenticator {

    /// Realms remembered at once.
    static final int MOST_SPACES = 4;

    /// What an answer to a challenge comes to.
    public enum Verdict {
        /// Send the request again: the credentials that [#authorize] writes now may serve.
        RETRY,
        /// The carrier has seen these credentials and does not want them.
        REJECTED,
        /// There is no challenge that can be answered: another scheme, algorithms or protections that we lack.
        UNANSWERABLE
    }

    /// Of one call. A carrier may ask twice (proxy and registrar) and call nonces stale in between; no honest
    /// one asks as often as this.
    private static final int MOST_CHALLENGES = 8;

    /// Times that credentials may be refused without a word of staleness: some carriers do not say `stale`, so
    /// once is not enough to know.
    private static final int MOST_REJECTIONS = 2;

    private static final int LONGEST_VALUE = 1024;
    private static final int NONE = 0;

    private final String username;
    private Identity identity;
    private final List<ProtectionSpace> spaces = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private final Challenge challenge = new Challenge();
    private final Map<Method, byte[]> methods = new EnumMap<>(Method.class);
    private final int[] strengths = new int[MOST_SPACES];
    private long serials;
    private int opened;

    public Authenticator(String username, byte[] password) {
        this.username = username;
        identity = new Identity(username, password);
        for (var method : Method.values()) {
            methods.put(method, method.name().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// The password is another from now on. What is known of realms is forgotten: the carrier will ask again.
    public void renew(byte[] password) {
        identity = new Identity(username, password);
        spaces.clear();
    }

    /// Learns from a 401 or 407 (RFC 3261 §22.2, §22.3).
    ///
    /// Wrong credentials show as a challenge with the nonce that they were made with, or as one that is not
    /// stale after two that were not. `stale=true` is no rejection, and nor is, once for each call, the refusal
    /// of a nonce that another call has had replaced meanwhile. A nonce that comes again is counted on.
    public Verdict onChallenge(ResponseView response, Presented call) {
        if (!chooseStrongest(response)) {
            return Verdict.UNANSWERABLE;
        }
        boolean rejected = false;
        boolean hopeless = false;
        challenge.wrap(response);
        while (challenge.next()) {
            var algorithm = usable();
            int at = algorithm == null ? -1 : find();
            if (algorithm != null && at >= 0 && strengths[at] == strength(algorithm)) {
                strengths[at] = NONE;
                var space = spaces.get(at);
                long shown = call.serial(at);
                boolean refused = space.wasShown(shown) && !challenge.isStale();
                boolean current = shown == space.serial();
                boolean known = space.hasNonceOf(challenge, algorithm);
                rejected |= refused && (current || !call.excuses());
                hopeless |= refused && current && known;
                if (!known) {
                    space.learn(challenge, algorithm, ++serials);
                }
            }
        }
        call.challenges++;
        call.rejections += rejected ? 1 : 0;
        boolean tooOften = call.challenges > MOST_CHALLENGES || call.rejections >= MOST_REJECTIONS;
        return hopeless || tooOften ? Verdict.REJECTED : Verdict.RETRY;
    }

    /// Notes the strongest algorithm that each realm offers; among equally strong ones the first counts, as RFC
    /// 8760 §2.4 leaves the order to the carrier.
    ///
    /// @return whether there is any challenge that can be answered
    private boolean chooseStrongest(ResponseView response) {
        Arrays.fill(strengths, NONE);
        boolean any = false;
        challenge.wrap(response);
        while (challenge.next()) {
            var algorithm = usable();
            if (algorithm != null) {
                int at = find();
                at = at < 0 ? open() : at;
                strengths[at] = Math.max(strengths[at], strength(algorithm));
                any = true;
            }
        }
        return any;
    }

    private @Nullable DigestAlgorithm usable() {
        boolean bounded = challenge.realm.length <= LONGEST_VALUE
                && challenge.nonce.length <= LONGEST_VALUE
                && challenge.opaque.length <= LONGEST_VALUE;
        boolean protects = !challenge.hasQop() || challenge.offersAuth();
        var name = challenge.algorithm;
        return bounded && protects && challenge.isPlain()
                ? DigestAlgorithm.of(challenge.bytes(), name.offset, name.end())
                : null;
    }

    private static int strength(DigestAlgorithm algorithm) {
        return algorithm == DigestAlgorithm.MD5 ? 1 : 2;
    }

    private int find() {
        for (int i = 0; i < spaces.size(); i++) {
            if (spaces.get(i).is(challenge)) {
                return i;
            }
        }
        return -1;
    }

    /// Room for one more realm; of too many, they take turns.
    private int open() {
        var space = new ProtectionSpace(challenge, serials);
        if (spaces.size() < MOST_SPACES) {
            spaces.add(space);
            return spaces.size() - 1;
        }
        int at = opened++ % MOST_SPACES;
        spaces.set(at, space);
        return at;
    }

    /// Whether requests would carry credentials.
    public boolean isPrepared() {
        return !spaces.isEmpty();
    }

    /// Writes one line for each realm that has challenged us, for a request with this method and URI.
    public void authorize(Method method, byte[] uri, int uriLength, Presented call, HeaderLines out) {
        out.clear();
        byte[] name = methods.get(method);
        for (int i = 0; i < spaces.size(); i++) {
            var space = spaces.get(i);
            if (name != null) {
                space.write(identity, name, uri, uriLength, random.nextLong(), out);
                call.serial(i, space.serial());
            }
        }
    }
}
