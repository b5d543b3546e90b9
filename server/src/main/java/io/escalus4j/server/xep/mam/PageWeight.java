package io.escalus4j.server.xep.mam;

import io.escalus4j.server.store.ArchivePage;
import io.escalus4j.server.store.Archived;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes pages short that are too heavy: what is left out comes with the next one. Pure. */
final class PageWeight {
    private PageWeight() {}

    /** The part that comes first in the direction of the request, at least one message. */
    static ArchivePage cut(ArchivePage page, ArchiveRequest request, ArchiveConfig config) {
        boolean backwards = request.slice().backwards();
        var inOrder = new ArrayList<>(page.messages());
        if (backwards) {
            Collections.reverse(inOrder);
        }
        int kept = kept(inOrder, config.pageBytes());
        if (kept == inOrder.size()) {
            return page;
        }
        int left = inOrder.size() - kept;
        var messages = page.messages();
        return backwards
                ? new ArchivePage(
                        messages.subList(left, messages.size()),
                        false,
                        page.count().map(c -> moved(c, left)))
                : new ArchivePage(messages.subList(0, kept), false, page.count());
    }

    private static ArchivePage.Count moved(ArchivePage.Count count, int by) {
        return new ArchivePage.Count(count.total(), count.index() + by);
    }

    private static int kept(List<Archived> messages, int bytes) {
        long weight = 0;
        for (int i = 0; i < messages.size(); i++) {
            weight += messages.get(i).stanza().size();
            if (i > 0 && weight > bytes) {
                return i;
            }
        }
        return messages.size();
    }
}
