package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whose messages are to be archived (XEP-0441). Immutable.
 *
 * @param standard for those in neither list
 */
record Preferences(Policy standard, Set<Jid> always, Set<Jid> never) {
    static final String NAME = "prefs";

    Preferences {
        always = Collections.unmodifiableSet(new LinkedHashSet<>(always));
        never = Collections.unmodifiableSet(new LinkedHashSet<>(never));
    }

    static Preferences standard(Policy policy) {
        return new Preferences(policy, Set.of(), Set.of());
    }

    /** What the lists say of {@code peer}: a full JID says more than a bare one, and never more than always. */
    Optional<Boolean> listed(Jid peer) {
        for (Jid jid : new Jid[] {peer, peer.bare()}) {
            if (never.contains(jid) || always.contains(jid)) {
                return Optional.of(!never.contains(jid));
            }
        }
        return Optional.empty();
    }

    // ---- on the wire

    /** In the namespace of who asks. */
    Element toElement(String namespace) {
        return Element.of(NAME, namespace)
                .with("default", standard.wire())
                .with(list("always", always, namespace), list("never", never, namespace));
    }

    private static Element list(String name, Set<Jid> jids, String namespace) {
        return Element.of(name, namespace)
                .with(jids.stream()
                        .map(jid -> Element.text("jid", namespace, jid.toString()))
                        .toList());
    }

    /** @throws Refusal if that is no {@code <prefs/>}, or one with more than {@code most} entities */
    static Preferences read(Element prefs, int most) {
        var wanted = read(prefs);
        int entities = wanted.always().size() + wanted.never().size();
        if (entities > most) {
            throw new Refusal(Condition.POLICY_VIOLATION, "%d entities, %d are allowed", entities, most);
        }
        return wanted;
    }

    /** @throws Refusal if that is no {@code <prefs/>} */
    static Preferences read(Element prefs) {
        String standard = prefs.attribute("default", "");
        return new Preferences(
                Policy.of(standard)
                        .orElseThrow(() -> Refusal.badRequest(
                                "default is '%s', allowed are always, roster and never (XEP-0441 section 2.1.1)",
                                standard)),
                jids(prefs, "always"),
                jids(prefs, "never"));
    }

    private static Set<Jid> jids(Element prefs, String name) {
        var lists = prefs.elements(name, prefs.namespace());
        Refusal.unless(lists.size() <= 1, "%d lists '%s', one is allowed (XEP-0441 section 2.1)", lists.size(), name);
        var jids = new LinkedHashSet<Jid>();
        for (Element list : lists) {
            list.elements("jid", prefs.namespace()).forEach(jid -> jids.add(jid(jid.text())));
        }
        return jids;
    }

    private static Jid jid(String text) {
        return Jid.parse(text.strip())
                .orElseThrow(() -> Refusal.badRequest("'%s' is no JID (RFC 7622 section 3)", text));
    }
}
