package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which page is wanted, as it is written. */
class PageWishTest {
    private static final ArchiveConfig CONFIG = ArchiveConfig.STANDARD;

    private static ArchiveSlice read(String children) {
        Element query = Element.parse("<query xmlns='urn:xmpp:mam:2'>" + children + "</query>");
        return PageWish.read(query, text -> new ArchiveId(Long.parseLong(text)), CONFIG);
    }

    private static ArchiveSlice page(String wishes) {
        return read("<set xmlns='http://jabber.org/protocol/rsm'>" + wishes + "</set>");
    }

    @Test
    void who_wants_no_page_gets_the_first_one() {
        assertThat(read("")).isEqualTo(ArchiveSlice.first(CONFIG.page()));
        assertThat(page("")).isEqualTo(ArchiveSlice.first(CONFIG.page()));
        assertThat(read("<set xmlns='urn:none'><max>1</max></set>")).isEqualTo(ArchiveSlice.first(CONFIG.page()));
    }

    @Test
    void a_page_is_as_long_as_is_wanted_and_no_longer_than_may_be() {
        assertThat(page("<max>7</max>").max()).isEqualTo(7);
        assertThat(page("<max>0</max>").max()).isZero();
        assertThat(page("<max> 7\n</max>").max()).isEqualTo(7);
        assertThat(page("<max>101</max>").max()).isEqualTo(100);
        assertThat(page("<max>99999999999999999999</max>").max()).isEqualTo(100);
        assertThat(page("<max>0000000000007</max>").max()).isLessThanOrEqualTo(100);
    }

    @Test
    void where_it_begins_is_said_in_one_way() {
        assertThat(page("<max>3</max><after>5</after>")).isEqualTo(ArchiveSlice.after(new ArchiveId(5), 3));
        assertThat(page("<max>3</max><before>5</before>")).isEqualTo(ArchiveSlice.before(new ArchiveId(5), 3));
        assertThat(page("<max>3</max><before/>")).isEqualTo(ArchiveSlice.last(3));
        assertThat(page("<max>3</max><after/>")).isEqualTo(ArchiveSlice.first(3));
        assertThat(page("<max>3</max><index>5</index>")).isEqualTo(ArchiveSlice.from(5, 3));
        assertThat(page("<index>99999999999</index>").index()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<max>-1</max>",
                "<max/>",
                "<max>many</max>",
                "<max>1.0</max>",
                "<max>+1</max>",
                "<max>٣</max>",
                "<index>-1</index>",
                "<index/>",
                "<max>1</max><max>1</max>",
                "<after>1</after><after>1</after>",
                "<after>1</after><before>9</before>",
                "<before/><index>1</index>",
                "<after>1</after><index>1</index>"
            })
    void what_is_no_page_is_refused(String wishes) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> page(wishes))
                .satisfies(refusal -> assertThat(refusal.error().condition()).isEqualTo(Condition.BAD_REQUEST));
    }

    @Test
    void two_pages_are_not_wanted_at_once() {
        String set = "<set xmlns='http://jabber.org/protocol/rsm'/>";

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(set + set));
    }
}
