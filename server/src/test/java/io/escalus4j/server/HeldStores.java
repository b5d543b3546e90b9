package io.escalus4j.server;

import io.escalus4j.server.store.OwnedData;
import io.escalus4j.server.store.StoreUnavailableException;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Holds back what stores in memory are asked until the test says so, in an order of its choice: a slow database at its
 * worst. Or refuses some of it: one that is away. Confined to one thread.
 */
public final class HeldStores {
    private final MemoryStores memory = new MemoryStores();
    private final List<Runnable> held = new ArrayList<>();
    private Set<String> failing = Set.of();
    private boolean holding;

    /** From now on every call waits for {@link #release}. */
    public void hold() {
        holding = true;
    }

    /** From now on these, such as {@code "Archive.append"}, cannot be done, and nothing of them is. */
    public void fail(String... calls) {
        failing = Set.of(calls);
    }

    /** From now on every call is answered at once. */
    public void letGo() {
        holding = false;
        failing = Set.of();
    }

    /** What is in them, without waiting for anything. */
    public Stores memory() {
        return memory;
    }

    public int waiting() {
        return held.size();
    }

    /** Lets one of the waiting calls happen. */
    public void release(RandomGenerator random) {
        held.remove(random.nextInt(held.size())).run();
    }

    /** The stores whose every port is held. */
    public Stores stores() {
        return proxy(
                Stores.class,
                (method, args) -> OwnedData.class.isAssignableFrom(method.getReturnType())
                        ? port(method.getReturnType(), invoke(memory, method, args))
                        : method.getReturnType() == CompletionStage.class
                                ? call(memory, method, args)
                                : invoke(memory, method, args));
    }

    private <T> T port(Class<T> type, Object real) {
        return proxy(type, (method, args) -> call(real, method, args));
    }

    private interface Answer {
        Object to(Method method, Object[] args);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answer.to(method, args)));
    }

    private Object call(Object real, Method method, Object[] args) {
        String name = method.getDeclaringClass().getSimpleName() + '.' + method.getName();
        if (failing.contains(name)) {
            return CompletableFuture.failedFuture(
                    new StoreUnavailableException(name, new IllegalStateException("the test says so")));
        }
        if (!holding) {
            return invoke(real, method, args);
        }
        var answer = new CompletableFuture<Object>();
        held.add(() -> now(real, method, args).thenAccept(answer::complete));
        return answer;
    }

    @SuppressWarnings("unchecked") // all that a port has are methods that return a stage
    private static CompletionStage<Object> now(Object real, Method method, Object[] args) {
        return (CompletionStage<Object>) invoke(real, method, args);
    }

    private static Object invoke(Object real, Method method, Object[] args) {
        try {
            method.setAccessible(true);
            return method.invoke(real, args);
        } catch (IllegalAccessException | InvocationTargetException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
