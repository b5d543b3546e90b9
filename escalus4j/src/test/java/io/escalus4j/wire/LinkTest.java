package io.escalus4j.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of a link, without XMPP. */
class LinkTest {
    private static final int PATIENCE = 20_000;
    private static final int SOON = 50;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Link link = new Link(1, told::add);
    private ServerSocket listener;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = link.sockets(SocketFactory.getDefault()).createSocket();
        client.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
        server = listener.accept();
        server.setSoTimeout(PATIENCE);
        client.setSoTimeout(PATIENCE);
    }

    @AfterEach
    void close() throws IOException {
        link.release();
        client.close();
        server.close();
        listener.close();
    }

    private void send(String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private String heard(int bytes) throws IOException {
        return new String(server.getInputStream().readNBytes(bytes), US_ASCII);
    }

    private static void answer(Socket server, String text) throws IOException {
        server.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private String read(int bytes) throws IOException {
        return new String(client.getInputStream().readNBytes(bytes), US_ASCII);
    }

    @Test
    void without_a_fault_bytes_pass_both_ways() throws IOException {
        send("ping");
        assertThat(heard(4)).isEqualTo("ping");
        answer(server, "pong");
        assertThat(read(4)).isEqualTo("pong");
        assertThat(told).isEmpty();
    }

    @Test
    void a_delay_lets_the_sender_go_on_and_the_bytes_come_later_in_their_order() throws IOException {
        long start = System.nanoTime();
        link.delay(Duration.ofMillis(SOON));
        send("one ");
        send("two");
        assertThat(heard(7)).isEqualTo("one two");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(SOON));
        answer(server, "three");
        assertThat(read(5)).isEqualTo("three");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(2 * SOON));
        assertThat(told).containsExactly("delay of 50ms");
    }

    @Test
    void what_is_on_its_way_still_arrives_when_the_client_closes() throws IOException {
        link.delay(Duration.ofMillis(SOON));
        send("last words");
        client.close();
        assertThat(heard(10)).isEqualTo("last words");
        assertThat(server.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void a_throttle_takes_as_long_as_it_says() throws IOException {
        long start = System.nanoTime();
        link.throttle(1000);
        send("x".repeat(100));
        assertThat(heard(100)).hasSize(100);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void a_half_open_link_holds_back_both_ways_until_it_is_healed() throws IOException {
        link.halfOpen();
        send("question");
        answer(server, "answer");
        server.setSoTimeout(SOON);
        client.setSoTimeout(SOON);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        link.heal();

        server.setSoTimeout(PATIENCE);
        client.setSoTimeout(PATIENCE);
        assertThat(heard(8)).isEqualTo("question");
        assertThat(read(6)).isEqualTo("answer");
    }

    @Test
    void the_server_does_not_learn_that_a_half_open_client_has_gone_until_it_is_healed() throws IOException {
        link.halfOpen();
        client.close();
        server.setSoTimeout(SOON);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);

        link.heal();

        server.setSoTimeout(PATIENCE);
        assertThat(server.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void a_stalled_client_still_sends() throws IOException {
        link.stall();
        send("I hear nothing");
        assertThat(heard(14)).isEqualTo("I hear nothing");
        answer(server, "really?");
        client.setSoTimeout(SOON);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void a_cut_after_some_bytes_lets_exactly_so_many_through() throws IOException {
        link.cutAfter(7);
        send("<bo");
        send("dy>Tea at");
        assertThat(new String(server.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("<body>T");
        assertThat(link.isBroken()).isTrue();
        assertThatThrownBy(() -> send("five")).isInstanceOf(IOException.class);
    }

    @Test
    void a_cut_wakes_whoever_reads() throws IOException {
        link.cut();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void a_reset_is_no_good_bye() {
        link.reset();
        assertThatThrownBy(() -> server.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void one_bit_of_one_byte_is_turned_over() throws IOException {
        link.corrupt();
        send("aaa");
        byte[] heard = server.getInputStream().readNBytes(3);
        assertThat(Integer.bitCount(heard[0] ^ 'a')).isEqualTo(1);
        assertThat(heard[1]).isEqualTo((byte) 'a');
        send("b");
        assertThat(heard(1)).isEqualTo("b");
    }

    @Test
    void who_writes_too_much_for_a_held_link_waits_until_it_is_cut() throws Exception {
        link.halfOpen();
        send("x".repeat(1024 * 1024));
        var writer = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> send("one more")).isInstanceOf(IOException.class));
        assertThatThrownBy(() -> writer.get(SOON, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        link.cut();
        writer.get(PATIENCE, TimeUnit.MILLISECONDS);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> link.delay(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("a delay of PT2S to PT1S makes no sense");
        assertThatThrownBy(() -> link.throttle(0)).hasMessage("a throttle of 0 bytes a second makes no sense");
        assertThatThrownBy(() -> link.drop(element -> true, 0))
                .hasMessage("the drop of element number 0, the first is 1 makes no sense");
        assertThatThrownBy(() -> link.reorder(1))
                .hasMessage("a new order for 1 stanzas, it takes 2 to 1000 makes no sense");
    }
}
