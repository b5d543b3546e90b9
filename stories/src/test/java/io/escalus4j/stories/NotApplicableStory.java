package io.escalus4j.stories;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.junit.Story;
import org.opentest4j.TestAbortedException;

/** Applies to no server, so that a test can read what is said of it: told by name only, from {@code RunCommandTest}. */
class NotApplicableStory {
    @Story
    @Spec(rfc = 6121, section = "5.2", says = "nothing that this server could show")
    void this_server_does_not_offer_it(Client alice) {
        throw new TestAbortedException("not applicable: " + alice.jid().domain() + " offers no tea");
    }
}
