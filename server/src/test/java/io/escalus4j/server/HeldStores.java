package io.escalus4j.server;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.BlockLists;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Stores that do what they are asked, and answer, when the test says so, and in an order of its choice: a slow database
 * at its worst. Confined to one thread.
 */
public final class HeldStores implements Stores {
    private final MemoryStores memory = new MemoryStores();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;

    /** From now on every call waits for {@link #release}. */
    public void hold() {
        holding = true;
    }

    /** From now on every call is answered at once. */
    public void letGo() {
        holding = false;
    }

    public int waiting() {
        return held.size();
    }

    /** Lets one of the waiting calls happen. */
    public void release(RandomGenerator random) {
        held.remove(random.nextInt(held.size())).run();
    }

    private <T> T holding(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> call(real, method, args)));
    }

    private Object call(Object real, Method method, Object[] args) {
        if (!holding) {
            return now(real, method, args);
        }
        var answer = new CompletableFuture<Object>();
        held.add(() -> now(real, method, args).thenAccept(answer::complete));
        return answer;
    }

    @SuppressWarnings("unchecked") // all that a port has are methods that return a stage
    private static CompletionStage<Object> now(Object real, Method method, Object[] args) {
        try {
            method.setAccessible(true);
            return (CompletionStage<Object>) method.invoke(real, args);
        } catch (IllegalAccessException | InvocationTargetException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public Accounts accounts() {
        return holding(Accounts.class, memory.accounts());
    }

    @Override
    public Rosters rosters() {
        return holding(Rosters.class, memory.rosters());
    }

    @Override
    public OfflineMessages offline() {
        return holding(OfflineMessages.class, memory.offline());
    }

    @Override
    public Documents privateStorage() {
        return memory.privateStorage();
    }

    @Override
    public Documents vcards() {
        return memory.vcards();
    }

    @Override
    public BlockLists blockLists() {
        return holding(BlockLists.class, memory.blockLists());
    }

    @Override
    public void close() {
        memory.close();
    }
}
