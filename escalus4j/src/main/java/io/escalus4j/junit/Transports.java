package io.escalus4j.junit;

import io.escalus4j.wire.Transport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A {@link Story} that is told once over each of these ways to the server, whatever the settings say.
 *
 * <pre>{@code
 * @Transports({Transport.STARTTLS, Transport.WSS, Transport.BOSH_TLS})
 * void an_echo_comes_back(Client alice) { ... }
 * }</pre>
 *
 * <p>Where the server is not known to have one of them the story does not apply over it.
 */
@Documented
@TestTemplate
@ExtendWith({EscalusExtension.class, OverEachTransport.class})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Transports {
    /** All of them if nothing is said. */
    Transport[] value() default {};
}
