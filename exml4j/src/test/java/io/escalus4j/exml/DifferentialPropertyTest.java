package io.escalus4j.exml;

import static io.escalus4j.exml.Transcript.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What we accept Woodstox accepts too, as the same tree; and cutting any bytes anywhere changes nothing: X01, X08, X11. */
class DifferentialPropertyTest {
    /** What breaks a document, or nearly does; one a blank. */
    private static final String[] PIECES = """
            < > / ' " = & ; ]]> <!-- --> -- <? ?> <![CDATA[ : xmlns xmlns:p='u' p: xml: &#x0; &#65; &amp; </a> <a> <a/> é x='1'
            """.split("\\s");

    private static final Pattern LAX_DECLARATION =
            Pattern.compile("\\A\uFEFF?<\\?xml[^>]*([\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]|encoding='(?!UTF-8'))");
    /** Names of {@link Trees} have these beyond ASCII, and Woodstox knows them. */
    private static final Pattern UNUSUAL = Pattern.compile("[^\\x00-\\x7Fé中Ω·]");

    private static final Pattern INSTRUCTION = Pattern.compile("<\\?([^\\s?]*)");

    /** Bytes that are shown as text where a property fails. */
    record Input(byte[] bytes) {
        @Override
        public String toString() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Provide
    Arbitrary<Input> documents() {
        return Trees.documents().map(Transcript::bytes).map(Input::new);
    }

