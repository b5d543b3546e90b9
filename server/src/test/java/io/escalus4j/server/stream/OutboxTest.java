package io.escalus4j.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Activity activity = new Activity();
    private final Socket socket = new Socket();
    private final Outbox outbox =
            new Outbox(socket, ServerConfig.standalone(Profile.PRODUCTION).sessions(), activity);

    @Test
    void nothing_follows_the_end_of_a_stream_though_it_is_put_in_while_the_end_is_written() {
        outbox.offer(bytes("<message/>"));
        socket.whileWriting = () -> outbox.offer(bytes("<late/>"));

        outbox.end(bytes("</stream:stream>"));
        socket.runTasks();

        assertThat(socket.written).containsExactly("<message/>", "</stream:stream>");
        assertThat(outbox.size()).isZero();
        assertThat(activity.isIdle()).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes everything at once; its event loop turns when the test says so. */
    private static final class Socket implements Wire {
        private Runnable whileWriting = () -> {};
        private final List<String> written = new ArrayList<>();
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        void runTasks() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        @Override
        public void write(List<byte[]> bytes, Runnable taken) {
            var once = whileWriting;
            whileWriting = () -> {};
            once.run();
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
        public Framing framing() {
            return Framing.STREAM;
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
