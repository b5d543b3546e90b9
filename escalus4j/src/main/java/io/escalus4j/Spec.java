package io.escalus4j;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sentence of a specification that a story proves.
 *
 * <pre>{@code
 * @Spec(xep = 280, section = "8", says = "each enabled resource of the sender gets a copy")
 * @Spec(rfc = 6121, section = "8.5.2", says = "a chat message to the bare JID reaches the resource of highest priority")
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Spec.All.class)
public @interface Spec {
    /** The number of the XMPP Extension Protocol, or 0. */
    int xep() default 0;

    /** The number of the RFC, or 0. */
    int rfc() default 0;

    /** For example {@code 8.5.2}. */
    String section() default "";

    /** In the story's own words. */
    String says() default "";

    /** Several of them on one story. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        Spec[] value();
    }
}
