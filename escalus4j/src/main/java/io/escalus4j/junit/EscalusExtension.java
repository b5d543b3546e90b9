package io.escalus4j.junit;

import io.escalus4j.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Tells stories in JUnit. {@link Story} brings it along; a class that needs a server of its own registers it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static EscalusExtension xmpp = EscalusExtension.builder()
 *     .server(() -> RemoteServer.at("example.org", new InetSocketAddress("127.0.0.1", 5222)))
 *     .setting(Option.TIMEOUT, "2s")
 *     .build();
 *
 * @Test
 * void alice_greets_bob(Client alice, Client bob) { ... }
 * }</pre>
 *
 * <p>In a static field the server lives as long as the class, in another one as long as the test. Without a server of its
 * own a class takes that of {@link StoryServer}, of the setting {@code escalus.server}, or the only
 * {@link io.escalus4j.ServerFactory} on the class path. Safe under parallel execution, with nested classes and with every
 * lifecycle of test instances. Immutable; all state is in JUnit's stores.
 */
public final class EscalusExtension
        implements BeforeAllCallback,
                ExecutionCondition,
                BeforeEachCallback,
                TestExecutionExceptionHandler,
                AfterEachCallback,
                ParameterResolver {
    private final Optional<ServerSupplier> server;
    private final Map<Option, String> settings;

    /** For {@code @ExtendWith}. */
    public EscalusExtension() {
        this(Optional.empty(), Map.of());
    }

    private EscalusExtension(Optional<ServerSupplier> server, Map<Option, String> settings) {
        this.server = server;
        this.settings = Map.copyOf(settings);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        new Stores(context).configure(server, settings);
    }

    /** Stories that need what the server does not offer are not told, see {@link RequiresFeature}. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return new Applicability(context).condition();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        new Stores(context).configure(server, settings);
        new Parameters(context).requireOffered();
        new Parameters(context).requireTime();
        new Parameters(context).requireTransport();
    }

    /** Where it is registered twice, the one that JUnit asks first does the work. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Parameters.isOurs(parameter) && new Stores(context).owner(this) == this;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Parameters(context).resolve(parameter);
    }

    /** A failure that was expected is none, see {@link KnownIssue} and {@link io.escalus4j.ExpectedFailures}. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw new Stores(context)
                .telling()
                .flatMap(telling -> telling.judged(Optional.of(failure)))
                .orElse(failure);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Optional<TestTelling> telling = new Stores(context).takeTelling();
        if (telling.isPresent()) {
            telling.get().end(context);
        }
    }

    /** Collects what is particular about the stories of a class. */
    public static final class Builder {
        private Optional<ServerSupplier> server = Optional.empty();
        private final Map<Option, String> settings = new LinkedHashMap<>();

        private Builder() {}

        /** Called when the first story needs it; the handle is closed in the end. */
        public Builder server(ServerSupplier server) {
            this.server = Optional.of(server);
            return this;
        }

        /** As {@link Setting} on the class would say it. */
        public Builder setting(Option option, String value) {
            settings.put(option, value);
            return this;
        }

        public EscalusExtension build() {
            return new EscalusExtension(server, settings);
        }
    }
}
