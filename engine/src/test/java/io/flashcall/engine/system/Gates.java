package io.flashcall.engine.system;

/// How much the gates of the system tests are put through. A build takes a small bite; `-Dflashcall.gates=full` (given
/// to Maven, which hands it on) takes what the issue asks for:
///
/// ```
/// mvn -pl engine -am test -Dflashcall.gates=full -Dtest='*GateTest' -Dsurefire.failIfNoSpecifiedTests=false
/// ```
final class Gates {

    static final boolean FULL = System.getProperty("flashcall.gates", "small").equals("full");

    private Gates() {}

    static int size(int small, int full) {
        return FULL ? full : small;
    }

    /// One line of figures for whoever reads the build's output.
    static void report(String figures) {
        System.out.println("GATE " + figures);
    }
}
