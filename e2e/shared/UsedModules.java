import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/// Prints which modules of the JDK the classes of some jars name, each with a class that does: `MODULE
/// CLASS`, sorted. Run from source, with a whole JDK: `java UsedModules.java JAR...`
final class UsedModules {

    private UsedModules() {}

    public static void main(String... jars) throws IOException {
        var modules = modulesByPackage();
        var found = new TreeMap<String, String>();
        for (var jar : jars) {
            try (var file = new JarFile(Path.of(jar).toFile())) {
                for (var entry : file.versionedStream().toList()) {
                    if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                        byte[] bytes = file.getInputStream(entry).readAllBytes();
                        references(bytes, modules, entry.getRealName(), found);
                    }
                }
            }
        }
        found.forEach((module, by) -> System.out.println(module + " " + by));
    }

    private static void references(
            byte[] bytes, Map<String, String> modules, String name, Map<String, String> found) {
        for (var constant : ClassFile.of().parse(bytes).constantPool()) {
            if (constant instanceof ClassEntry reference) {
                var type = reference.asInternalName().replaceFirst("^\\[+L?", "");
                var module = modules.get(type.substring(0, Math.max(0, type.lastIndexOf('/'))));
                if (module != null) {
                    found.putIfAbsent(module, name);
                }
            }
        }
    }

    private static Map<String, String> modulesByPackage() {
        var modules = new HashMap<String, String>();
        for (var module : ModuleFinder.ofSystem().findAll()) {
            for (var name : module.descriptor().packages()) {
                modules.put(name.replace('.', '/'), module.descriptor().name());
            }
        }
        return modules;
    }
}
