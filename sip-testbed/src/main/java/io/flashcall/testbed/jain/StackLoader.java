package io.flashcall.testbed.jain;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Loads one stack, and the callee's classes against it, apart from everything else.
///
/// The stack's packages and `jain.callee` come from here and never from the parent: a parent that happens to have
/// a JAIN-SIP of its own must not win.
final class StackLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String CALLEE = "io.flashcall.testbed.jain.callee.";

    private StackLoader(Stack stack, List<URL> jars, ClassLoader parent) {
        super("jain-" + stack, jars.toArray(URL[]::new), parent);
    }

    /// @throws IllegalStateException naming the resource, if a jar is missing from the build
    static StackLoader of(Stack stack) throws IOException {
        ClassLoader parent = StackLoader.class.getClassLoader();
        List<URL> jars = new ArrayList<>();
        for (String resource : stack.jars()) {
            URL url = parent.getResource(resource);
            if (url == null) {
                throw new IllegalStateException(
                        resource
                                + " is missing (expected: copied there by the build of sip-testbed; run mvn process-resources)");
            }
            jars.add(url.getProtocol().equals("file") ? url : unpacked(url));
        }
        return new StackLoader(stack, jars, parent);
    }

    /// A jar within a jar must be a file before a class loader can read it.
    private static URL unpacked(URL resource) throws IOException {
        Path file = Files.createTempFile("flashcall-stack-", ".jar");
        file.toFile().deleteOnExit();
        try (InputStream in = resource.openStream()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file.toUri().toURL();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(CALLEE) && !name.startsWith("javax.sip.") && !name.startsWith("gov.nist.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = name.startsWith(CALLEE) ? defineCallee(name) : findClass(name);
            }
            return loaded;
        }
    }

    private Class<?> defineCallee(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
