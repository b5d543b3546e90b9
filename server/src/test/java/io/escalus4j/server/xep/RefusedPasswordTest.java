package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class RefusedPasswordTest {
    private static final Exception NO_PASSWORD = new IllegalArgumentException("refused by SASLprep");

    @Test
    void what_saslprep_refuses_is_not_acceptable_however_the_stage_tells_it() {
        assertThat(RefusedPassword.error(NO_PASSWORD).condition()).isEqualTo(Condition.NOT_ACCEPTABLE);
        assertThat(RefusedPassword.error(new CompletionException(NO_PASSWORD)).condition())
                .isEqualTo(Condition.NOT_ACCEPTABLE);
    }

    @Test
    void what_is_too_much_has_to_wait() {
        assertThat(RefusedPassword.error(new RejectedExecutionException()).condition())
                .isEqualTo(Condition.RESOURCE_CONSTRAINT);
    }

    @Test
    void our_own_bug_stays_one() {
        var bug = new IllegalStateException("a bug, made for the test");
        assertThatThrownBy(() -> RefusedPassword.error(new CompletionException(bug)))
                .isInstanceOf(CompletionException.class)
                .hasCause(bug);
    }
}
