package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.xmpp.Jid;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client that says just the bytes that it is told to, and shares no code with the server. Confined to one thread.
 *
 * <p>It waits for what it expects on the blocking socket, at most {@value #PATIENCE_MILLIS} ms.
 */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    public static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' to='localhost' version='1.0'>";
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";

    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final StringBuilder unread = new StringBuilder();
    private String jid = "";

    private RawClient(Socket socket) throws IOException {
        use(socket);
    }

    private void use(Socket next) throws IOException {
        socket = next;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    public static RawClient to(InetSocketAddress address) {
        try {
            var socket = new Socket(address.getAddress(), address.getPort());
            socket.setTcpNoDelay(true);
            return new RawClient(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static RawClient to(XmppServer server) {
        return to(server.address());
    }

    /** A fresh account of a server with the test profile, and a client of it, bound in the clear. */
    public static RawClient fresh(XmppServer server, String resource) {
        return login(server, freshUser(server), resource);
    }

    /** The name of a fresh account, whose password is {@code secret}. */
    public static String freshUser(XmppServer server) {
        String name = "user-" + UUID.randomUUID();
        server.accounts()
                .create(Jid.of(name, "localhost"), "secret")
                .toCompletableFuture()
                .join();
        return name;
    }

    /** Authenticated in the clear, as the test profile allows, and bound to {@code resource}. */
    public static RawClient login(XmppServer server, String user, String resource) {
        return login(server, user, "secret", resource);
    }

    public static RawClient login(XmppServer server, String user, String password, String resource) {
        var client = to(server);
        client.open();
        client.authenticate(user, password);
        client.bind(resource);
        return client;
    }

    /** A stream with its features read. */
    public static RawClient opened(XmppServer server) {
        var client = to(server);
        client.open();
        return client;
    }

    /** A stream after STARTTLS, with its features read. */
    public static RawClient secured(XmppServer server) {
        var client = to(server);
        client.open();
        client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").expect("<proceed");
        client.expect(">");
        client.startTls(server.certificate());
        client.open();
        return client;
    }

    public void authenticate(String user, String password) {
        send(plain(user, password)).expect("<success");
        open();
    }

    public static String plain(String user, String password) {
        return "<auth xmlns='%s' mechanism='PLAIN'>%s</auth>".formatted(SASL, base64('\0' + user + '\0' + password));
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the full JID. */
    public String bind(String resource) {
        send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource
                + "</resource></bind></iq>");
        expect("<jid>");
        jid = expect("</jid>").replace("</jid>", "");
        expect("</iq>");
        return jid;
    }

    /** Sends a stream header for localhost and returns the features. */
    public String open() {
        return send(HEADER).expect("</stream:features>");
    }

    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawClient send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads up to and including {@code text}, and returns all of that. */
    public String expect(String text) {
        for (int at = unread.indexOf(text); ; at = unread.indexOf(text)) {
            if (at >= 0) {
                String read = unread.substring(0, at + text.length());
                unread.delete(0, read.length());
                return read;
            }
            assertThat(fill())
                    .as("'%s' expected, the stream ended after: %s", text, unread)
                    .isTrue();
        }
    }

    /** Reads to the end of the server's side and returns it. */
    public String expectEnd() {
        while (fill()) {}
        return unread.toString();
    }

    /** How many bytes can be read at once. */
    public int available() {
        try {
            return unread.length() + in.available();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads up to {@code text}, or to the end if the server ends its side before that. */
    public String expectEndOr(String text) {
        while (unread.indexOf(text) < 0 && fill()) {}
        return unread.toString();
    }

    private boolean fill() {
        byte[] buffer = new byte[8192];
        try {
            int length = in.read(buffer);
            unread.append(new String(buffer, 0, Math.max(length, 0), StandardCharsets.UTF_8));
            return length >= 0;
        } catch (SocketTimeoutException late) {
            throw new AssertionError("nothing more came after: " + unread, late);
        } catch (IOException reset) {
            unread.append("[reset]");
            return false;
        }
    }

    /** Sends what may come too late; tells whether it could be sent. */
    public boolean trySend(String text) {
        return trySend(text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean trySend(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    /** The version of TLS that is spoken. */
    public String protocol() {
        return ((SSLSocket) socket).getSession().getProtocol();
    }

    /** Goes on with TLS, trusting just this certificate. */
    public RawClient startTls(X509Certificate trusted) {
        return startTls(trusted, "TLSv1.3");
    }

    /** Goes on with this version of TLS, offering these protocols by ALPN. */
    public RawClient startTls(X509Certificate trusted, String version, String... protocols) {
        try {
            var tls = (SSLSocket)
                    trusting(trusted).getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(protocols);
            parameters.setProtocols(new String[] {version});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            use(tls);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static SSLContext trusting(X509Certificate certificate) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("server", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The full JID that was bound. */
    public String jid() {
        return jid;
    }

    /** A request to the server that nobody answers but with an error: what comes before that answer is all there was. */
    public String expectNothingBefore() {
        String id = UUID.randomUUID().toString();
        send("<iq type='get' id='%s' to='localhost'><fence xmlns='urn:example:fence'/></iq>".formatted(id));
        return expect("</iq>").replaceFirst("<iq [^>]*id='" + id + "'.*</iq>", "");
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
