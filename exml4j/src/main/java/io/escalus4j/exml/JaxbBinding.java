package io.escalus4j.exml;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.ByteArrayOutputStream;

/** Elements to annotated objects and back. The only class that needs JAXB, so nobody else has to have it. */
final class JaxbBinding {
    /** Making a context reads a class by reflection; it is the same each time and goes when the class goes. */
    private static final ClassValue<JAXBContext> CONTEXTS = new ClassValue<>() {
        @Override
        protected JAXBContext computeValue(Class<?> type) {
            try {
                return JAXBContext.newInstance(type);
            } catch (JAXBException e) {
                throw new IllegalArgumentException(
                        "%s is no class that JAXB can bind (Jakarta XML Binding section 8)".formatted(type.getName()),
                        e);
            }
        }
    };

    private JaxbBinding() {}

    static <T> T read(Element element, Class<T> type) {
        try {
            return CONTEXTS.get(type)
                    .createUnmarshaller()
                    .unmarshal(element.toSource(), type)
                    .getValue();
        } catch (JAXBException e) {
            throw new IllegalArgumentException(
                    "<%s xmlns='%s'> cannot be read as %s"
                            .formatted(element.name(), element.namespace(), type.getName()),
                    e);
        }
    }

    static Element write(Object value) {
        var bytes = new ByteArrayOutputStream();
        try {
            Marshaller marshaller = CONTEXTS.get(value.getClass()).createMarshaller();
            marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
            marshaller.marshal(value, bytes);
        } catch (JAXBException e) {
            throw new IllegalArgumentException(
                    "%s cannot be written, it must be an @XmlRootElement (Jakarta XML Binding section 8)"
                            .formatted(value.getClass().getName()),
                    e);
        }
        return Element.parse(bytes.toByteArray());
    }
}
