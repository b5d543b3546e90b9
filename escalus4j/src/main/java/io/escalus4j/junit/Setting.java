package io.escalus4j.junit;

import io.escalus4j.Option;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting of a story or a class of stories: {@code @Setting(option = Option.TIMEOUT, value = "3s")}. The method's
 * counts more than the class's; every other source counts more than both, see {@link io.escalus4j.Settings}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Setting.All.class)
public @interface Setting {
    Option option();

    String value();

    /** Several of them. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        Setting[] value();
    }
}
