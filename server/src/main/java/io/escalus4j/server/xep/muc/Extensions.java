package io.escalus4j.server.xep.muc;

import io.escalus4j.server.ServerContext;
import java.util.List;
import java.util.function.Function;

/** All that the rooms of one service keep beside XEP-0045. Immutable, its parts are thread-safe. */
record Extensions(
        SelfPing selfPing,
        OccupantIds occupantIds,
        Moderation moderation,
        Avatar avatar,
        HatCommands hats,
        ChannelSearch search) {

    static Extensions of(ServerContext context, MucConfig config) {
        return new Extensions(
                new SelfPing(),
                OccupantIds.of(context),
                new Moderation(new Speaking(context.archiveIds())),
                new Avatar(config.avatarBytes()),
                new HatCommands(),
                new ChannelSearch(context.stores().mucRooms(), config.roomsPerPage()));
    }

    List<Extension> all() {
        return List.of(selfPing, occupantIds, moderation, avatar, hats, search);
    }

    List<String> roomFeatures() {
        return features(Extension::roomFeatures);
    }

    List<String> serviceFeatures() {
        return features(Extension::serviceFeatures);
    }

    private List<String> features(Function<Extension, List<String>> of) {
        return all().stream().map(of).flatMap(List::stream).toList();
    }
}
