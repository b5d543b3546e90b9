package io.escalus4j.stanza;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The schemas that stand in the texts of the XEPs, by their namespace. */
final class Schemas {
    private static final Path FOLDER = Path.of("src/test/resources/schemas");
    /** Is there for others to refer to. */
    private static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    /** What somebody else's payload is, a schema cannot know. */
    private static final String FOREIGN = "cvc-complex-type.2.4.c";

    private static final Pattern NAMESPACE = Pattern.compile("targetNamespace=['\"]([^'\"]+)");
    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    static Schemas load() {
        var schemas = new Schemas();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.forEach(file -> schemas.files.put(namespace(file), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }

    private static String namespace(Path file) {
        try {
            var found = NAMESPACE.matcher(Files.readString(file));
            if (!found.find()) {
                throw new IllegalStateException(file + " has no target namespace");
            }
            return found.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the element and of all in it whose namespace is not that of their parent. */
    List<String> errors(Element element) {
        var errors = new ArrayList<String>();
        roots(element)
                .filter(root ->
                        files.containsKey(root.namespace()) && !root.namespace().equals(STANZA_ERRORS))
                .forEach(root -> validate(root, errors));
        return errors;
    }

    void collectWithout(Element element, Collection<String> namespaces) {
        roots(element)
                .map(Element::namespace)
                .filter(namespace -> !files.containsKey(namespace))
                .forEach(namespaces::add);
    }

    private static Stream<Element> roots(Element element) {
        return Stream.concat(Stream.of(element), within(element));
    }

    private static Stream<Element> within(Element parent) {
        return parent.elements().stream()
                .flatMap(child -> child.namespace().equals(parent.namespace()) ? within(child) : roots(child));
    }

    private void validate(Element element, List<String> errors) {
        var validator =
                compiled.computeIfAbsent(element.namespace(), this::compile).newValidator();
        validator.setErrorHandler(new Collecting(errors));
        try {
            validator.validate(element.toSource());
        } catch (SAXException | IOException e) {
            errors.add(e.getMessage());
        }
    }

    private Schema compile(String namespace) {
        try {
            var factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            factory.setResourceResolver((type, wanted, publicId, systemId, base) -> input(wanted));
            return factory.newSchema(new StreamSource(files.get(namespace).toFile()));
        } catch (SAXException e) {
            throw new IllegalStateException("the schema of " + namespace + " is broken: " + e.getMessage(), e);
        }
    }

    /** Nothing is fetched; what is not here may be anything. */
    private LSInput input(String namespace) {
        try {
            var input = ((DOMImplementationLS)
                            DOMImplementationRegistry.newInstance().getDOMImplementation("LS"))
                    .createLSInput();
            input.setStringData(
                    files.containsKey(namespace)
                            ? Files.readString(files.get(namespace))
                            : Optional.ofNullable(namespace)
                                    .map(
                                            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='%s'><xs:attribute name='lang' type='xs:string'/><xs:element name='x'/></xs:schema>"
                                                    ::formatted)
                                    .orElseThrow());
            return input;
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Collecting(List<String> errors) implements ErrorHandler {
        @Override
        public void warning(SAXParseException warning) {
            // no concern of ours
        }

        @Override
        public void error(SAXParseException error) {
            if (!error.getMessage().startsWith(FOREIGN)) {
                errors.add(error.getMessage());
            }
        }

        @Override
        public void fatalError(SAXParseException error) {
            errors.add(error.getMessage());
        }
    }
}
