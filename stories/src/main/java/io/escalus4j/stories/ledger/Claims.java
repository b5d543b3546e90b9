package io.escalus4j.stories.ledger;

import io.escalus4j.Spec;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Which stories claim which lines of the ledger.
 *
 * @param stories by id: {@code SubscriptionStory.alice_asks_and_bob_accepts}
 */
public record Claims(Map<String, List<String>> stories) {

    /** @param methods the stories; a claim of a class is one of each of its stories */
    public static Claims of(Stream<Method> methods) {
        var stories = new TreeMap<String, List<String>>();
        methods.forEach(method -> ids(method)
                .forEach(id ->
                        stories.computeIfAbsent(id, none -> new ArrayList<>()).add(name(method))));
        stories.values().forEach(names -> names.sort(null));
        return new Claims(stories);
    }

    private static Stream<String> ids(Method method) {
        return Stream.of(method, method.getDeclaringClass())
                .flatMap(place -> AnnotationSupport.findRepeatableAnnotations(place, Spec.class).stream())
                .flatMap(spec -> Stream.of(spec.id()))
                .distinct();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + '.' + method.getName();
    }

    List<String> of(String id) {
        return stories.getOrDefault(id, List.of());
    }
}
