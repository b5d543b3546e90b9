package io.escalus4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This story is expected to fail on some server; if it passes there, that is the failure.
 *
 * <pre>{@code
 * @KnownIssue(server = "ejabberd", version = "23.", reason = "…", url = "https://github.com/processone/ejabberd/issues/1")
 * }</pre>
 *
 * @see io.escalus4j.ExpectedFailures
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(KnownIssue.All.class)
public @interface KnownIssue {
    /** The server's name as it tells it (XEP-0092); case does not count. */
    String server();

    /** What its version begins with; empty for all. */
    String version() default "";

    /** Where the specification says otherwise. */
    String section() default "";

    String reason();

    String url();

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        KnownIssue[] value();
    }
}
