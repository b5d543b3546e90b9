package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens to single stanzas on a {@link Link}. Thread-safe. */
final class StanzaFaults {
    private final SplittableRandom random;
    private final Consumer<String> story;
    private final List<Drop> drops = new CopyOnWriteArrayList<>();
    private final List<Element> heldBack = new ArrayList<>();
    private int reordered;
    private Optional<String> cut = Optional.empty();
    private Optional<FaultyWire> wire = Optional.empty();

    StanzaFaults(SplittableRandom random, Consumer<String> story) {
        this.random = random;
        this.story = story;
    }

    private static final class Drop {
        private final Predicate<Element> which;
        private int left;

        Drop(Predicate<Element> which, int nth) {
            this.which = which;
            this.left = nth;
        }

        synchronized boolean takes(Element element) {
            return left > 0 && which.test(element) && --left == 0;
        }
    }

    void drop(Predicate<Element> which, int nth) {
        drops.add(new Drop(which, nth));
    }

    synchronized void cutInside(String name) {
        cut = Optional.of(name);
    }

    synchronized void reorder(int count) {
        reordered = count;
    }

    synchronized void sendHeldBackOn(FaultyWire wanted) {
        wire = Optional.of(wanted);
    }

    /** Whether this element, sent or received, is lost. */
    boolean drops(Element element) {
        boolean lost = drops.stream().filter(drop -> drop.takes(element)).count() > 0;
        if (lost) {
            story.accept("loses <%s/>".formatted(element.name()));
        }
        return lost;
    }

    /** What goes out now that {@code element} is to: nothing, it, or all that were held back. */
    synchronized List<Element> order(Element element) {
        if (reordered == 0) {
            return List.of(element);
        }
        heldBack.add(element);
        if (heldBack.size() < reordered) {
            return List.of();
        }
        var all = takeHeldBack();
        Collections.shuffle(all, new Random(random.nextLong()));
        story.accept("sends %d in another order".formatted(all.size()));
        return all;
    }

    private List<Element> takeHeldBack() {
        var all = new ArrayList<>(heldBack);
        heldBack.clear();
        reordered = 0;
        return all;
    }

    /** The part of {@code element} that still goes out before the connection ends, if it ends within. */
    synchronized Optional<String> cut(Element element) {
        var name = cut.filter(wanted -> has(element, wanted));
        if (name.isPresent()) {
            cut = Optional.empty();
            String xml = element.toXml();
            int start = xml.indexOf('<' + name.get());
            int end = Math.max(xml.indexOf("</" + name.get(), start), xml.indexOf('>', start));
            return Optional.of(xml.substring(0, start + 1 + random.nextInt(end - start)));
        }
        return Optional.empty();
    }

    private static boolean has(Element element, String name) {
        return element.name().equals(name) || element.elements().stream().anyMatch(child -> has(child, name));
    }

    /** What was held back goes out as it was to. */
    void heal() {
        drops.clear();
        var all = healed();
        all.forEach(element -> wire.ifPresent(out -> quietly(out, element)));
    }

    private synchronized List<Element> healed() {
        cut = Optional.empty();
        return takeHeldBack();
    }

    private static void quietly(FaultyWire out, Element element) {
        try {
            out.send(element);
        } catch (IOException gone) {
            // the reader of the stream notices
        }
    }
}
