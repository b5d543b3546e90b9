package io.escalus4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * These users are contacts of each other, both ways, before the story begins: {@code @Friends({"alice", "bob"})}. On a
 * method it counts instead of the one on the class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Friends {
    /** Users, not resources. */
    String[] value();
}
