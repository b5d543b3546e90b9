package io.escalus4j;

/** Hangs on the failure of a story, as a suppressed throwable, and says where its report is. */
public final class StoryReport extends Throwable {
    private static final long serialVersionUID = 1L;

    StoryReport(String text) {
        super(text, null, false, false);
    }
}
