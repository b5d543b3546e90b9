package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * What is between one client and its server, and what goes wrong there. Thread-safe.
 *
 * <pre>{@code
 * alice.link().delay(ofMillis(20));          // both ways, for each byte at least
 * alice.link().drop(ackRequest(), 3);        // the third <r/> from now on never arrives
 * alice.link().cutInside("body");            // the next message ends within its body, and the connection with it
 * alice.link().heal();                       // whatever was held back goes on its way
 * }</pre>
 *
 * <p>Faults of bytes are made below TLS, where networks make them: TLS notices what is changed, and a peer whose other end
 * has vanished gets no good-bye. Faults of stanzas are made above TLS, where they can be seen, and below stream management,
 * which counts them as sent. Whatever is left to chance is drawn from one seed.
 */
public final class Link {
    private final SplittableRandom random;
    private final Consumer<String> story;
    private final Pipe out = new Pipe();
    private final Pipe in = new Pipe();
    private final StanzaFaults stanzas;
    private final Line line = new Line(out, in);
    private boolean broken;

    /**
     * @param seed the same makes the same choices
     * @param story is told of every fault, for people
     */
    public Link(long seed, Consumer<String> story) {
        this.random = new SplittableRandom(seed);
        this.story = story;
        this.stanzas = new StanzaFaults(random.split(), story);
    }

    // ---- bytes

    /** Every byte takes that much longer, both ways, at least. */
    public Link delay(Duration time) {
        return delay(time, time);
    }

    /** Whatever is written at once takes so much longer, both ways; how much is drawn from the seed. */
    public Link delay(Duration least, Duration most) {
        require(!least.isNegative() && most.compareTo(least) >= 0, "a delay of %s to %s", least, most);
        tell("delay of %s", least.equals(most) ? words(least) : words(least) + " to " + words(most));
        out.delay(random(least, most));
        in.delay(random(least, most));
        return this;
    }

    private Pipe.Delay random(Duration least, Duration most) {
        long span = most.minus(least).toNanos();
        synchronized (random) { // a source for each way, so that neither depends on how fast the other is
            var own = random.split();
            return () -> least.toNanos() + (span == 0 ? 0 : own.nextLong(span + 1));
        }
    }

    /** No more than so many bytes a second pass, either way. */
    public Link throttle(int bytesPerSecond) {
        require(bytesPerSecond > 0, "a throttle of %s bytes a second", bytesPerSecond);
        tell("throttled to %d bytes a second", bytesPerSecond);
        out.throttle(bytesPerSecond);
        in.throttle(bytesPerSecond);
        return this;
    }

    /** The client reads nothing more: what the server sends fills the buffers on the way, and then its own. */
    public Link stall() {
        tell("stalls: reads nothing more");
        in.hold(true);
        return this;
    }

    /**
     * Nothing passes any more, either way, and neither side is told. If the client closes the connection now the server
     * does not learn that.
     */
    public Link halfOpen() {
        tell("half-open: nothing passes, nobody is told");
        line.silent(true);
        out.hold(true);
        in.hold(true);
        return this;
    }

    /** The next byte sent has one bit turned over, drawn from the seed. */
    public Link corrupt() {
        synchronized (random) {
            int bit = random.nextInt(8);
            tell("bit %d of the next byte sent is turned over", bit);
            out.corrupt(bit);
        }
        return this;
    }

    /** The connection ends after so many more bytes were sent; inside of an encrypted record, as like as not. */
    public Link cutAfter(long bytes) {
        require(bytes >= 0, "a cut after %s bytes", bytes);
        tell("is cut after %d more bytes", bytes);
        out.cutAfter(bytes, this::end);
        return this;
    }

    /** The connection ends (TCP FIN), without a word of TLS or XMPP. */
    public Link cut() {
        tell("is cut");
        end();
        return this;
    }

    /** The connection is reset (TCP RST): the other side loses what it has not read yet. */
    public Link reset() {
        tell("is reset");
        breaking();
        line.reset();
        return this;
    }

    // ---- stanzas

    /** The {@code nth} element that matches from now on, sent or received, is lost; streams' headers are no elements. */
    public Link drop(Predicate<Element> which, int nth) {
        require(nth > 0, "the drop of element number %s, the first is 1", nth);
        tell("will drop number %d of what matches", nth);
        stanzas.drop(which, nth);
        return this;
    }

    /** The connection ends within the element of this name of the next stanza sent that has one, in its text or its tag. */
    public Link cutInside(String name) {
        tell("will be cut inside <%s>", name);
        stanzas.cutInside(name);
        return this;
    }

    /** The next {@code count} stanzas that are sent go out in another order, drawn from the seed, when the last is there. */
    public Link reorder(int count) {
        require(count > 1 && count <= 1000, "a new order for %s stanzas, it takes 2 to 1000", count);
        tell("will send the next %d in another order", count);
        stanzas.reorder(count);
        return this;
    }

    /** Undoes every fault but a connection that is gone: what was held back goes on its way. */
    public Link heal() {
        tell("is healed");
        release();
        return this;
    }

    // ---- for the client

    /** Whether the story wants the connection to end. */
    public synchronized boolean isBroken() {
        return broken;
    }

    private synchronized void breaking() {
        broken = true;
    }

    private void end() {
        breaking();
        line.end();
    }

    /** Whether neither side hears the other, or the client hears nothing. */
    public boolean isHeld() {
        return in.isHeld();
    }

    /** Sockets that this link is in; a client with sockets of its own has no faults of bytes. */
    SocketFactory sockets(SocketFactory wanted) {
        return wanted == SocketFactory.getDefault() ? line : wanted;
    }

    /** The same wire, with the faults of stanzas. */
    Wire over(Wire wire) {
        var faulty = new FaultyWire(wire, stanzas, this::end);
        stanzas.sendHeldBackOn(faulty);
        return faulty;
    }

    /** Undoes every fault and says nothing: the story is over. */
    public void release() {
        line.silent(false);
        stanzas.heal();
        out.heal();
        in.heal();
    }

    private void tell(String text, Object... values) {
        story.accept(text.formatted(values));
    }

    private static void require(boolean allowed, String what, Object... values) {
        if (!allowed) {
            throw new IllegalArgumentException(what.formatted(values) + " makes no sense");
        }
    }

    private static String words(Duration time) {
        return Deadline.words(time);
    }
}
