package io.escalus4j.exml.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Stanzas as they are on the wire, the same at each run; in the namespaces that {@link #HEADER} declares. */
public enum Corpus {
    /** 200 bytes. */
    CHAT(chat()),
    /** 324 bytes. */
    PRESENCE(presence()),
    /** 2 KiB: one body, with a few references and letters beyond ASCII. */
    MESSAGE(message(2048)),
    /** 100 KB: a roster of 870 contacts. */
    ROSTER(roster(870)),
    /** A roster of 1000. */
    ROSTER_1000(roster(1000)),
    /** What a room says to who enters it: 50 delayed messages, one stanza each. */
    MUC_HISTORY(mucHistory()),
    /** An avatar of 48 KiB, as XEP-0084 publishes it. */
    PEP_BLOB(pepBlob());

    static final String HEADER = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
            + " from='localhost' id='8b1fe0c4' version='1.0' xml:lang='en'>";
    static final String FOOTER = "</stream:stream>";

    private static final int BATCH = 64 * 1024;

    private final List<byte[]> stanzas;

    Corpus(String stanza) {
        this(List.of(stanza));
    }

    Corpus(List<String> stanzas) {
        this.stanzas = repeated(
                stanzas.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** As often as it takes to make a batch. */
    private static List<byte[]> repeated(List<byte[]> once) {
        var many = new ArrayList<byte[]>();
        for (int bytes = 0; bytes < BATCH; ) {
            many.addAll(once);
            bytes += once.stream().mapToInt(stanza -> stanza.length).sum();
        }
        return List.copyOf(many);
    }

    /** One batch, about 64 KiB. */
    List<byte[]> stanzas() {
        return stanzas;
    }

    byte[] batch() {
        return joined("", "");
    }

    /** A batch inside of a stream, as one document. */
    byte[] document() {
        return joined(HEADER, FOOTER);
    }

    private byte[] joined(String before, String after) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        stanzas.forEach(bytes::writeBytes);
        bytes.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    // ---- the stanzas

    private static String chat() {
        return padded(
                200,
                "<message from='alice@localhost/phone' to='bob@localhost/laptop' type='chat' id='c6f1a2e9'><body>",
                "</body></message>");
    }

    private static String presence() {
        return padded(
                324,
                "<presence from='alice@localhost/phone' to='bob@localhost/laptop' id='p77d1'><show>away</show><status>",
                "</status><priority>5</priority><c xmlns='http://jabber.org/protocol/caps' hash='sha-1'"
                        + " node='https://example.org/client' ver='QgayPKawpkPSDYmwT/WM94uAlu0='/></presence>");
    }

    private static String message(int size) {
        return padded(
                size,
                "<message from='alice@localhost/phone' to='bob@localhost/laptop' type='chat' id='m41'><body>"
                        + "Grüße aus Kraków &amp; Zürich: 3 &lt; 4. ",
                "</body><active xmlns='http://jabber.org/protocol/chatstates'/></message>");
    }

    private static String padded(int size, String before, String after) {
        int missing = size - bytes(before) - bytes(after);
        String words = "Shall we have tea at five, or is that too early for you today? ";
        return before + words.repeat(missing / words.length() + 1).substring(0, missing) + after;
    }

    private static int bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String roster(int contacts) {
        var roster = new StringBuilder("<iq to='alice@localhost/phone' type='result' id='r1'>"
                + "<query xmlns='jabber:iq:roster' ver='ver14'>");
        for (int i = 0; i < contacts; i++) {
            roster.append("<item jid='contact%04d@example.org' name='Contact %d' subscription='both'>"
                    .formatted(i, i * 7919));
            roster.append("<group>%s</group></item>".formatted(i % 3 == 0 ? "Friends" : "Work and more"));
        }
        return roster.append("</query></iq>").toString();
    }

    private static List<String> mucHistory() {
        var history = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            history.add(
                    "<message from='coven@chat.localhost/witch%d' to='crone@localhost/desktop' type='groupchat' id='h%d'>"
                                    .formatted(i % 7, i)
                            + "<body>%s</body>"
                                    .formatted("When shall we three meet again? ".repeat(1 + i % 5))
                            + "<delay xmlns='urn:xmpp:delay' from='coven@chat.localhost' stamp='2026-01-01T20:%02d:00Z'/></message>"
                                    .formatted(i));
        }
        return history;
    }

    private static String pepBlob() {
        return "<iq from='alice@localhost/phone' type='set' id='pep1'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                + "<publish node='urn:xmpp:avatar:data'><item id='111f4b3c50d7b0df729d299bc6f8e9ef9066971f'>"
                + "<data xmlns='urn:xmpp:avatar:data'>"
                + "iVBORw0KGgoAAAANSUhEUgAAAGQAAABkCAYAAABw4pVUAAAA/+0".repeat(49152 / 52)
                + "</data></item></publish></pubsub></iq>";
    }
}
