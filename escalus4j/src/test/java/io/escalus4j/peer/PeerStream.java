package io.escalus4j.peer;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The peer's end of a connection, in plain text: no parser of ours takes part. Confined to the script's thread. */
public final class PeerStream {
    public static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    private Socket socket;
    private final StringBuilder unread = new StringBuilder();

    PeerStream(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(5000);
    }

    // ---- words

    public void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads until the pattern has come; what follows stays unread. */
    public Matcher hear(String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        Matcher matcher = pattern.matcher(unread);
        while (!matcher.find()) {
            if (!read()) {
                throw new IOException("'%s' did not come, but: %s".formatted(regex, unread));
            }
            matcher = pattern.matcher(unread);
        }
        Matcher heard = pattern.matcher(unread.toString());
        heard.find();
        unread.delete(0, heard.end());
        return heard;
    }

    private boolean read() throws IOException {
        var buffer = new byte[4096];
        int length = socket.getInputStream().read(buffer);
        if (length > 0) {
            unread.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
        return length > 0;
    }

    /** Reads to the end of the connection; what came. */
    public String hearAll() throws IOException {
        while (read()) {
            // until the other side has closed
        }
        return unread.toString();
    }

    public void drop() throws IOException {
        socket.close();
    }

    public void startTls(SSLContext context) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        socket = tls;
    }

    // ---- phrases of RFC 6120

    /** Hears the stream header, answers it, and offers these features. */
    public void openStream(String... features) throws IOException {
        hear("<stream:stream [^>]*>");
        say(
                "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='s1' from='localhost' version='1.0'>");
        say("<stream:features>" + String.join("", features) + "</stream:features>");
    }

    public static String startTlsFeature(boolean required) {
        return "<starttls xmlns='%s'>%s</starttls>".formatted(TLS, required ? "<required/>" : "");
    }

    public static String mechanisms(String... names) {
        var text = new StringBuilder("<mechanisms xmlns='" + SASL + "'>");
        for (String name : names) {
            text.append("<mechanism>").append(name).append("</mechanism>");
        }
        return text.append("</mechanisms>").toString();
    }

    public static String bindFeature() {
        return "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";
    }

    public void proceed() throws IOException {
        hear("<starttls [^>]*/>");
        say("<proceed xmlns='%s'/>".formatted(TLS));
    }

    /** A login with PLAIN, from the first header to the bound resource; returns what was decoded from {@code <auth/>}. */
    public String login() throws IOException {
        openStream(mechanisms("PLAIN"));
        String told = authPlain();
        openStream(bindFeature());
        bind("alice@localhost/res1");
        return told;
    }

    public String authPlain() throws IOException {
        String told =
                decoded(hear("<auth [^>]*mechanism='PLAIN'[^>]*>([^<]*)</auth>").group(1));
        say("<success xmlns='%s'/>".formatted(SASL));
        return told;
    }

    public void bind(String jid) throws IOException {
        String id = hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
        say("<iq type='result' id='%s'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>%s</jid></bind></iq>"
                .formatted(id, jid));
    }

    /** Answers the next ping with a result. */
    public void pong() throws IOException {
        String id = hear("<iq [^>]*id='([^']*)'[^>]*><ping [^>]*/></iq>").group(1);
        say("<iq type='result' from='localhost' id='%s'/>".formatted(id));
    }

    /** Sends the next message back to whom it came from, as a server does with one to oneself. */
    public void reflect() throws IOException {
        say(hear("<message .*?</message>").group());
    }

    /** A fence of a client that is alone: ping, mark, ping. */
    public void fence() throws IOException {
        pong();
        reflect();
        pong();
    }

    public void end() throws IOException {
        hear("</stream:stream>");
        say("</stream:stream>");
    }

    /** Stays until the client says good-bye or is gone. */
    public void part() {
        try {
            end();
        } catch (IOException gone) {
            // nobody is left to talk to
        }
    }

    public static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    public static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
