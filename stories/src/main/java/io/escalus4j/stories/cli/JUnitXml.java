package io.escalus4j.stories.cli;

import io.escalus4j.stories.cli.Verdict.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The verdicts of a run in the form that CI systems read from Ant, Maven and Gradle. The diagram of a failed story is named
 * in {@code system-out} as {@code [[ATTACHMENT|path]]}, which Jenkins and GitLab show beside it.
 */
record JUnitXml(List<Verdict> verdicts, Duration took, Diagrams diagrams) {

    void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException broken) {
            throw new IOException(broken);
        }
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        counts(xml, "stories", verdicts, took);
        Map<String, List<Verdict>> groups =
                verdicts.stream().collect(Collectors.groupingBy(Verdict::group, TreeMap::new, Collectors.toList()));
        for (var group : groups.entrySet()) {
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            counts(xml, group.getKey(), group.getValue(), sum(group.getValue()));
            for (Verdict verdict : group.getValue()) {
                story(xml, verdict);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static Duration sum(List<Verdict> verdicts) {
        return verdicts.stream().map(Verdict::took).reduce(Duration.ZERO, Duration::plus);
    }

    private static void counts(XMLStreamWriter xml, String name, List<Verdict> verdicts, Duration took)
            throws XMLStreamException {
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(verdicts.size()));
        xml.writeAttribute("failures", Long.toString(count(verdicts, Kind.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute(
                "skipped", Long.toString(count(verdicts, Kind.EXPECTED) + count(verdicts, Kind.NOT_APPLICABLE)));
        xml.writeAttribute("time", seconds(took));
    }

    private static long count(List<Verdict> verdicts, Kind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).count();
    }

    private void story(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", verdict.group());
        xml.writeAttribute("name", verdict.story());
        xml.writeAttribute("time", seconds(verdict.took()));
        if (verdict.kind() == Kind.FAILED) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", clean(verdict.firstLine()));
            xml.writeCharacters(clean(verdict.text()));
            xml.writeEndElement();
            attachment(xml, verdict);
        } else if (verdict.kind() != Kind.PASSED) {
            xml.writeStartElement("skipped");
            xml.writeAttribute("message", clean(verdict.text()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void attachment(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
        var diagram = diagrams.of(verdict);
        if (diagram.isPresent()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters("[[ATTACHMENT|%s]]".formatted(diagram.get()));
            xml.writeEndElement();
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    /** XML cannot carry what a terminal or an attacker may have written. */
    private static String clean(String text) {
        return text.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || c >= 0x20 && c < 0xD800
                                || c >= 0xE000 && c < 0xFFFE
                                || c > 0xFFFF
                        ? c
                        : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
