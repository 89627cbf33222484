package io.flashcall.engine.capture;

/// How a [Ladder] is drawn.
///
/// @param width   columns of the terminal; the ladder takes 50 to 90 of them
/// @param unicode arrows and bars of Unicode rather than ASCII
/// @param colour  ANSI colours by kind of message
/// @param masked  whether telephone numbers are masked
public record LadderStyle(int width, boolean unicode, boolean colour, boolean masked) {

    private static final int NARROWEST = 50;
    private static final int WIDEST = 90;

    /// For logs and files: 80 columns of ASCII, numbers masked.
    public static final LadderStyle PLAIN = new LadderStyle(80, false, false, true);

    public LadderStyle {
        width = Math.clamp(width, NARROWEST, WIDEST);
    }
}
