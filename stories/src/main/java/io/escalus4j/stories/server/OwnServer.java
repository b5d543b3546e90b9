package io.escalus4j.stories.server;

/** The same server as all stories have, but one for each class: for stories that change it. */
public final class OwnServer extends ServerUnderTest {
    @Override
    public boolean isShared() {
        return false;
    }
}
