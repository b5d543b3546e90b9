package io.escalus4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A line that the server logs because of this story, and that therefore is no fault: {@code @ExpectedLog("event=queue-full")}.
 * It must come; any other line of the level {@link io.escalus4j.Option#LOG_FAILS} or above fails the story. Without effect
 * on servers that let nobody look inside.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(ExpectedLog.All.class)
public @interface ExpectedLog {
    /** A regular expression that is found in the text of the line. */
    String value();

    /** Several of them. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        ExpectedLog[] value();
    }
}
