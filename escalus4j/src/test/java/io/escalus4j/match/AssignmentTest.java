package io.escalus4j.match;

import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static io.escalus4j.match.People.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void a_broad_matcher_that_comes_first_starves_nobody() {
        var one = chat(ALICE, BOB, "one");
        var two = chat(ALICE, BOB, "two");

        var found = Assignment.best(
                List.of(message(), chatMessage(), chatMessage("one")), List.of(one, two, chat(BOB, ALICE, "three")));

        assertThat(found.isComplete()).isTrue();
        assertThat(found.pairs()).hasSize(3).anyMatch(pair -> pair.matcher() == 2 && pair.stanza() == 0);
    }

    @Test
    void what_is_left_is_listed_on_both_sides_with_reasons() {
        var one = chat(ALICE, BOB, "one");
        var presence = People.presence();

        var found = Assignment.best(List.of(chatMessage("one"), chatMessage("two")), List.of(presence, one));

        assertThat(found.isSatisfied()).isFalse();
        assertThat(found.unmatched()).extracting(Matcher::describe).containsExactly("chat message \"two\"");
        assertThat(found.left()).containsExactly(presence);
        assertThat(found.taken()).containsExactly(one);
        assertThat(found.grid().get(1).get(1).claims()).contains(new Claim(false, "body is 'two', but was 'one'"));
        assertThat(found.grid().get(1).get(0).failures()).isEqualTo(3);
    }

    @Test
    void stanzas_that_nobody_wanted_do_not_spoil_satisfaction_but_completeness() {
        var found = Assignment.best(List.of(available()), List.of(chat(ALICE, BOB, "x"), People.presence()));

        assertThat(found.isSatisfied()).isTrue();
        assertThat(found.isComplete()).isFalse();
        assertThat(Assignment.best(List.of(), List.of()).isComplete()).isTrue();
        assertThat(Assignment.best(List.of(message()), List.of()).isSatisfied()).isFalse();
    }

    @RepeatedTest(200)
    void no_assignment_of_the_same_is_larger(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        int rights = random.nextInt(7);
        var fits = new BitSet[random.nextInt(7)];
        for (int i = 0; i < fits.length; i++) {
            fits[i] = new BitSet();
            IntStream.range(0, rights).filter(right -> random.nextInt(3) == 0).forEach(fits[i]::set);
        }

        int[] got = Pairing.best(fits, rights);

        var used = IntStream.of(got).filter(right -> right >= 0).boxed().toList();
        assertThat(used).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, got.length).filter(left -> got[left] >= 0))
                .allMatch(left -> fits[left].get(got[left]));
        assertThat(used).hasSize(largest(fits, 0, new BitSet()));
    }

    /** By trying everything. */
    private static int largest(BitSet[] fits, int left, BitSet taken) {
        if (left == fits.length) {
            return 0;
        }
        int best = largest(fits, left + 1, taken);
        for (int right = fits[left].nextSetBit(0); right >= 0; right = fits[left].nextSetBit(right + 1)) {
            if (!taken.get(right)) {
                taken.set(right);
                best = Math.max(best, 1 + largest(fits, left + 1, taken));
                taken.clear(right);
            }
        }
        return best;
    }

    @Test
    void a_chain_of_thousands_that_all_have_to_move_is_no_trouble() {
        int size = 3_000;
        var fits = new ArrayList<BitSet>();
        for (int i = 0; i < size; i++) {
            var row = new BitSet();
            row.set(i);
            row.set(Math.min(i + 1, size - 1));
            fits.add(row);
        }
        var last = new BitSet();
        last.set(0);
        fits.set(size - 1, last);
        Collections.rotate(fits, 1);

        assertThat(Pairing.best(fits.toArray(BitSet[]::new), size)).doesNotContain(-1);
    }
}
