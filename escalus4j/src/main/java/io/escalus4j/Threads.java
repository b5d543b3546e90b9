package io.escalus4j;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

/** Threads for those who mostly wait: virtual where the JVM has them (21 and later), else daemons. */
final class Threads {
    private static final ThreadFactory FACTORY = factory();

    private Threads() {}

    static Thread start(String name, Runnable task) {
        Thread thread = FACTORY.newThread(task);
        thread.setName("escalus4j-" + name);
        thread.start();
        return thread;
    }

    /** {@code Thread.ofVirtual().factory()}, said so that Java 17 compiles it. */
    private static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
            return (ThreadFactory) factory.invoke(builder);
        } catch (ReflectiveOperationException noVirtualThreads) {
            return Threads::daemon;
        }
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }
}
