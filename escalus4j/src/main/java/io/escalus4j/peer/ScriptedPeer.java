package io.escalus4j.peer;

import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server on a free loopback port that says exactly what its script says: for tests of clients, ours and anybody's.
 * Thread-safe.
 *
 * <pre>{@code
 * try (var peer = ScriptedPeer.playing(stream -> {
 *     stream.login();
 *     stream.say("<message from='bob@localhost'><body>Hi</bo");
 *     stream.drop();
 * })) {
 *     Client alice = Client.connect("alice", peer.settings());
 *     alice.awaitClose();
 * }
 * }</pre>
 *
 * <p>Each connection plays the next script; after the last one nobody is let in. Closing the peer waits for the scripts
 * that have begun, and fails with the first that has failed: what a client did not say is a failure, too.
 */
public final class ScriptedPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocket listener;
    private final Duration patience;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** What the peer does with one connection. */
    @FunctionalInterface
    public interface Script {
        void play(PeerStream stream) throws Exception;
    }

    private ScriptedPeer(ServerSocket listener, Duration patience) {
        this.listener = listener;
        this.patience = patience;
    }

    /** Plays the script to the first connection; whatever it waits for must come within 5 seconds. */
    public static ScriptedPeer playing(Script script) throws IOException {
        return playing(PATIENCE, List.of(script));
    }

    /** Plays one script after the other, each to the next connection. */
    public static ScriptedPeer playing(Script first, Script... others) throws IOException {
        var all = new ArrayList<>(List.of(first));
        all.addAll(List.of(others));
        return playing(PATIENCE, all);
    }

    /** @param patience how long a script waits for something, and whoever closes the peer for its end */
    public static ScriptedPeer playing(Duration patience, List<Script> scripts) throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var peer = new ScriptedPeer(listener, patience);
        var thread = new Thread(() -> peer.play(List.copyOf(scripts)), "scripted-peer-" + listener.getLocalPort());
        thread.setDaemon(true);
        thread.start();
        return peer;
    }

    private void play(List<Script> scripts) {
        try {
            for (Script script : scripts) {
                play(script);
            }
            end.complete(null);
        } catch (Throwable failure) {
            end.completeExceptionally(failure);
        }
    }

    private void play(Script script) throws Exception {
        try (Socket socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            script.play(new PeerStream(socket, patience));
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** How alice connects to it: without TLS, as {@code alice@localhost/res1}, with 5 seconds for each step. */
    public ConnectionSettings settings() {
        return ConnectionSettings.to("localhost", address())
                .withTls(Tls.OFF)
                .withTimeout(PATIENCE)
                .withCredentials("alice", "s3cret-pencil")
                .withResource("res1");
    }

    /**
     * Waits for the scripts to end.
     *
     * @throws AssertionError if one has failed, or has not ended in time
     */
    public void awaitEnd() throws InterruptedException {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the peer's script has not ended within %s".formatted(patience), e);
        } catch (ExecutionException e) {
            throw new AssertionError("the peer's script failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Lets the scripts end first: somebody who has connected may not have been heard yet. */
    @Override
    public void close() throws IOException, InterruptedException {
        try {
            awaitEnd();
        } finally {
            listener.close();
        }
    }
}
