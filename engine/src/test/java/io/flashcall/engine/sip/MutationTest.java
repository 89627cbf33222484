package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever arrives: no exception, no look beyond the datagram, no endless loop, nothing smuggled into what we send.
///
/// Each mutant lies at the very end of its array, so that a read beyond it throws, and once more between other
/// neighbours, which must not change a single answer.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutationTest {

    private static final long SEED = Long.getLong("flashcall.seed", 20_261_123L);
    private static final int MUTANTS = Integer.getInteger("flashcall.mutants", 200_000);
    private static final int MARGIN = 64;
    private static final String SPICE = "\r\n \t:;,=<>\"\\@?/[]%0aAzZ*\0\u007f\u00ff";

    private final List<byte[]> corpus =
            CorpusMessage.all().stream().map(CorpusMessage::bytes).toList();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Probe probe = new Probe();

    @Test
    void two_hundred_thousand_mutants_of_the_corpus_do_no_harm() {
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = corpus.get(i % corpus.size());
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                mutant = mutate(mutant);
            }
            check(i, mutant);
        }
    }

    @Test
    void every_message_cut_anywhere_does_no_harm() {
        corpus.stream().filter(message -> message.length < 2_000).forEach(message -> {
            for (int length = 0; length <= message.length; length++) {
                check(length, Arrays.copyOf(message, length));
            }
        });
    }

    private void check(int number, byte[] mutant) {
        byte[] atTheEnd = new byte[MARGIN + mutant.length];
        System.arraycopy(mutant, 0, atTheEnd, MARGIN, mutant.length);
        byte[] inBetween = new byte[mutant.length + 2 * MARGIN];
        Arrays.fill(inBetween, (byte) (number % 2 == 0 ? ' ' : '9'));
        System.arraycopy(mutant, 0, inBetween, MARGIN, mutant.length);
        try {
            long answers = probe.ask(atTheEnd, MARGIN, mutant.length);
            assertThat(probe.ask(inBetween, MARGIN, mutant.length)).isEqualTo(answers);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + SEED + ", mutant " + number + ":\n" + CorpusMessage.escaped(mutant, 0, mutant.length), e);
        }
    }

    private byte[] mutate(byte[] in) {
        if (in.length == 0) {
            return corpus.get(random.nextInt(corpus.size()));
        }
        return switch (random.nextInt(7)) {
            case 0 -> flipped(in);
            case 1 -> Arrays.copyOf(in, random.nextInt(in.length));
            case 2 -> spliced(in);
            case 3 -> withLineAgain(in);
            case 4 -> withSpice(in, true);
            case 5 -> withSpice(in, false);
            default -> without(in);
        };
    }

    private byte[] flipped(byte[] in) {
        byte[] out = in.clone();
        out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
        return out;
    }

    /// The beginning of this message and the end of another.
    private byte[] spliced(byte[] in) {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        return joined(in, random.nextInt(in.length), other, other.length == 0 ? 0 : random.nextInt(other.length));
    }

    private byte[] withLineAgain(byte[] in) {
        int at = random.nextInt(in.length);
        int start = at;
        while (start > 0 && in[start - 1] != '\n') {
            start--;
        }
        int end = at;
        while (end < in.length && in[end] != '\n') {
            end++;
        }
        return joined(in, Math.min(end + 1, in.length), in, start);
    }

    /// A byte that means something, in place of another or between two.
    private byte[] withSpice(byte[] in, boolean replace) {
        int at = random.nextInt(in.length);
        byte[] out = replace ? in.clone() : joined(in, at, in, Math.max(0, at - 1));
        out[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
        return out;
    }

    private byte[] without(byte[] in) {
        int from = random.nextInt(in.length);
        return joined(in, from, in, Math.min(in.length, from + random.nextInt(1, 20)));
    }

    private static byte[] joined(byte[] head, int headLength, byte[] tail, int tailStart) {
        byte[] out = Arrays.copyOf(head, headLength + tail.length - tailStart);
        System.arraycopy(tail, tailStart, out, headLength, tail.length - tailStart);
        return out;
    }
}
