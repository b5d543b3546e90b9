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
 * @Spec(rfc = 6121, section = "8.5.2.1.1", id = "6121-8.5.2.1.1-1", says = "a chat reaches the only resource there is")
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

    /** The title of a specification that has no number, for example {@code MUC Light}. */
    String proposal() default "";

    /** For example {@code 8.5.2}. */
    String section() default "";

    /** Which lines of the ledger it proves, for example {@code 6121-8.5.2.1.1-1}; see {@code docs/ledger}. */
    String[] id() default {};

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
