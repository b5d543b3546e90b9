package io.escalus4j.match;

import io.escalus4j.exml.Element;
import io.escalus4j.stanza.ArchiveBuilders;
import io.escalus4j.stanza.FormBuilders;
import io.escalus4j.stanza.MucBuilders;
import io.escalus4j.stanza.PrivacyBuilders;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Calls every public static method of a class with something sensible for each parameter. */
public final class Samples {
    private static final Element MESSAGE =
            People.chat(People.ALICE, People.BOB, "Hi").with("id", "m1");
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("type", "cancel"),
            Map.entry("condition", "conflict"),
            Map.entry("show", "away"),
            Map.entry("marker", "displayed"),
            Map.entry("state", "subscribed"),
            Map.entry("chatState.state", "composing"),
            Map.entry("hint", "no-store"),
            Map.entry("action", "deny"),
            Map.entry("privacyItem.type", "jid"),
            Map.entry("kinds", "message"),
            Map.entry("role", "visitor"),
            Map.entry("affiliation", "member"),
            Map.entry("standard", "roster"),
            Map.entry("method", "zlib"),
            Map.entry("direction", "sent"),
            Map.entry("subscription", "both"),
            Map.entry("ver", "QgayPKawpkPSDYmwT/WM94uAlu0="),
            Map.entry("node", "http://example.org/node"));

    private Samples() {}

    /** One call, and what it returned. */
    public record Call(Method method, Object result) {
        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName()
                    + '.'
                    + method.getName()
                    + Arrays.toString(method.getParameterTypes());
        }
    }

    public static Stream<Method> methods(Class<?> type, Class<?> result) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
                .filter(method -> result.isAssignableFrom(method.getReturnType()));
    }

    public static Call call(Method method) {
        Object[] values = Arrays.stream(method.getParameters())
                .map(parameter -> value(method, parameter))
                .toArray();
        try {
            return new Call(method, method.invoke(null, values));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method + " cannot be called with " + Arrays.toString(values), e);
        }
    }

    private static Object value(Method method, Parameter parameter) {
        Class<?> type = parameter.getType();
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, single(method, parameter.getName(), type.getComponentType()));
            return array;
        }
        return single(method, parameter.getName(), type);
    }

    private static Object single(Method method, String name, Class<?> type) {
        if (type == String.class) {
            return TEXTS.getOrDefault(method.getName() + '.' + name, TEXTS.getOrDefault(name, "x"));
        }
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == Element.class) {
            return element(name);
        }
        return other(name, type);
    }

    private static Element element(String name) {
        return switch (name) {
            case "fields" -> FormBuilders.field("pubsub#title", "x");
            case "form" -> FormBuilders.form(FormBuilders.field("pubsub#title", "x"));
            case "parts" -> FormBuilders.field("with", "bob@localhost");
            case "query" -> ArchiveBuilders.archiveQuery();
            case "items" -> PrivacyBuilders.privacyItemForAll(1, "deny");
            case "changes" -> MucBuilders.role("Hatter", "visitor");
            case "payload", "data" -> Element.of("cup", "urn:x:tea");
            default -> MESSAGE;
        };
    }

    private static Object other(String name, Class<?> type) {
        if (Matcher.class.isAssignableFrom(type)) {
            return Matchers.chatMessage("Hi");
        }
        if (type == Map.class) {
            return Map.of("email", "bob@localhost");
        }
        if (type == List.class) {
            return List.of("bob@localhost");
        }
        return name.equals("room") ? "tea@muc.localhost" : "bob@localhost/res1";
    }
}
