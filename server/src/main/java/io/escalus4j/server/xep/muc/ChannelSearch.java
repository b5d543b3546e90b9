package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.store.MucRooms.Listed;
import io.escalus4j.server.store.MucRooms.Words;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.ResultSet;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds rooms by words (XEP-0433), of those that lists have. Immutable. */
final class ChannelSearch implements Extension {
    private static final String BASE = "urn:xmpp:channel-search:0";
    static final String NS = BASE + ":search";
    private static final String PARAMS = BASE + ":search-params";
    private static final String ERRORS = BASE + ":error";
    private static final String BY_USERS = "{" + BASE + ":order}nusers";
    private static final String BY_ADDRESS = "{" + BASE + ":order}address";
    private static final String XEP_45 = "xep-0045";

    /** Of the rooms that are kept and nobody is in a search finds so many; then it takes more words. */
    private static final int MOST_KEPT = 1000;

    private static final int MOST_WORDS = 20;

    private final MucRooms kept;
    private final int perPage;

    ChannelSearch(MucRooms kept, int perPage) {
        this.kept = kept;
        this.perPage = perPage;
    }

    @Override
    public Xep xep() {
        return new Xep(433, "Extended Channel Search", "0.1.0");
    }

    @Override
    public List<String> serviceFeatures() {
        return List.of(NS);
    }

    /** What somebody looks for. */
    private record Wish(DataForm form) {
        Optional<String> words() {
            return form.value("q");
        }

        boolean is(String field, boolean otherwise) {
            return form.value(field)
                    .map(value -> value.equals("1") || value.equals("true"))
                    .orElse(otherwise);
        }

        String key() {
            return form.value("key").orElse(BY_USERS);
        }

        boolean matches(RoomCard card) {
            return admits(card) && (is("all", false) || contains(card));
        }

        /** Whatever it has words of. */
        boolean admits(RoomCard card) {
            boolean isOfType =
                    form.field("types").isEmpty() || form.values("types").contains(XEP_45);
            return isOfType && card.users() >= fewest();
        }

        private int fewest() {
            return form.value("min_users")
                    .filter(text -> text.matches("[0-9]{1,6}"))
                    .map(Integer::parseInt)
                    .orElse(0);
        }

        private boolean contains(RoomCard card) {
            String text = (inName() ? card.name() + '\n' : "")
                    + (inDescription() ? card.config().text(Option.DESCRIPTION) + '\n' : "")
                    + (inAddress() ? card.jid() : "");
            String lower = text.toLowerCase(Locale.ROOT);
            return split().stream().allMatch(lower::contains);
        }

        private boolean inName() {
            return is("sinname", true);
        }

        private boolean inDescription() {
            return is("sindescription", true);
        }

        private boolean inAddress() {
            return is("sinaddr", is("sinaddress", true));
        }

        List<String> split() {
            return List.of(words().orElse("").toLowerCase(Locale.ROOT).strip().split("\\s+"));
        }

        /** For rooms that are not in memory. */
        Words inLists() {
            return new Words(is("all", false) ? List.of() : split(), inName(), inDescription(), inAddress());
        }
    }

    // ---- the form

    Reply form() {
        return Reply.result(Element.of("search", NS)
                .with(DataForm.asking(PARAMS, "Search for rooms", "Give words, or ask for all.")
                        .with(FormField.of("q", Kind.TEXT_SINGLE, "Search for"))
                        .with(FormField.of("all", Kind.BOOLEAN, "Return all entries (ignore search terms)"))
                        .with(truly("sinname", "Search in name"))
                        .with(truly("sindescription", "Search in description"))
                        .with(truly("sinaddr", "Search in address"))
                        .with(FormField.of("min_users", Kind.TEXT_SINGLE, "Minimum number of users")
                                .with("0"))
                        .with(FormField.of("types", Kind.LIST_MULTI, "Service types")
                                .with(XEP_45)
                                .withOptions(XEP_45))
                        .with(FormField.of("key", Kind.LIST_SINGLE, "Sort results by")
                                .with(BY_USERS)
                                .withOptions(BY_USERS, BY_ADDRESS))
                        .toElement()));
    }

    private static FormField truly(String field, String label) {
        return FormField.of(field, Kind.BOOLEAN, label).with("true");
    }

    // ---- the search

    /** @param cards of the rooms in memory, which is where all are that somebody is in */
    Reply search(Element search, List<RoomCard> cards) {
        var form = DataForm.in(search);
        if (form.isEmpty() || !form.get().value("FORM_TYPE").equals(Optional.of(PARAMS))) {
            return Reply.refused(Condition.BAD_REQUEST, "a form of %s is allowed", PARAMS);
        }
        var wish = new Wish(form.get());
        return fault(wish)
                .map(Reply::refused)
                .orElseGet(() -> Reply.later(kept.matching(wish.inLists(), MOST_KEPT)
                        .thenCompose(rooms -> page(search, found(wish, cards, rooms)))));
    }

