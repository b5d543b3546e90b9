package io.escalus4j.stories.coverage;

import io.escalus4j.ServerHandle;
import io.escalus4j.junit.EscalusExtension;
import java.util.Comparator;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No story: starts the server before the first one, so that nobody takes its start for their own. */
@ExtendWith(EscalusExtension.class)
public class AtRest {
    @Test
    void nobody_says_a_word(ServerHandle server) {
        server.address();
    }

    /** For {@code junit.jupiter.testclass.order.default}. */
    public static final class First implements ClassOrderer {
        @Override
        public void orderClasses(ClassOrdererContext context) {
            context.getClassDescriptors()
                    .sort(Comparator.comparing(type -> !type.getTestClass().equals(AtRest.class)));
        }
    }
}
