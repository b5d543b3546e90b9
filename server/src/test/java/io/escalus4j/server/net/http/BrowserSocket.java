package io.escalus4j.server.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.RawClient;
import io.escalus4j.server.XmppServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket of the JDK, which knows nothing of XMPP. Confined to one thread. */
final class BrowserSocket implements WebSocket.Listener {
    private static final int PATIENCE_SECONDS = 10;
    static final String OPEN = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";
    static final String CLOSE = "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>";

    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> pong = new CompletableFuture<>();
    private final WebSocket socket;

    private BrowserSocket(HttpClient client, String address) {
        socket = client.newWebSocketBuilder()
                .subprotocols("xmpp")
                .buildAsync(URI.create(address), this)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    static BrowserSocket to(XmppServer server) {
        return new BrowserSocket(
                HttpClient.newHttpClient(),
                "ws://127.0.0.1:%d/ws"
                        .formatted(server.httpAddress().orElseThrow().getPort()));
    }

    static BrowserSocket secureTo(XmppServer server) {
        return new BrowserSocket(
                HttpClient.newBuilder()
                        .sslContext(RawClient.trusting(server.certificate()))
                        .build(),
                "wss://127.0.0.1:%d/ws"
                        .formatted(server.httpsAddress().orElseThrow().getPort()));
    }

    /** Opens the stream and returns the features. */
    String open() {
        assertThat(send(OPEN).next()).startsWith("<open ").contains("from='localhost'", "id='");
        return next();
    }

    /** Authenticated and bound. */
    BrowserSocket login(String user, String resource) {
        open();
        assertThat(send(RawClient.plain(user, "secret")).next()).startsWith("<success ");
        assertThat(open()).contains("<bind ");
        send("<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>"
                + resource + "</resource></bind></iq>");
        assertThat(next()).startsWith("<iq xmlns='jabber:client'").contains(resource + "</jid>");
        return this;
    }

    BrowserSocket send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    void sendInTwo(String message) {
        socket.sendText(message.substring(0, 5), false).join();
        socket.sendText(message.substring(5), true).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void ping() {
        socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
        pong.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    String next() {
        try {
            String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    void close(int status) {
        socket.sendClose(status, "").join();
    }

    /** The status by which the server closes. */
    int closeStatus() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        pong.complete(null);
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }
}
