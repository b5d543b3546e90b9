package io.escalus4j.junit;

import io.escalus4j.Client;
import io.escalus4j.Component;
import io.escalus4j.Scene;
import io.escalus4j.ServerHandle;
import io.escalus4j.Stage;
import io.escalus4j.Time;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.users.User;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.ConnectionStep;
import io.escalus4j.wire.Connector;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Transport;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.opentest4j.TestAbortedException;

/** Turns parameters of a test into clients, users and what else a story has. */
record Parameters(ExtensionContext context) {
    private static final Set<Class<?>> OURS = Set.of(
            Client.class,
            User.class,
            Scene.class,
            Stage.class,
            ServerHandle.class,
            WhiteBox.class,
            Time.class,
            Component.class);

    static boolean isOurs(ParameterContext parameter) {
        return OURS.contains(parameter.getParameter().getType());
    }

    Object resolve(ParameterContext asked) {
        Parameter parameter = asked.getParameter();
        Class<?> type = parameter.getType();
        if (type == ServerHandle.class && !ownsTime(context)) {
            return Told.of(context).server();
        }
        if (type == Stage.class) {
            return Told.of(context).stage();
        }
        TestTelling telling = telling(parameter);
        if (type == ServerHandle.class) {
            return telling.scene().server();
        }
        if (type == Time.class) {
            return telling.time();
        }
        if (type == Scene.class) {
            return telling.scene();
        }
        if (type == WhiteBox.class) {
            return telling.whiteBox();
        }
        if (type == Component.class) {
            return telling.component(name(parameter));
        }
        return type == User.class ? telling.scene().user(name(parameter)) : telling.client(name(parameter));
    }

    private TestTelling telling(Parameter parameter) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "%s lives for one story: take it in the test method or in @BeforeEach".formatted(parameter));
        }
        return new Stores(context).telling(() -> new TestTelling(context));
    }

    /** @throws TestAbortedException if the test wants what the server has not */
    void requireOffered() {
        if (wants(WhiteBox.class) && Told.of(context).server().insight().isEmpty()) {
            throw new TestAbortedException("not applicable: the server lets nobody look inside");
        }
        if (wants(Component.class) && Told.of(context).server().components().isEmpty()) {
            throw new TestAbortedException("not applicable: the server takes no components (XEP-0114)");
        }
    }

    private boolean wants(Class<?> wanted) {
        return Stream.of(context.getRequiredTestMethod().getParameterTypes()).anyMatch(type -> type == wanted);
    }

    /** @throws TestAbortedException if the test wants to own the time of a server that is nobody's alone */
    void requireTime() {
        if (ownsTime(context) && Told.of(context).server().alone().isEmpty()) {
            throw new TestAbortedException("not applicable: the server's time cannot be a story's own");
        }
    }

    static boolean ownsTime(ExtensionContext context) {
        return context.getTestMethod().stream()
                .flatMap(method -> Stream.of(method.getParameterTypes()))
                .anyMatch(type -> type == Time.class);
    }

    /** @throws TestAbortedException if the story is not about the way that the settings want, or the server has it not */
    void requireTransport() {
        requireWay();
        var only = Annotations.nearest(context, OnlyOver.class);
        var wanted = Told.of(context).settings().transport();
        if (only.isPresent()
                && wanted.filter(way -> !List.of(only.get().value()).contains(way))
                        .isPresent()) {
            throw new TestAbortedException("not applicable over %s: %s"
                    .formatted(wanted.get(), only.get().because()));
        }
    }

    /** Said before anybody connects: what a parameter throws is a failure to JUnit. */
    private void requireWay() {
        OverEachTransport.of(context).ifPresent(way -> {
            ConnectionSettings to = Told.of(context).server().connection(way);
            if (way == Transport.TCP && requiresTls(to)) {
                throw new TestAbortedException("not applicable: the server lets nobody in without TLS");
            }
        });
    }

    private static boolean requiresTls(ConnectionSettings to) {
        var required = new AtomicBoolean();
        var look = ConnectionStep.of("look", (connection, features) -> {
            required.set(features.requiresStartTls());
            connection.wire().drop();
            return features;
        });
        Connector.connect(to.withSteps(Steps.openStream(), look));
        return required.get();
    }

    /** All clients that the method names, so that they can connect at the same time. */
    static Stream<String> clients(ExtensionContext context) {
        return Stream.of(context.getRequiredTestMethod().getParameters())
                .filter(parameter -> parameter.getType() == Client.class)
                .map(Parameters::name);
    }

    private static String name(Parameter parameter) {
        Named named = parameter.getAnnotation(Named.class);
        if (named == null && !parameter.isNamePresent()) {
            throw new ParameterResolutionException(
                    "the name of parameter '%s' is not in the class file: compile with -parameters, or say @Named(\"alice\")"
                            .formatted(parameter));
        }
        return named == null ? parameter.getName() : named.value();
    }
}
