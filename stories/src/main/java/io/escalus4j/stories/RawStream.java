package io.escalus4j.stories;

import io.escalus4j.ServerHandle;
import io.escalus4j.users.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A stream by hand, letter by letter: for stories about what no client does. Confined to its story's thread. */
final class RawStream implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LONGEST = 100_000;
    private static final TrustManager[] ANYBODY = {new Anybody()};

    private final String domain;
    private Socket socket;

    private RawStream(ServerHandle server) throws IOException {
        this.domain = server.domain();
        this.socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    static RawStream to(ServerHandle server) throws IOException {
        return new RawStream(server);
    }

    void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** All that comes until {@code mark} has come, and that. */
    String hear(String mark) throws IOException {
        var heard = new StringBuilder();
        var in = socket.getInputStream();
        while (heard.indexOf(mark) < 0) {
            int next = in.read();
            if (next < 0 || heard.length() == LONGEST) {
                throw new AssertionError("the server said '%s', '%s' was due".formatted(heard, mark));
            }
            heard.append((char) next);
        }
        return heard.toString();
    }

    /** Whatever is left until the server ends the connection, in good order or not. */
    String hearAll() throws IOException {
        var heard = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read(); next >= 0 && heard.size() < LONGEST; ) {
                heard.write(next);
                next = socket.getInputStream().read();
            }
        } catch (SocketException reset) {
            // an end too
        }
        return heard.toString(StandardCharsets.UTF_8);
    }

    /** Says a header with more in it, such as {@code xmlns:x='urn:x'}, and gives the answer with the features. */
    String open(String more) throws IOException {
        say(
                "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='%s' version='1.0' %s>"
                        .formatted(domain, more));
        return hear("</stream:features>");
    }

    /** STARTTLS, and the header again. */
    String secure() throws IOException {
        say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        hear("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, ANYBODY, null);
            var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, domain, socket.getPort(), true);
            tls.startHandshake();
            socket = tls;
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
        return open("");
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    /** PLAIN, and the header again. */
    String authenticate(User user, String more) throws IOException {
        byte[] message = ("\0" + user.jid().local() + '\0' + user.password()).getBytes(StandardCharsets.UTF_8);
        say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>"
                .formatted(Base64.getEncoder().encodeToString(message)));
        hear("<success");
        hear(">");
        return open(more);
    }

    String bind(String resource) throws IOException {
        say("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>%s</resource></bind></iq>"
                .formatted(resource));
        return hear("</iq>");
    }

    /** The value of an attribute of the header in {@code answer}; empty if it is not there. */
    static String attribute(String answer, String name) {
        String header = answer.substring(answer.indexOf("<stream:stream"));
        var found = Pattern.compile("[ ]" + name + "=['\"]([^'\"]*)['\"]")
                .matcher(header.substring(0, header.indexOf('>')));
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Who the server is is not what these stories are about. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
