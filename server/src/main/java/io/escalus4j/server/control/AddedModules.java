package io.escalus4j.server.control;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Module;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Modules that a test has brought along, by the names of their classes: a server in a JVM of its own can be told of them
 * in no other way, which is why there is reflection here. Thread-safe.
 */
final class AddedModules {
    private final ServerContext context;
    private final Map<String, Module> added = new LinkedHashMap<>();

    AddedModules(ServerContext context) {
        this.context = context;
    }

    /**
     * Makes it, with the server's context or with nothing, and installs it.
     *
     * @throws IllegalArgumentException if there is no such module on the class path
     * @throws IllegalStateException if it is there already, or claims what another has
     */
    synchronized void install(String className) {
        if (added.containsKey(className)) {
            throw new IllegalStateException("module %s is installed already".formatted(className));
        }
        Module module = made(className);
        context.modules().install(module);
        added.put(className, module);
    }

    synchronized void uninstall(String className) {
        Optional.ofNullable(added.remove(className)).ifPresent(context.modules()::uninstall);
    }

    synchronized void reset() {
        List.copyOf(added.keySet()).forEach(this::uninstall);
    }

    private Module made(String className) {
        try {
            Class<?> type = Class.forName(className, false, getClass().getClassLoader());
            if (!Module.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException("%s is no %s".formatted(className, Module.class.getName()));
            }
            return (Module) made(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("class %s is not on the server's class path".formatted(className), e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("%s cannot be made: %s".formatted(className, e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("%s cannot be made: %s".formatted(className, e), e);
        }
    }

    private Object made(Class<?> type) throws ReflectiveOperationException {
        boolean wantsContext = Stream.of(type.getDeclaredConstructors())
                .anyMatch(one -> List.of(one.getParameterTypes()).equals(List.of(ServerContext.class)));
        var constructor =
                wantsContext ? type.getDeclaredConstructor(ServerContext.class) : type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return wantsContext ? constructor.newInstance(context) : constructor.newInstance();
    }
}
