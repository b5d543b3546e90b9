package io.escalus4j.stories;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Ends the TLS of one client, has TLS of its own with the server, and may change what the server offers. */
final class ManInTheMiddle implements AutoCloseable {
    private static final String OFFERED = "</stream:features>";

    private final X509Certificate certificate;
    private final ServerSocket listener;
    private final SSLContext toServer;
    private final InetSocketAddress server;
    private final UnaryOperator<String> offer;

    private ManInTheMiddle(
            X509Certificate certificate,
            ServerSocket listener,
            SSLContext toServer,
            InetSocketAddress server,
            UnaryOperator<String> offer) {
        this.certificate = certificate;
        this.listener = listener;
        this.toServer = toServer;
        this.server = server;
        this.offer = offer;
    }

    /** Before the direct TLS of a server; {@code offer} changes its first features. */
    static ManInTheMiddle before(InetSocketAddress server, X509Certificate trusted, UnaryOperator<String> offer)
            throws Exception {
        X509Bundle own = new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var toClient = SSLContext.getInstance("TLS");
        toClient.init(own.toKeyManagerFactory().getKeyManagers(), null, null);
        var listener = toClient.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var man = new ManInTheMiddle(own.getCertificate(), listener, trusting(trusted), server, offer);
        start(man::accept);
        return man;
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", certificate);
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "man-in-the-middle");
        thread.setDaemon(true);
        thread.start();
    }

    /** Who trusts this one is deceived. */
    X509Certificate certificate() {
        return certificate;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    private void accept() {
        try (Socket client = listener.accept();
                Socket there = toServer.getSocketFactory().createSocket(server.getAddress(), server.getPort())) {
            start(() -> copy(client, there));
            change(there, client);
            copy(there, client);
        } catch (IOException over) {
            // one of them has had enough
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // one of them has had enough
        }
    }

    /** Holds back all until the first features are complete. */
    private void change(Socket from, Socket to) throws IOException {
        var first = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (first.indexOf(OFFERED) < 0) {
            int length = from.getInputStream().read(buffer);
            if (length < 0) {
                return;
            }
            first.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        }
        to.getOutputStream().write(offer.apply(first.toString()).getBytes(StandardCharsets.ISO_8859_1));
        to.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
