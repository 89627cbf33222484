package io.flashcall.testbed.jain.callee;

import gov.nist.core.StackLogger;
import java.util.Properties;

/// Keeps the stack from looking for log4j, and quiet. Public with a public constructor: the stack makes it by name.
public final class QuietLogger implements StackLogger {

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int traceLevel) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable ex) {}

    @Override
    public void logDebug(String message) {}

    /// NIST's interface has this method and Jitsi's has not; nothing differs for either.
    @Override
    public void logDebug(String message, Exception ex) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logFatalError(String message) {}

    @Override
    public void logError(String message) {}

    @Override
    public boolean isLoggingEnabled() {
        return false;
    }

    @Override
    public boolean isLoggingEnabled(int logLevel) {
        return false;
    }

    @Override
    public void logError(String message, Exception ex) {}

    @Override
    public void logWarning(String string) {}

    @Override
    public void logInfo(String string) {}

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String buildTimeStamp) {}

    @Override
    public void setStackProperties(Properties stackProperties) {}

    @Override
    public String getLoggerName() {
        return "quiet";
    }
}
