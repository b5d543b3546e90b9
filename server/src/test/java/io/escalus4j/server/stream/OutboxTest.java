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
    private final List<String> overflows = new ArrayList<>();
    private final Outbox outbox = new Outbox(
            socket, ServerConfig.standalone(Profile.PRODUCTION).sessions(), activity, () -> overflows.add("too much"));

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

    @Test
    void who_puts_something_in_after_the_end_is_told_that_it_will_never_be_written() {
        assertThat(outbox.offer(bytes("<message/>"))).isTrue();

        outbox.close();

        assertThat(outbox.offer(bytes("<late/>"))).isFalse();
        assertThat(overflows).isEmpty();
    }

    @Test
    void what_is_too_much_and_all_that_comes_after_it_is_refused_and_the_connection_ends_once() {
        byte[] much = new byte[3 * 1024 * 1024];
        assertThat(outbox.offer(much)).isTrue();

        assertThat(outbox.offer(much)).isFalse();

        assertThat(outbox.offer(bytes("<small/>"))).isFalse();
        assertThat(overflows).containsExactly("too much");
        assertThat(outbox.size()).isEqualTo(2);
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
        public void whenWriting(Runnable writer) {
            tasks.add(writer);
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
