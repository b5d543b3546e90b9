package io.escalus4j.stories.server;

import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.xmpp.Jid;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stores whose answers come late, by the hops of a seed: what is asked is done at once and in its order, as in a database,
 * and only the answer waits. What is asked of one owner is answered in its order, too: archives are in the order of
 * hearing because of that. Thread-safe.
 *
 * <p>By reflection, so that a port that comes to the server tomorrow is late, too.
 */
final class LateStores {
    private final Hops hops;
    private final Lanes<Jid> answers = new Lanes<>();

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
            String hop = "store " + method.getName();
            return owner(args)
                    .map(owner -> answers.run(owner, () -> late(hop, owner, stage)))
                    .orElseGet(() -> late(hop, "", stage));
        }
        boolean isPort = method.getReturnType().getPackage() == Stores.class.getPackage();
        return isPort && method.getReturnType().isInterface() ? late(method.getReturnType(), answer) : answer;
    }

    private CompletionStage<Object> late(String hop, Object who, CompletionStage<?> answer) {
        return answer.thenCompose(value -> hops.pass(hop, who, () -> CompletableFuture.completedFuture(value)));
    }

    private static Object invoke(Object real, Method method, Object[] args) throws Throwable {
        try {
            method.setAccessible(true); // public methods of types that are not
            return method.invoke(real, args);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Ports name the owner first. */
    private static Optional<Jid> owner(Object[] args) {
        return args != null && args[0] instanceof Jid owner ? Optional.of(owner) : Optional.empty();
    }
}
