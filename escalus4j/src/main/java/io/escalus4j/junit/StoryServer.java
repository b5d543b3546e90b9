package io.escalus4j.junit;

import io.escalus4j.ServerFactory;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The server of the stories in this class and those nested in it: {@code @StoryServer(MyServer.class)}. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StoryServer {
    Class<? extends ServerFactory> value();
}