    /** Documents with a few bytes changed, most of which are wrong. */
    @Provide
    Arbitrary<Input> mutants() {
        Arbitrary<String> piece = Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.of(" ", "\r", "\0", ""));
        Arbitrary<Mutation> mutations = Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 3),
                        piece.map(Transcript::bytes),
                        Arbitraries.bytes(),
                        Arbitraries.of(true, true, true, false))
                .as((place, removed, inserted, raw, known) ->
                        new Mutation(place, removed, known ? inserted : new byte[] {raw}));
        return Combinators.combine(documents(), mutations.list().ofMinSize(1).ofMaxSize(3))
                .as((document, changes) -> {
                    byte[] changed = document.bytes();
                    for (Mutation change : changes) {
                        changed = change.of(changed);
                    }
                    return new Input(changed);
                });
    }

    private record Mutation(double place, int removed, byte[] inserted) {
        byte[] of(byte[] original) {
            int at = (int) (place * original.length);
            int behind = Math.min(original.length, at + removed);
            byte[] changed = new byte[at + inserted.length + original.length - behind];
            System.arraycopy(original, 0, changed, 0, at);
            System.arraycopy(inserted, 0, changed, at, inserted.length);
            System.arraycopy(original, behind, changed, at + inserted.length, original.length - behind);
            return changed;
        }
    }

    @Property(tries = 500)
    void documents_are_read_as_woodstox_reads_them(@ForAll("documents") Input document) {
        assertThat(words(document)).isEqualTo(Woodstox.read(document.bytes()));
    }

    @Property(tries = 2000)
    void changed_documents_are_accepted_or_refused_as_woodstox_does(@ForAll("mutants") Input document) {
        Optional<String> theirs = Woodstox.read(document.bytes());
        if (!theirs.equals(words(document)) && !isWoodstoxWrong(document, theirs.isPresent())) {
            assertThat(words(document)).isEqualTo(theirs);
        }
    }

    @Test
    void only_names_excuse_woodstox_for_refusing_what_we_accept() {
        assertThat(isWoodstoxWrong(
                        new Input(bytes("<a b=' \uD834\uDD1E '> \uD834\uDD1E <b/> \uD834\uDD1E </a>")), false))
                .isFalse();
        for (String name : List.of(
                "<\u2C00/>", "<a \u2C00=''/>", "<a xmlns:\u2C00='u'/>", "<a><b/><\u2C00/></a>", "<?\u2C00?><a/>")) {
            assertThat(isWoodstoxWrong(new Input(bytes(name)), false)).as(name).isTrue();
            assertThat(Woodstox.read(bytes(name))).as(name).isEmpty();
        }
    }

    /**
     * Woodstox takes control characters for white space inside of an XML declaration and knows further words for UTF-8;
     * it has the names of XML 1.0 in its fourth edition, where the fifth allows far more characters (section 2.3).
     */
    static boolean isWoodstoxWrong(Input document, boolean accepts) {
        return accepts
                ? LAX_DECLARATION.matcher(document.toString()).find()
                : accepted(document.bytes())
                                .map(DifferentialPropertyTest::hasUnusualName)
                                .orElse(false)
                        || hasUnusualInstruction(document.toString());
    }

    private static boolean hasUnusualName(Element tree) {
        return isUnusual(tree.prefix() + tree.name())
                || tree.attributes().stream().anyMatch(attribute -> isUnusual(attribute.qualifiedName()))
                || tree.elements().stream().anyMatch(DifferentialPropertyTest::hasUnusualName);
    }

    private static boolean hasUnusualInstruction(String document) {
        return INSTRUCTION.matcher(document).results().anyMatch(found -> isUnusual(found.group(1)));
    }

    private static boolean isUnusual(String name) {
        return UNUSUAL.matcher(name).find();
    }

    private static Optional<String> words(Input document) {
        return accepted(document.bytes()).map(Woodstox::describe);
    }

    /** As a whole document, which nothing may be missing from. */
    static Optional<Element> accepted(byte[] document) {
        try {
            return Optional.of(Element.parse(document));
        } catch (XmlException e) {
            return Optional.empty();
        }
    }

    @Property(tries = 500)
    void x11_cutting_a_stream_anywhere_changes_neither_events_nor_error(
            @ForAll("mutants") Input input, @ForAll("cuts") List<Double> cuts) {
        byte[] document = input.bytes();
        for (StreamParser.Mode mode : StreamParser.Mode.values()) {
            var whole = Transcript.of(() -> parser(mode), document);
            assertThat(Transcript.of(() -> parser(mode), cut(document, cuts)).describe())
                    .isEqualTo(whole.describe());
            assertThat(Transcript.of(() -> parser(mode), Transcript.singly(document))
                            .describe())
                    .isEqualTo(whole.describe());
        }
    }

    /** The names of the second document are known then, and it is read quickly. */
    @Property(tries = 1000)
    void what_was_read_before_changes_nothing(
            @ForAll("documents") Input before, @ForAll("mutants") Input input, @ForAll("cuts") List<Double> cuts) {
        for (Input next : List.of(before, input)) {
            String unknown = withoutPlace(Transcript.read(StreamParser.ofFrames(XmlLimits.STANDARD), next.bytes()));
            assertThat(withoutPlace(Transcript.read(knowing(before), next.bytes())))
                    .isEqualTo(unknown);
            assertThat(withoutPlace(Transcript.read(knowing(before), cut(next.bytes(), cuts))))
                    .isEqualTo(unknown);
        }
    }

    @Property(tries = 500)
    void what_was_read_is_written_as_if_it_had_been_built(@ForAll("documents") Input document) {
        Transcript.read(knowing(document), document.bytes()).wholes().forEach(QuickReaderTest::assertWrittenAsBuilt);
    }

    @Property(tries = 300)
    void an_attribute_is_set_on_what_was_read_as_if_it_had_been_built(
            @ForAll("documents") Input document, @ForAll("texts") String value) {
        Transcript.read(knowing(document), document.bytes())
                .wholes()
                .forEach(read -> QuickReaderTest.assertStampedAsBuilt(read, value));
    }

    @Provide
    Arbitrary<String> texts() {
        return Trees.texts();
    }

    private static StreamParser knowing(Input document) {
        var parser = StreamParser.ofFrames(XmlLimits.STANDARD);
        Transcript.read(parser, document.bytes());
        parser.clear();
        return parser;
    }

    private static String withoutPlace(Transcript transcript) {
        return transcript.describe().replaceAll("offset \\d+, line \\d+, column \\d+", "somewhere");
    }

    @Provide
    Arbitrary<List<Double>> cuts() {
        return Arbitraries.doubles().between(0, 1).list().ofMinSize(1).ofMaxSize(4);
    }

    /** No element reaches the limit of bytes: what is broken just behind that limit may be seen before it, or never. */
    private static StreamParser parser(StreamParser.Mode mode) {
        var limits = new XmlLimits(100_000, 4, 4, 10);
        return switch (mode) {
            case STREAM -> StreamParser.ofStream(limits);
            case FRAMED -> StreamParser.ofFrames(limits);
            case DOCUMENT -> StreamParser.ofDocument(limits);
        };
    }

    private static byte[][] cut(byte[] input, List<Double> cuts) {
        int[] places = cuts.stream()
                .mapToInt(cut -> (int) (cut * input.length))
                .sorted()
                .toArray();
        byte[][] chunks = new byte[places.length + 1][];
        int from = 0;
        for (int i = 0; i < places.length; i++) {
            chunks[i] = Arrays.copyOfRange(input, from, places[i]);
            from = places[i];
        }
        chunks[places.length] = Arrays.copyOfRange(input, from, input.length);
        return chunks;
    }
}
