package io.escalus4j.junit;

import io.escalus4j.wire.Transport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A story, or a class of them, that is about some ways to the server: over any other, when the setting
 * {@code escalus.transport} wants one, it does not apply.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface OnlyOver {
    Transport[] value();

    /** Why, for whoever reads the report. */
    String because();
}
