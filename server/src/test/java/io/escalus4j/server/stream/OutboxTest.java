package io.escalus4j.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

class OutboxTest {
    private static final byte[] STANZA = bytes("<message/>");

    @RepeatedTest(500)
    void nothing_follows_the_end_of_a_stream_though_it_is_put_in_at_the_same_time() {
        var activity = new Activity();
        var socket = new Socket();
        var outbox =
                new Outbox(socket, ServerConfig.standalone(Profile.PRODUCTION).sessions(), activity);
        var sender = CompletableFuture.runAsync(() -> IntStream.range(0, 50).forEach(i -> outbox.offer(STANZA)));

        outbox.end(bytes("</stream:stream>"));
        sender.join();
        socket.runTasks();

        assertThat(socket.written).endsWith("</stream:stream>").containsOnlyOnce("</stream:stream>");
        assertThat(activity.isIdle()).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes everything at once; its event loop turns when the test says so. */
    private static final class Socket implements Wire {
        private final List<String> written = new ArrayList<>();
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

        void runTasks() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        @Override
        public void write(List<byte[]> bytes, Runnable taken) {
            bytes.forEach(one -> written.add(new String(one, StandardCharsets.UTF_8)));
            taken.run();
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public InetAddress address() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public String transport() {
            return "tcp";
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public void secure() {}

        @Override
        public void reading(boolean wanted) {}

        @Override
        public void finish() {}

        @Override
        public void abort() {}

        @Override
        public boolean inEventLoop() {
            return true;
        }
    }
}
