package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A matcher that is refined step by step; each refinement is one more claim. Immutable.
 *
 * <pre>{@code
 * chatMessage("Hi!").from(alice).withChild("request", "urn:xmpp:receipts");
 * }</pre>
 *
 * <p>Children named without a namespace are looked for in the namespace of their parent. Everything that is not
 * claimed is free: further attributes and children do not matter.
 */
public final class StanzaMatcher implements Matcher {
    private final String noun;
    private final Optional<Element> blank;
    private final List<Clause> clauses;

    private StanzaMatcher(String noun, Optional<Element> blank, List<Clause> clauses) {
        this.noun = noun;
        this.blank = blank;
        this.clauses = clauses;
    }

    static StanzaMatcher any(String noun) {
        return new StanzaMatcher(noun, Optional.empty(), List.of());
    }

    /** Matches elements of this name and namespace. */
    static StanzaMatcher of(String noun, String name, String namespace) {
        return new StanzaMatcher(noun, Optional.of(Element.of(name, namespace)), List.of())
                .with(Clause.of("", element -> Checks.isA(Checks.noun(name), name, namespace, element)));
    }

    /** Drawn at once, so that what XML cannot carry is refused where it is written. */
    StanzaMatcher with(Clause clause) {
        blank.ifPresent(element -> clause.draw().apply(element));
        var more = new ArrayList<>(clauses);
        more.add(clause);
        return new StanzaMatcher(noun, blank, List.copyOf(more));
    }

    @Override
    public String describe() {
        var words = new StringBuilder(noun);
        clauses.stream()
                .map(Clause::phrase)
                .filter(phrase -> !phrase.isEmpty())
                .forEach(phrase -> words.append(' ').append(phrase));
        return words.toString();
    }

    @Override
    public Match match(Element stanza) {
        return new Match(clauses.stream()
                .flatMap(clause -> clause.check().apply(stanza).stream())
                .toList());
    }

    @Override
    public Optional<Element> example() {
        return blank.map(element -> drawn(element, clause -> true));
    }

    /** Only what fails is drawn: a claim may hold in more forms than the one that an example shows. */
    @Override
    public List<String> differences(Element stanza) {
        return blank.map(element -> drawn(element, clause -> !clause.holds(stanza)))
                .map(drawing -> Difference.words(drawing, stanza))
                .orElse(List.of());
    }

    private Element drawn(Element element, Predicate<Clause> wanted) {
        Element drawing = element;
        for (Clause clause : clauses) {
            drawing = wanted.test(clause) ? clause.draw().apply(drawing) : drawing;
        }
        return drawing;
    }

    @Override
    public String toString() {
        return describe();
    }

    // ---- addresses

    /**
     * Sent by {@code sender}: an {@link Addressed}, or anything whose {@code toString()} is a JID.
     *
     * <p>A JID is compared exactly, a bare one with a bare one, a full one with a full one; case and Unicode forms do
     * not matter. Of an {@link Addressed} it is the full JID, or the bare one if the stanza's {@code from} is bare.
     */
    public StanzaMatcher from(Object sender) {
        return party("from", Party.of(sender));
    }

    /** Sent by {@code sender}'s account, whatever the resource. */
    public StanzaMatcher fromAnyResourceOf(Object sender) {
        return party("from", Party.anyResourceOf(sender));
    }

    /** Addressed to {@code recipient}; compared as in {@link #from}. */
    public StanzaMatcher to(Object recipient) {
        return party("to", Party.of(recipient));
    }

    /** Addressed to {@code recipient}'s account, whatever the resource. */
    public StanzaMatcher toAnyResourceOf(Object recipient) {
        return party("to", Party.anyResourceOf(recipient));
    }

    private StanzaMatcher party(String attribute, Party party) {
        return with(Clause.of(
                attribute + ' ' + party.name(),
                element -> element.with(attribute, party.jid()),
                element -> party.claim(element, attribute, "is " + attribute)));
    }

    /** With this address in the attribute {@code jid}; compared as in {@link #from}. */
    public StanzaMatcher withJid(Object party) {
        return jid("with jid ", Party.of(party));
    }

    StanzaMatcher withContact(Object contact) {
        return jid("", Party.contact(contact));
    }

    private StanzaMatcher jid(String before, Party party) {
        return with(Clause.of(
                before + party.name(),
                element -> element.with("jid", party.jid()),
                element -> party.claim(element, "jid", "jid is")));
    }

    // ---- attributes

    public StanzaMatcher withId(String id) {
        return withAttribute("id", id);
    }

    /** {@code type} as it counts: a message without one is {@code normal}, a presence without one {@code available}. */
    public StanzaMatcher ofType(String type) {
        return typed("of type " + type, type);
    }

    StanzaMatcher typed(String phrase, String type) {
        return with(Clause.of(phrase, element -> Checks.typed(element, type), element -> Checks.type(element, type)));
    }

    public StanzaMatcher withAttribute(String name, String value) {
        return with(Clause.of(
                "with %s '%s'".formatted(name, value),
                element -> element.with(name, value),
                element -> Checks.attribute(element, name, value)));
    }

