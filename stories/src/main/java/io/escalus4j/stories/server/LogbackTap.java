package io.escalus4j.stories.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.escalus4j.server.control.LogTap;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Gets at what the server, and Netty under it, log by Logback. Thread-safe. */
public final class LogbackTap implements LogTap {
    /** What a line is about, where the server says so beside the text. */
    private static final String SESSION = "session";

    @Override
    public Open open(Consumer<Line> lines) {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (isOfTheServer(event.getLoggerName())) {
                    lines.accept(line(event));
                }
            }
        };
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        return () -> {
            root.detachAppender(appender);
            appender.stop();
        };
    }

    private static boolean isOfTheServer(String logger) {
        return logger.startsWith("io.escalus4j.server.") || logger.startsWith("io.netty.");
    }

    private static Line line(ILoggingEvent event) {
        String trace = Optional.ofNullable(event.getThrowableProxy())
                .map(thrown -> System.lineSeparator() + ThrowableProxyUtil.asString(thrown))
                .orElse("");
        return new Line(
                event.getInstant(),
                event.getLevel().toString(),
                event.getLoggerName(),
                event.getThreadName(),
                event.getMDCPropertyMap().getOrDefault(SESSION, ""),
                event.getFormattedMessage() + trace);
    }
}
