package io.escalus4j.stories.bench;

import io.escalus4j.exml.Element;
import io.escalus4j.load.LoadClient;
import io.escalus4j.load.LoadLogin;
import io.escalus4j.load.LoadLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The clients of one server. Confined to the benchmark's thread. */
final class Crowd implements AutoCloseable {
    private static final int AT_ONCE = 25;
    private static final int PATIENCE_SECONDS = 90;

    private final LoadLoop loop = new LoadLoop();
    private final InetSocketAddress address;
    private final List<LoadClient> clients = new ArrayList<>();

    Crowd(InetSocketAddress address, int size) throws Exception {
        this.address = address;
        for (int first = 0; first < size; first += AT_ONCE) {
            var logins = new ArrayList<java.util.concurrent.CompletableFuture<LoadClient>>();
            for (int i = first; i < Math.min(size, first + AT_ONCE); i++) {
                logins.add(loop.connect(address, new LoadLogin(Room.DOMAIN, "user" + i, "secret-" + i, true)));
            }
            for (var login : logins) {
                var client = login.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                client.send("<presence/>");
                clients.add(client);
            }
        }
    }

    LoadLoop loop() {
        return loop;
    }

    List<LoadClient> first(int count) {
        return List.copyOf(clients.subList(0, count));
    }

    /** The stream of {@code number} ends, and there is another one of the same account. */
    LoadClient reconnect(int number) throws Exception {
        LoadClient before = clients.get(number);
        before.leave();
        before.gone().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var login = new LoadLogin(Room.DOMAIN, before.name(), "secret-" + number, false);
        LoadClient after = loop.connect(address, login).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        clients.set(number, after);
        return after;
    }

    // ---- waiting

    /** @throws IllegalStateException if it does not come about */
    static void await(String what, BooleanSupplier condition) {
        if (!awaited(Duration.ofMillis(2), Duration.ofSeconds(PATIENCE_SECONDS), condition::getAsBoolean)) {
            throw new IllegalStateException("%s: not within %d s".formatted(what, PATIENCE_SECONDS));
        }
    }

    /** Whether it comes about; it is looked at now and then. */
    static boolean awaited(Duration often, Duration atMost, Callable<Boolean> condition) {
        try {
            Awaitility.with()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(often)
                    .await()
                    .atMost(atMost)
                    .until(condition);
            return true;
        } catch (ConditionTimeoutException late) {
            return false;
        }
    }

    /** Sends a request and waits for its result. */
    void ask(LoadClient client, String request) {
        String id = request.replaceFirst("(?s).*? id='([^']*)'.*", "$1");
        var answers = new AtomicInteger();
        var refusal = new ArrayList<Element>();
        client.listen((who, stanza) -> {
            if (stanza.name().equals("iq") && stanza.attribute("id", "").equals(id)) {
                if (stanza.attribute("type", "").equals("error")) {
                    refusal.add(stanza);
                }
                answers.incrementAndGet();
            }
        });
        client.send(request);
        await("the answer to " + id, () -> answers.get() > 0);
        if (!refusal.isEmpty()) {
            throw new IllegalStateException("refused: " + refusal.get(0));
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
