package io.escalus4j.stories.cli;

/** The exit codes of {@code bin/escalus}; scripts rely on them. */
final class Exit {
    static final int OK = 0;
    /** A story failed. */
    static final int FAILURES = 1;
    /** A wrong option, or a wrong configuration. */
    static final int USAGE = 2;
    /** Nothing answers where the target should be. */
    static final int UNREACHABLE = 3;

    /** More than was allowed, or less, as in {@code --max-skips}. */
    static final int THRESHOLD = 4;

    private Exit() {}

    /** Ends the command with one sentence for the user. */
    static final class Because extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Because(int code, String message, Object... args) {
            super(message.formatted(args));
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
