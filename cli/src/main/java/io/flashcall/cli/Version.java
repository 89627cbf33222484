package io.flashcall.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints: our version, and the Java that runs it. The first line of any bug report.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String ours = Main.class.getPackage().getImplementationVersion();
        return new String[] {"flashcall " + (ours == null ? "(not packaged)" : ours) + ", Java " + Runtime.version()};
    }
}
