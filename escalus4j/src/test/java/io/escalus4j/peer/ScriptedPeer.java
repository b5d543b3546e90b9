package io.escalus4j.peer;

import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server for one connection that says exactly what its script says; closing it fails if the script has failed. */
public final class ScriptedPeer implements AutoCloseable {
    private final ServerSocket listener;
    private final CompletableFuture<Void> script = new CompletableFuture<>();

    /** What the peer does with its connection. */
    @FunctionalInterface
    public interface Script {
        void play(PeerStream stream) throws Exception;
    }

    private ScriptedPeer(ServerSocket listener) {
        this.listener = listener;
    }

    public static ScriptedPeer playing(Script script) throws IOException {
        var peer = new ScriptedPeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        var thread = new Thread(() -> peer.play(script), "scripted-peer");
        thread.setDaemon(true);
        thread.start();
        return peer;
    }

    private void play(Script play) {
        try (Socket socket = listener.accept()) {
            play.play(new PeerStream(socket));
            script.complete(null);
        } catch (Throwable e) {
            script.completeExceptionally(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** How alice connects to it: without TLS, each step has 5 seconds. */
    public ConnectionSettings settings() {
        return ConnectionSettings.to("localhost", address())
                .withTls(Tls.OFF)
                .withCredentials("alice", "s3cret-pencil")
                .withResource("res1");
    }

    /** Waits for the script to end. */
    public void awaitEnd() throws Exception {
        try {
            script.get(5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the peer's script has not ended within 5s", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the peer's script failed", e.getCause());
        }
    }

    @Override
    public void close() throws Exception {
        listener.close();
        awaitEnd();
    }
}
