package io.escalus4j.junit;

import io.escalus4j.Spec;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads annotations off a test: its method, its class, and the classes around that. */
final class Annotations {
    private Annotations() {}

    static <A extends Annotation> Optional<A> nearest(ExtensionContext context, Class<A> type) {
        return places(context).stream()
                .flatMap(place -> AnnotationSupport.findAnnotation(place, type).stream())
                .findFirst();
    }

    /** The nearest last, so that it counts most. */
    static List<Setting> settings(ExtensionContext context) {
        List<AnnotatedElement> outermostFirst = places(context);
        Collections.reverse(outermostFirst);
        return all(outermostFirst.stream(), Setting.class);
    }

    /** For example {@code XEP-0280 section 8: each enabled resource of the sender gets a copy}. */
    static List<String> specs(ExtensionContext context) {
        return all(places(context).stream(), Spec.class).stream()
                .map(Annotations::words)
                .toList();
    }

    /** What the log may have, from all places. */
    static List<String> expectedLogs(ExtensionContext context) {
        return all(places(context).stream(), ExpectedLog.class).stream()
                .map(ExpectedLog::value)
                .toList();
    }

    private static String words(Spec spec) {
        String document = document(spec);
        String section = spec.section().isEmpty() ? "" : " section " + spec.section();
        return document + section + (spec.says().isEmpty() ? "" : ": " + spec.says());
    }

    /** The nearest first. */
    static <A extends Annotation> List<A> all(ExtensionContext context, Class<A> type) {
        return type.isAnnotationPresent(Repeatable.class)
                ? all(places(context).stream(), type)
                : places(context).stream()
                        .flatMap(place -> AnnotationSupport.findAnnotation(place, type).stream())
                        .toList();
    }

    private static <A extends Annotation> List<A> all(Stream<AnnotatedElement> places, Class<A> type) {
        return places.flatMap(place -> AnnotationSupport.findRepeatableAnnotations(place, type).stream())
                .toList();
    }

    private static List<AnnotatedElement> places(ExtensionContext context) {
        var places = new ArrayList<AnnotatedElement>();
        context.getTestMethod().ifPresent(places::add);
        for (Class<?> type = context.getTestClass().orElse(null); type != null; type = type.getEnclosingClass()) {
            places.add(type);
        }
        return places;
    }

    private static String document(Spec spec) {
        if (!spec.proposal().isEmpty()) {
            return spec.proposal();
        }
        return spec.xep() > 0 ? "XEP-%04d".formatted(spec.xep()) : "RFC " + spec.rfc();
    }
}
