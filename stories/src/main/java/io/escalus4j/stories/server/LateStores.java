package io.escalus4j.stories.server;

import io.escalus4j.server.store.Stores;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.xmpp.Jid;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stores whose answers come late, by the hops of a seed: what is asked is done at once and in its order, as in a database,
 * and only the answer waits. Thread-safe.
 *
 * <p>By reflection, so that a port that comes to the server tomorrow is late, too.
 */
final class LateStores {
    private final Hops hops;

    private LateStores(Hops hops) {
        this.hops = hops;
    }

    static Stores over(Stores stores, Hops hops) {
        return new LateStores(hops).late(Stores.class, stores);
    }

    private <T> T late(Class<T> port, Object real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> call(real, method, args)));
    }

    private Object call(Object real, Method method, Object[] args) throws Throwable {
        Object answer = invoke(real, method, args);
        if (answer instanceof CompletionStage<?> stage) {
            return stage.thenCompose(value ->
                    hops.pass("store " + method.getName(), who(args), () -> CompletableFuture.completedFuture(value)));
        }
        boolean isPort = method.getReturnType().getPackage() == Stores.class.getPackage();
        return isPort && method.getReturnType().isInterface() ? late(method.getReturnType(), answer) : answer;
    }

    private static Object invoke(Object real, Method method, Object[] args) throws Throwable {
        try {
            method.setAccessible(true); // public methods of types that are not
            return method.invoke(real, args);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static Object who(Object[] args) {
        return args == null
                ? ""
                : Arrays.stream(args).filter(Jid.class::isInstance).findFirst().orElse("");
    }
}
