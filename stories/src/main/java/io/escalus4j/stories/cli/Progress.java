package io.escalus4j.stories.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a run is: a bar on a terminal, elsewhere a line at every tenth part. Thread-safe. */
interface Progress extends AutoCloseable {
    void stepped(boolean passed);

    @Override
    void close();

    /** @param terminal whether {@code out} is one that a person looks at */
    static Progress of(int steps, boolean terminal, PrintStream out) {
        return terminal ? new Bar(steps, out) : new Lines(steps, out);
    }

    /** A live bar with the count of failures beside it. */
    final class Bar implements Progress {
        private final ProgressBar bar;
        private final AtomicInteger failures = new AtomicInteger();

        Bar(int steps, PrintStream out) {
            this.bar = new ProgressBarBuilder()
                    .setTaskName("stories")
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new ConsoleProgressBarConsumer(out))
                    .build();
        }

        @Override
        public void stepped(boolean passed) {
            if (!passed) {
                bar.setExtraMessage(failures.incrementAndGet() + " failed");
            }
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Plain lines for a log. */
    final class Lines implements Progress {
        private final int steps;
        private final PrintStream out;
        private int done;
        private int failures;

        Lines(int steps, PrintStream out) {
            this.steps = steps;
            this.out = out;
        }

        @Override
        public synchronized void stepped(boolean passed) {
            int tenth = done * 10 / steps;
            done++;
            failures += passed ? 0 : 1;
            if (done * 10 / steps > tenth) {
                out.printf("escalus: %d of %d stories, %d failed%n", done, steps, failures);
            }
        }

        @Override
        public void close() {}
    }
}
