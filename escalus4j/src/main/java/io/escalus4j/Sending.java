package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Direction;
import io.escalus4j.match.FailureText;
import io.escalus4j.wire.Deadline;
import io.escalus4j.wire.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a client says; what keeps it from being said fails the story in words. Thread-safe. */
record Sending(String name, LiveStream stream, Telling telling) {
    private interface Saying {
        void run() throws IOException;
    }

    void element(Element element, int step) {
        telling.history().record(name, Direction.OUT, element);
        say(() -> stream.send(element), step);
    }

    void raw(String text, int step) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        telling.history().note(name, "%d raw bytes sent".formatted(bytes.length));
        say(() -> stream.sendRaw(bytes), step);
    }

    private void say(Saying saying, int step) {
        stream.ending().ifPresent(ending -> {
            throw cannotSend(step, ending.text());
        });
        try {
            saying.run();
        } catch (IOException e) {
            throw lost(step, e);
        }
    }

    /** The reader of the stream knows better than the writer why it ended. */
    private AssertionError lost(int step, IOException e) {
        Waits.until(stream.ended(), Deadline.in(telling.settings().timeout()));
        return cannotSend(step, stream.ending().map(Ending::text).orElse(String.valueOf(e.getMessage())));
    }

    private AssertionError cannotSend(int step, String why) {
        return telling.error(
                name,
                FailureText.expected(name, new Words("an open stream to send on"))
                        .closed(why),
                step);
    }
}
