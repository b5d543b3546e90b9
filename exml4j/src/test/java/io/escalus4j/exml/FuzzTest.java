package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whatever comes in, only our own errors come out, and what is accepted holds together. {@code mvn verify} replays the
 * inputs that are kept in the resources; {@code bin/fuzz parser} looks for others.
 */
class FuzzTest {
    private static final XmlLimits LIMITS = new XmlLimits(4096, 16, 16, 64);
    private static final StreamParser.Mode[] MODES = StreamParser.Mode.values();

    private static StreamParser parser(StreamParser.Mode mode) {
        return switch (mode) {
            case STREAM -> StreamParser.ofStream(LIMITS);
            case FRAMED -> StreamParser.ofFrames(LIMITS);
            case DOCUMENT -> StreamParser.ofDocument(LIMITS);
        };
    }

    // ---- the parser

    /** The first byte says what the others are and where they are cut. */
    @com.code_intelligence.jazzer.junit.FuzzTest(maxDuration = "2m")
    void parser(byte[] input) {
        if (input.length < 2) {
            return;
        }
        var mode = MODES[(input[0] & 0xFF) % MODES.length];
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        var whole = Transcript.of(() -> parser(mode), bytes);

        int cut = (input[0] & 0xFF) / MODES.length % bytes.length;
        assertThat(Transcript.of(() -> parser(mode), Transcript.splitAt(bytes, cut))
                        .describe())
                .isEqualTo(whole.describe());
        assertThat(Transcript.of(() -> parser(mode), Transcript.singly(bytes)).describe())
                .isEqualTo(whole.describe());
        assertThat(knowing(mode, bytes)).isEqualTo(whole.describe());
        whole.wholes().forEach(FuzzTest::assertHoldsTogether);
        if (mode == StreamParser.Mode.DOCUMENT
                && whole.wholes().size() == 1
                && whole.error().isEmpty()) {
            DifferentialPropertyTest.accepted(bytes).ifPresent(read -> assertReadByWoodstoxAlike(bytes, read));
        }
    }

    /** Read once more by a parser that has met all its names. */
    private static String knowing(StreamParser.Mode mode, byte[] bytes) {
        var parser = parser(mode);
        Transcript.read(parser, bytes);
        parser.clear();
        return Transcript.read(parser, bytes).describe();
    }

    private static void assertHoldsTogether(Element read) {
        assertThat(Element.parse(read.toBytes())).isEqualTo(read);
        assertThat(read.size()).isEqualTo(read.toBytes().length);
        QuickReaderTest.assertWrittenAsBuilt(read);
        assertStampedAsBuilt(read, read.text());
    }

    private static void assertStampedAsBuilt(Element read, String value) {
        Element built = QuickReaderTest.built(read);
        for (String attribute : List.of("b", "xml:lang")) {
            assertThat(read.with(attribute, value).toXml())
                    .isEqualTo(built.with(attribute, value).toXml());
        }
    }

    private static void assertReadByWoodstoxAlike(byte[] document, Element read) {
        Optional<String> theirs = Woodstox.read(document);
        if (!DifferentialPropertyTest.isWoodstoxWrong(
                new DifferentialPropertyTest.Input(document), theirs.isPresent())) {
            assertThat(Optional.of(Woodstox.describe(read))).isEqualTo(theirs);
        }
    }

    // ---- the writer

    /** What cannot be written is refused when it is built, and all else is read back. */
    @com.code_intelligence.jazzer.junit.FuzzTest(maxDuration = "2m")
    void writer(FuzzedDataProvider data) {
        var open = new ArrayList<Element>(List.of(Element.of("root", "urn:root")));
        while (data.remainingBytes() > 0) {
            try {
                build(data, open);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            }
        }
        Element tree = open.get(0);
        for (int i = 1; i < open.size(); i++) {
            tree = tree.with(open.get(i));
        }
        Element read = Element.parse(tree.toBytes());
        assertThat(read).isEqualTo(tree);
        assertThat(Element.parse(XmlWriter.canonical().write(tree))).isEqualTo(tree);
        assertThat(tree.size()).isEqualTo(tree.toBytes().length);
        assertWrittenAlike(tree, read);
    }

    /** Whether it was built, or read with names that were met before, or only some of them. */
    private static void assertWrittenAlike(Element built, Element read) {
        byte[] written = built.toBytes();
        var parser = StreamParser.ofFrames(XmlLimits.IN_MEMORY);
        for (int i = 0; i < 2; i++) {
            var again = Transcript.read(parser, written).wholes().get(0);
            assertThat(again.toXml()).as("runs of text side by side are one").isEqualTo(read.toXml());
            assertStampedAsBuilt(again, built.text());
        }
    }

    private static void build(FuzzedDataProvider data, List<Element> open) {
        int last = open.size() - 1;
        Element element = open.get(last);
        switch (data.consumeInt(0, 5)) {
            case 0 -> open.add(Element.of(data.consumeString(9), data.consumeString(20)));
            case 1 -> open.add(Element.of(data.consumeString(5), data.consumeString(9), data.consumeString(20)));
            case 2 -> open.set(last, element.with(data.consumeString(9), data.consumeString(30)));
            case 3 -> open.set(last, element.with(Text.of(data.consumeString(30))));
            case 4 -> open.set(last, element.with(Text.cdata(data.consumeString(30))));
            default ->
                open.set(
                        last,
                        element.with(new Attribute(
                                data.consumeString(5),
                                data.consumeString(5),
                                data.consumeString(9),
                                data.consumeString(9))));
        }
    }

    // ---- paths

    private static final Element TREE =
            Element.parse("<a xmlns='u' b='1'><c d='it&apos;s'>x</c><c><e xmlns='v'><c>y</c></e></c><f/></a>");

    @com.code_intelligence.jazzer.junit.FuzzTest(maxDuration = "2m")
    void path(FuzzedDataProvider data) {
        Path path;
        try {
            path = Path.of(data.consumeRemainingAsString());
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertThat(Path.of(path.toString())).isEqualTo(path).hasToString(path.toString());
        try {
            assertThat(path.all(TREE).stream().findFirst()).isEqualTo(path.first(TREE));
        } catch (IllegalArgumentException endsWithValues) {
            assertThat(path.values(TREE).stream().findFirst()).isEqualTo(path.value(TREE));
        }
    }
}
