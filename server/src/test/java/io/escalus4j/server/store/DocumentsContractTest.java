package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Documents} must do, on each storage. */
class DocumentsContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final Element NOTES =
            Element.of("notes", "urn:example:notes").withText("milk & <bread>");
    private static final Element VCARD = Element.of("vCard", "vcard-temp").with(Element.of("FN"));

    private final Documents documents = stores.privateStorage();

    DocumentsContractTest(Storage storage) {
        super(storage);
    }

    @Test
    void a_document_comes_back_as_it_was() throws Exception {
        assertThat(await(documents.put(ALICE, "notes", NOTES, 10))).isTrue();
        assertThat(await(documents.find(ALICE, "notes"))).contains(NOTES);
    }

    @Test
    void there_is_nothing_under_another_key_or_account() throws Exception {
        await(documents.put(ALICE, "notes", NOTES, 10));

        assertThat(await(documents.find(ALICE, "other"))).isEmpty();
        assertThat(await(documents.find(BOB, "notes"))).isEmpty();
    }

    @Test
    void a_later_document_replaces_an_earlier_one() throws Exception {
        await(documents.put(ALICE, "key", NOTES, 10));
        await(documents.put(ALICE, "key", VCARD, 10));

        assertThat(await(documents.find(ALICE, "key"))).contains(VCARD);
    }

    @Test
    void one_too_many_is_refused_but_a_replacement_is_not() throws Exception {
        await(documents.put(ALICE, "one", NOTES, 1));

        assertThat(await(documents.put(ALICE, "two", NOTES, 1))).isFalse();
        assertThat(await(documents.find(ALICE, "two"))).isEmpty();
        assertThat(await(documents.put(ALICE, "one", VCARD, 1))).isTrue();
    }

    @Test
    void the_limit_holds_when_many_put_at_once() throws Exception {
        var kept = together(() -> await(documents.put(ALICE, UUID.randomUUID().toString(), NOTES, 5)));

        assertThat(kept.stream().filter(done -> done)).hasSize(5);
    }

    @Test
    void a_removed_document_is_gone_and_makes_room() throws Exception {
        await(documents.put(ALICE, "one", NOTES, 1));

        await(documents.remove(ALICE, "one"));
        await(documents.remove(ALICE, "never there"));

        assertThat(await(documents.find(ALICE, "one"))).isEmpty();
        assertThat(await(documents.put(ALICE, "two", NOTES, 1))).isTrue();
    }

    @Test
    void clearing_takes_all_of_one_account_and_nothing_of_another() throws Exception {
        await(documents.put(ALICE, "one", NOTES, 10));
        await(documents.put(ALICE, "two", NOTES, 10));
        await(documents.put(BOB, "one", NOTES, 10));

        await(stores.remove(ALICE));

        assertThat(await(documents.find(ALICE, "one"))).isEmpty();
        assertThat(await(documents.find(ALICE, "two"))).isEmpty();
        assertThat(await(documents.find(BOB, "one"))).contains(NOTES);
    }

    @Test
    void vcards_and_private_storage_are_two_things() throws Exception {
        await(stores.privateStorage().put(ALICE, "key", NOTES, 10));
        await(stores.vcards().put(ALICE, "key", VCARD, 10));

        assertThat(await(stores.privateStorage().find(ALICE, "key"))).contains(NOTES);
        assertThat(await(stores.vcards().find(ALICE, "key"))).contains(VCARD);
    }
}
