package io.escalus4j.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client talks to a server that lets it in and sends back whatever it says. */
class RoomTalkTest {
    private static final String FEATURES = "<stream:features xmlns:stream='http://etherx.jabber.org/streams'/>";
    private static final String HEADER =
            "<?xml version='1.0'?><stream:stream from='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
    private static final String BOUND =
            "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@localhost/alice</jid></bind></iq>";

    private ServerSocket door;
    private LoadLoop loop;

    @BeforeEach
    void start() throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        loop = new LoadLoop();
        var thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void end() throws IOException {
        loop.close();
        door.close();
    }

    private void serve() {
        try (Socket socket = door.accept()) {
            OutputStream out = socket.getOutputStream();
            var in = socket.getInputStream();
            var buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(answer(new String(buffer, 0, read, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException over) {
            // the test has ended
        }
    }

    private static String answer(String said) {
        if (said.startsWith("<?xml")) {
            return HEADER + FEATURES;
        }
        if (said.startsWith("<auth")) {
            return "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
        }
        return said.startsWith("<iq") ? BOUND : said;
    }

    private LoadClient alice() throws Exception {
        var address = new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
        return loop.connect(address, new LoadLogin("localhost", "alice", "secret", false))
                .get(10, TimeUnit.SECONDS);
    }

    private RoomTalk talk(LoadClient alice) {
        return new RoomTalk(loop, List.of(alice), (id, member) -> "<message id='" + id + "'><body>Hi</body></message>");
    }

    @Test
    void a_client_logs_in() throws Exception {
        assertThat(alice().jid()).isEqualTo("alice@localhost/alice");
    }

    @Test
    void who_hears_a_message_last_has_the_next_one_said() throws Exception {
        var talk = talk(alice());

        var deliveries = talk.closed("a-", 3);

        Awaitility.await().until(() -> deliveries.received() > 20);
        talk.stop();
        Awaitility.await().until(() -> deliveries.outstanding() == 0);
        assertThat(deliveries.duplicates()).isZero();
        assertThat(deliveries.millis(99)).isGreaterThanOrEqualTo(deliveries.millis(50));
    }

    @Test
    void a_pace_is_kept() throws Exception {
        var talk = talk(alice());
        long began = System.nanoTime();

        var deliveries = talk.open("a-", 100);

        Awaitility.await().until(() -> deliveries.received() >= 20);
        talk.stop();
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(150));
    }

    @Test
    void no_pace_at_all_is_refused() throws Exception {
        var talk = talk(alice());

        assertThatThrownBy(() -> talk.open("a-", 0)).hasMessageContaining("one in a day at least");
    }
}