    /** With the attribute, whatever its value. */
    public StanzaMatcher withAttribute(String name) {
        return with(Clause.of(
                "with attribute '%s'".formatted(name),
                element -> Claim.of(
                        element.attribute(name).isPresent(), "has attribute '%s'".formatted(name), "has not")));
    }

    public StanzaMatcher withoutAttribute(String name) {
        String words = "without attribute '%s'".formatted(name);
        return with(Clause.of(
                words,
                element -> Claim.of(
                        element.attribute(name).isEmpty(),
                        "is " + words,
                        "it is '%s'".formatted(element.attribute(name, "")))));
    }

    // ---- children

    /** With a body of exactly this text; of several languages one is enough. */
    public StanzaMatcher withBody(String body) {
        return text("with body \"%s\"".formatted(body), body, "body");
    }

    public StanzaMatcher withSubject(String subject) {
        return text("with subject \"%s\"".formatted(subject), subject, "subject");
    }

    public StanzaMatcher withThread(String thread) {
        return text("in thread '%s'".formatted(thread), thread, "thread");
    }

    /** {@code away}, {@code chat}, {@code dnd} or {@code xa} (RFC 6121 section 4.7.2.1). */
    public StanzaMatcher withShow(String show) {
        return text("with show '%s'".formatted(show), show, "show");
    }

    public StanzaMatcher withStatus(String status) {
        return text("with status \"%s\"".formatted(status), status, "status");
    }

    /** The priority as it counts: a presence without one, or with one that is no number, has 0. */
    public StanzaMatcher withPriority(int priority) {
        return with(Clause.of(
                "with priority " + priority,
                element -> element.with(Element.of("priority").withText(Integer.toString(priority))),
                element -> Checks.priority(element, priority)));
    }

    /**
     * With this text at the end of the path of child elements; of several elements one is enough.
     *
     * @param path names, each {@code name} in the namespace of its parent or {@code {namespace}name}; none is the
     *     element itself
     */
    public StanzaMatcher withText(String text, String... path) {
        return text("with %s '%s'".formatted(path.length == 0 ? "text" : String.join("/", path), text), text, path);
    }

    StanzaMatcher text(String phrase, String text, String... path) {
        return with(Clause.of(
                phrase, element -> Path.drawn(element, text, path), element -> Path.claim(element, text, path)));
    }

    public StanzaMatcher withChild(String name, String namespace) {
        return with(Clause.of(
                "with " + Checks.tag(name, namespace),
                element -> element.with(Element.of(name, namespace)),
                element -> Checks.child(element, name, namespace)));
    }

    /** With a child element that {@code child} matches. */
    public StanzaMatcher withChild(Matcher child) {
        return holding("with " + child.describe(), child);
    }

    /** With a child of this namespace, whatever it is called. */
    public StanzaMatcher withPayload(String namespace) {
        return with(Clause.of("of namespace " + namespace, element -> Checks.payload(element, namespace)));
    }

    /** With exactly so many child elements that {@code child} matches, for example contacts of a roster. */
    public StanzaMatcher withChildren(int count, Matcher child) {
        return with(Clause.of(
                "with %d of %s".formatted(count, child.describe()), element -> Checks.count(element, count, child)));
    }

    /** As {@link #withChild(Matcher)}, in words of its own. */
    StanzaMatcher holding(String phrase, Matcher child) {
        return with(new Clause(
                phrase,
                element -> child.example().<Element>map(element::with).orElse(element),
                element -> Checks.child(element, child)));
    }

    public StanzaMatcher withoutChild(String name, String namespace) {
        String words = "without " + Checks.tag(name, namespace);
        return with(
                Clause.of(words, element -> Claim.of(!element.has(name, namespace), "is " + words, "there is one")));
    }

    /** Without any child element that {@code child} matches. */
    public StanzaMatcher withoutChild(Matcher child) {
        String words = "without " + child.describe();
        return with(Clause.of(
                words,
                element -> Claim.of(
                        element.elements().stream().noneMatch(child::matches), "is " + words, "there is one")));
    }

    // ---- whole elements

    /**
     * Like {@code element}: whatever stands in it stands in the stanza too. Further attributes and children, prefixes,
     * order and white space between elements do not matter.
     */
    public StanzaMatcher like(Element element) {
        return with(new Clause(
                "like " + Checks.brief(element), drawing -> element, stanza -> Difference.like(element, stanza)));
    }

    /** The same as {@code element}; only prefixes and the order of attributes do not matter. */
    public StanzaMatcher exactly(Element element) {
        return with(new Clause(
                "exactly " + Checks.brief(element), drawing -> element, stanza -> Difference.exactly(element, stanza)));
    }

    /** That also satisfies {@code more}. */
    public StanzaMatcher that(Matcher more) {
        return with(new Clause(
                "that is " + more.describe(),
                element -> element,
                element -> more.match(element).claims()));
    }
}