    private static List<RoomCard> found(Wish wish, List<RoomCard> cards, List<Listed> kept) {
        var inMemory = cards.stream().map(RoomCard::jid).collect(Collectors.toSet());
        var others = kept.stream()
                .filter(room -> !inMemory.contains(room.jid()))
                .map(ChannelSearch::unloaded)
                .filter(wish::admits);
        return Stream.concat(cards.stream().filter(wish::matches), others)
                .sorted(order(wish))
                .toList();
    }

    /** What a list knows of a room that nobody is in. */
    private static RoomCard unloaded(Listed room) {
        return new RoomCard(room.jid(), RoomConfig.STANDARD.with(Option.NAME, room.name()), false, 0, Set.of());
    }

    private static Optional<StanzaError> fault(Wish wish) {
        boolean all = wish.is("all", false);
        if (!wish.key().equals(BY_USERS) && !wish.key().equals(BY_ADDRESS)) {
            return Optional.of(StanzaError.of(Condition.FEATURE_NOT_IMPLEMENTED)
                    .as(StanzaError.Type.MODIFY)
                    .with(Element.of("invalid-sort-key", ERRORS)));
        }
        if (all && wish.words().isPresent()) {
            return Optional.of(bad("conflicting-fields"));
        }
        if (wish.split().size() > MOST_WORDS) {
            return Optional.of(bad("invalid-search-terms"));
        }
        if (!all
                && wish.form().field("q").isPresent()
                && wish.words().filter(words -> !words.isBlank()).isEmpty()) {
            return Optional.of(bad("invalid-search-terms"));
        }
        return all || wish.words().isPresent()
                ? Optional.empty()
                : Optional.of(bad("no-search-conditions").as(StanzaError.Type.CANCEL));
    }

    private static StanzaError bad(String condition) {
        return StanzaError.of(Condition.BAD_REQUEST).with(Element.of(condition, ERRORS));
    }

    private static Comparator<RoomCard> order(Wish wish) {
        Comparator<RoomCard> byAddress = Comparator.comparing(card -> card.jid().toString());
        return wish.key().equals(BY_ADDRESS)
                ? byAddress
                : Comparator.comparingInt(RoomCard::users).reversed().thenComparing(byAddress);
    }

    private CompletionStage<Reply> page(Element search, List<RoomCard> found) {
        var page = ResultSet.page(search, found, card -> card.jid().toString(), perPage);
        if (page instanceof ResultSet.Outcome.Refused<RoomCard> refused) {
            return CompletableFuture.completedFuture(Reply.refused(refused.error()));
        }
        var rooms = ((ResultSet.Outcome.Found<RoomCard>) page).page();
        CompletionStage<List<Element>> children = CompletableFuture.completedFuture(new ArrayList<>());
        for (RoomCard card : rooms.items()) {
            children = children.thenCompose(before -> described(card).thenApply(item -> with(before, item)));
        }
        return children.thenApply(items -> Reply.result(Element.of("result", NS)
                .with(items)
                .with(rooms.set().map(List::of).orElse(List.of()))));
    }

    private static List<Element> with(List<Element> items, Element next) {
        items.add(next);
        return items;
    }

    /** With all that its configuration says, also of a room that nobody is in. */
    private CompletionStage<Element> described(RoomCard card) {
        return card.users() > 0
                ? CompletableFuture.completedFuture(item(card))
                : kept.find(card.jid())
                        .thenApply(room -> item(room.map(known -> card.with(RoomState.config(known)))
                                .orElse(card)));
    }

    private static Element item(RoomCard card) {
        RoomConfig config = card.config();
        boolean open = !config.isMembersOnly() && !config.is(Option.PROTECTED);
        var item = new ArrayList<Element>(List.of(text("name", card.name())));
        for (var described : List.of(Option.DESCRIPTION, Option.LANGUAGE)) {
            String said = config.text(described);
            if (!said.isEmpty()) {
                item.add(text(described.name().toLowerCase(Locale.ROOT), said));
            }
        }
        item.add(text("nusers", Integer.toString(card.users())));
        item.add(text("service-type", XEP_45));
        item.add(text("is-open", Boolean.toString(open)));
        item.add(
                text("anonymity-mode", config.isNonAnonymous() ? "{" + BASE + ":anonymity}none" : "muc_semianonymous"));
        return Element.of("item", NS).with("address", card.jid().toString()).with(item);
    }

    private static Element text(String name, String text) {
        return Element.text(name, NS, text);
    }
}
