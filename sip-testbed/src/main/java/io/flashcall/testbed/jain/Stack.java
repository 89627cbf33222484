package io.flashcall.testbed.jain;

import java.util.List;

/// The stacks there are.
public enum Stack {
    /// `javax.sip:jain-sip-ri`.
    NIST,
    /// `org.jitsi:jain-sip-ri-ossonly`.
    JITSI;

    /// The resources that hold its jars.
    List<String> jars() {
        return switch (this) {
            case NIST -> List.of("stacks/nist/jain-sip-ri.jar");
            case JITSI -> List.of("stacks/jitsi/jain-sip-ri-ossonly.jar", "stacks/jitsi/sip-api-1.2.jar");
        };
    }
}
