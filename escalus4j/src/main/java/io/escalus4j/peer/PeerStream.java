package io.escalus4j.peer;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import io.escalus4j.wire.Dialback;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The peer's end of a connection. What it hears and says is plain text, so that no parser of ours takes part in what is
 * tested, unless the script asks for {@link #hearElement elements}. Confined to the script's thread.
 */
public final class PeerStream {
    public static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final int MOST_UNREAD = 4 * 1024 * 1024;
    private static final byte[] HEADER =
            XmlWriter.inStream(header("jabber:client")).open();

    private final Duration patience;
    private final StringBuilder unread = new StringBuilder();
    private Socket socket;
    private Reader reader;
    private OutputStream out;

    PeerStream(Socket socket, Duration patience) throws IOException {
        this.patience = patience;
        attach(socket);
    }

    private void attach(Socket to) throws IOException {
        socket = to;
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        reader = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
        out = socket.getOutputStream();
    }

    private static Element header(String content) {
        return XmlWriter.streamHeader("stream", "stream", "http://etherx.jabber.org/streams", content);
    }

    /** Where the client connects from. */
    public InetAddress clientAddress() {
        return socket.getInetAddress();
    }

    // ---- words

    /** Sends the text as it is, well-formed or not. */
    public void say(String text) throws IOException {
        sayBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes, whatever they are. */
    public void sayBytes(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends an element as a child of the stream. */
    public void say(Element element) throws IOException {
        sayBytes(XmlWriter.inStream(header("jabber:client")).write(element));
    }

    /**
     * Reads until the pattern has come; what stands before it is skipped, what follows it stays unread.
     *
     * @throws IOException if the connection ends or nothing comes in time; says what had come instead
     */
    public Matcher hear(String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        while (!pattern.matcher(unread).find()) {
            require(read(regex), regex);
        }
        Matcher heard = pattern.matcher(unread.toString());
        heard.find();
        unread.delete(0, heard.end());
        return heard;
    }

    /** Reads the next whole child of the stream; whitespace and the end tag of the stream are no children. */
    public Element hearElement() throws IOException {
        int looked = 0;
        while (true) {
            for (; looked < unread.length(); looked++) {
                Optional<Element> whole = whole(looked + 1);
                if (whole.isPresent()) {
                    unread.delete(0, looked + 1);
                    return whole.get();
                }
            }
            require(read("an element"), "an element");
        }
    }

    /** What the first {@code length} characters are, if an element ends with them. */
    private Optional<Element> whole(int length) {
        return unread.charAt(length - 1) == '>' ? whole(unread.substring(0, length)) : Optional.empty();
    }

    private static Optional<Element> whole(String text) {
        StreamParser parser = StreamParser.ofStream(XmlLimits.STANDARD);
        parser.feed(HEADER);
        parser.next();
        parser.feed(text.getBytes(StandardCharsets.UTF_8));
        return parser.next()
                .filter(StreamEvent.Whole.class::isInstance)
                .map(event -> ((StreamEvent.Whole) event).element());
    }

    private void require(boolean more, String wanted) throws IOException {
        if (!more) {
            throw new IOException("'%s' did not come before the end, but: %s".formatted(wanted, unread));
        }
    }

    private boolean read(String wanted) throws IOException {
        if (unread.length() > MOST_UNREAD) {
            throw new IOException("'%s' did not come within %d characters".formatted(wanted, MOST_UNREAD));
        }
        var buffer = new char[4096];
        try {
            int length = reader.read(buffer);
            unread.append(buffer, 0, Math.max(length, 0));
            return length >= 0;
        } catch (SocketTimeoutException e) {
            throw new IOException("'%s' did not come within %s, but: %s".formatted(wanted, patience, unread), e);
        }
    }

    /** Reads to the end of the connection; what came. */
    public String hearAll() throws IOException {
        while (read("the end of the connection")) {
            // until the other side has closed
        }
        return unread.toString();
    }

    /** Closes the connection, in the middle of whatever was being said. */
    public void drop() throws IOException {
        socket.close();
    }

    /** Closes the connection with a reset (RFC 9293 section 3.5.2): the client loses what it has not read yet. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** From here on everything is TLS, with the certificate of {@code context}. */
    public void startTls(SSLContext context) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        attach(tls);
    }

    /** From here on everything is compressed with zlib, both ways (XEP-0138). */
    public void compress() throws IOException {
        reader = new InputStreamReader(new Inflated(socket.getInputStream()), StandardCharsets.UTF_8);
        out = new DeflaterOutputStream(socket.getOutputStream(), true);
    }

    /** Claims to have nothing more at once, or a reader would wait for more than there is. */
    private static final class Inflated extends InflaterInputStream {
        Inflated(InputStream compressed) {
            super(compressed);
        }

        @Override
        public int available() {
            return 0;
        }

        /** A client that goes ends its connection, not its compression. */
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (EOFException gone) {
                return -1;
            }
        }
    }

    // ---- phrases of RFC 6120

    /** Hears the stream header, answers it, and offers these features. */
    public void openStream(String... features) throws IOException {
        hear("<stream:stream [^>]*>");
        say(
                "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='s1' from='localhost' version='1.0'>");
        say("<stream:features>" + String.join("", features) + "</stream:features>");
    }

    /**
     * Hears the header of another server, answers as {@code domain}, and offers these features (RFC 6120 section 4.7,
     * XEP-0220 section 2.1.1); returns the header.
     */
    public String openServerStream(String domain, String id, String... features) throws IOException {
        String header = hear("<stream:stream [^>]*>").group();
        say(
                "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' xmlns:db='%s' id='%s' from='%s' version='1.0'>"
                        .formatted(Dialback.NS, id, domain));
        say("<stream:features>" + String.join("", features) + "</stream:features>");
        return header;
    }

    /** Answers a server that asks back for a key, as the authoritative server of {@code domain} does (XEP-0220 section 2.2). */
    public void answerDialback(String domain, Dialback dialback) throws IOException {
        Matcher verify = hear("<db:verify ([^>]*)>([0-9a-f]*)</db:verify>");
        String from = attribute(verify.group(1), "from");
        String id = attribute(verify.group(1), "id");
        boolean valid = dialback.key(from, domain, id).equals(verify.group(2));
        say("<db:verify from='%s' to='%s' id='%s' type='%s'/>"
                .formatted(domain, from, id, valid ? "valid" : "invalid"));
    }

    private static String attribute(String attributes, String name) throws IOException {
        Matcher found = Pattern.compile(name + "=['\"]([^'\"]*)").matcher(attributes);
        if (!found.find()) {
            throw new IOException("no '%s' in: %s".formatted(name, attributes));
        }
        return found.group(1);
    }

    /** The stream feature; {@code required} as the server may say it is. */
    public static String startTlsFeature(boolean required) {
        return "<starttls xmlns='%s'>%s</starttls>".formatted(TLS, required ? "<required/>" : "");
    }

    /** The stream feature of SASL, offering these. */
    public static String mechanisms(String... names) {
        var text = new StringBuilder("<mechanisms xmlns='" + SASL + "'>");
        for (String name : names) {
            text.append("<mechanism>").append(name).append("</mechanism>");
        }
        return text.append("</mechanisms>").toString();
    }

    /** The stream feature that a client binds a resource with. */
    public static String bindFeature() {
        return "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";
    }

    /** Hears the wish for TLS and grants it; {@link #startTls} is to follow. */
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

    /** Takes whatever PLAIN says for good; returns what was decoded from {@code <auth/>}. */
    public String authPlain() throws IOException {
        String told =
                decoded(hear("<auth [^>]*mechanism='PLAIN'[^>]*>([^<]*)</auth>").group(1));
        say("<success xmlns='%s'/>".formatted(SASL));
        return told;
    }

    /** Answers the request for a resource with this full JID. */
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

    /** Hears the end of the stream and ends it, too. */
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

    /** What Base64 stands for, as text. */
    public static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** The text in Base64. */
    public static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
