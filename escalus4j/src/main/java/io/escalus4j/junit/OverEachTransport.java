package io.escalus4j.junit;

import io.escalus4j.wire.Transport;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Tells a story over each of its {@link Transports}: they are the names of the invocations. Immutable. */
final class OverEachTransport implements TestTemplateInvocationContextProvider {
    private static final String NAME = "over ";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return Annotations.nearest(context, Transports.class).isPresent();
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Transport[] wanted =
                Annotations.nearest(context, Transports.class).orElseThrow().value();
        return Stream.of(wanted.length == 0 ? Transport.values() : wanted).map(OverEachTransport::named);
    }

    private static TestTemplateInvocationContext named(Transport transport) {
        return new TestTemplateInvocationContext() {
            @Override
            public String getDisplayName(int invocation) {
                return NAME + transport;
            }
        };
    }

    /** The one that this test is told over, if it is such a test. */
    static Optional<Transport> of(ExtensionContext context) {
        return Annotations.nearest(context, Transports.class)
                .filter(several -> context.getDisplayName().startsWith(NAME))
                .map(several -> Transport.of(context.getDisplayName().substring(NAME.length())));
    }
}
