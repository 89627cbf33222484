package io.flashcall.cli.terminal;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP of this process. The JDK's class for it is no part of the Java language's platform, and to name it in
/// source is a warning that cannot be silenced: it is looked up. Where it is missing, or the JVM leaves signals alone
/// (`-Xrs`), the signal does what it always did.
public final class ProcessReload implements ReloadSignal {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessReload.class);

    @Override
    public void on(Runnable request) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var hangUp = signal.getConstructor(String.class).newInstance("HUP");
            var run = MethodHandles.publicLookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(request);
            var ours = MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, ours);
        } catch (InvocationTargetException e) {
            LOG.warn("SIGHUP does not reload here: {}", String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIGHUP does not reload here: {}", e.toString());
        }
    }
}
