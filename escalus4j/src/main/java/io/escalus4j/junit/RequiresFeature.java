package io.escalus4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a server must offer for these stories to apply: {@code @RequiresFeature("urn:xmpp:mam:2")}. On a server that does
 * not offer it, on a stream or by service discovery, they are not applicable, which is counted and shown with the reason.
 * What the class requires counts for its methods too.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RequiresFeature {
    /** Namespaces, or fields of the form of a room, for example {@code muc#roomconfig_whois}; all are needed. */
    String[] value();
}
