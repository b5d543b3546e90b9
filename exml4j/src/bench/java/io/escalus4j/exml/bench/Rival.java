package io.escalus4j.exml.bench;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One parser in the state in which a connection would have it. Confined to one benchmark thread. */
interface Rival {
    /** Reads these bytes and hands over each stanza, or each event's number where no trees are made. */
    void read(byte[] bytes, int from, int length, Consumer<Object> found) throws Exception;

    /** Whether it goes on where the last bytes ended; otherwise each call is a whole document. */
    boolean isIncremental();

    /** Ours: a tree whose text and values are decoded when they are asked for. */
    final class Exml4j implements Rival {
        private final StreamParser parser = StreamParser.ofStream(XmlLimits.STANDARD);

        Exml4j() {
            parser.feed(Corpus.HEADER.getBytes(StandardCharsets.UTF_8));
            parser.next();
        }

        @Override
        public void read(byte[] bytes, int from, int length, Consumer<Object> found) {
            parser.feed(bytes, from, length);
            for (var event = parser.next(); event.isPresent(); event = parser.next()) {
                found.accept(((StreamEvent.Whole) event.get()).element());
            }
        }

        @Override
        public boolean isIncremental() {
            return true;
        }

        /** Asks for everything that a tree holds. */
        static int touch(Element element) {
            int sum = element.name().length() + element.namespace().length();
            for (var attribute : element.attributes()) {
                sum += attribute.name().length() + attribute.value().length();
            }
            for (var child : element.children()) {
                sum += child instanceof Element inner
                        ? touch(inner)
                        : child.toString().length();
            }
            return sum;
        }
    }

    /** The fastest that the JVM has had; not strict. */
    final class Aalto implements Rival {
        private final AsyncXMLStreamReader<AsyncByteArrayFeeder> reader =
                new InputFactoryImpl().createAsyncForByteArray();
        private final StaxTrees trees;

        Aalto(boolean trees) throws XMLStreamException {
            this.trees = new StaxTrees(trees, 1);
            byte[] header = Corpus.HEADER.getBytes(StandardCharsets.UTF_8);
            read(header, 0, header.length, ignored -> {});
        }

        @Override
        public void read(byte[] bytes, int from, int length, Consumer<Object> found) throws XMLStreamException {
            reader.getInputFeeder().feedInput(bytes, from, from + length);
            for (int event = reader.next(); event != AsyncXMLStreamReader.EVENT_INCOMPLETE; event = reader.next()) {
                trees.take(reader, event, found);
            }
        }

        @Override
        public boolean isIncremental() {
            return true;
        }
    }

    /** Woodstox, or the one in the JDK. */
    final class Stax implements Rival {
        private final XMLInputFactory factory;
        private final boolean wantsTrees;

        private Stax(XMLInputFactory factory, boolean wantsTrees) {
            this.factory = factory;
            this.wantsTrees = wantsTrees;
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        }

        static Stax woodstox(boolean trees) {
            var factory = new WstxInputFactory();
            factory.setProperty(WstxInputProperties.P_LAZY_PARSING, false);
            return new Stax(factory, trees);
        }

        static Stax jdk(boolean trees) {
            return new Stax(XMLInputFactory.newDefaultFactory(), trees);
        }

        @Override
        public void read(byte[] bytes, int from, int length, Consumer<Object> found) throws XMLStreamException {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes, from, length));
            var trees = new StaxTrees(wantsTrees, 1);
            while (reader.hasNext()) {
                trees.take(reader, reader.next(), found);
            }
            reader.close();
        }

        @Override
        public boolean isIncremental() {
            return false;
        }
    }

    /** SAX of the JDK. */
    final class Sax implements Rival {
        private final SAXParser parser;
        private final boolean wantsTrees;

        Sax(boolean trees) throws Exception {
            var factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parser = factory.newSAXParser();
            wantsTrees = trees;
        }

        @Override
        public void read(byte[] bytes, int from, int length, Consumer<Object> found) throws Exception {
            parser.parse(new ByteArrayInputStream(bytes, from, length), new SaxTrees(wantsTrees, found));
        }

        @Override
        public boolean isIncremental() {
            return false;
        }
    }
}
