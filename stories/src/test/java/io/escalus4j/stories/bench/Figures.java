package io.escalus4j.stories.bench;

import java.util.List;
import java.util.Optional;

/** What was measured, of all servers; whatever is not there was not measured, and somewhere it says why. */
record Figures(List<Subject> subjects, List<Idle> idle, String setting) {

    /** A server with one kind of rooms. */
    record Subject(String name, String version, List<InRoom> rooms, Optional<Mobile> mobile, Optional<String> skipped) {
        static Subject skipped(String name, String reason) {
            return new Subject(name, "", List.of(), Optional.empty(), Optional.of(reason));
        }

        Optional<InRoom> room(int members) {
            return rooms.stream().filter(room -> room.members() == members).findFirst();
        }
    }

    /**
     * One room.
     *
     * @param driver processors that the clients used while the most was delivered: from 0.9 on they were the bottleneck
     */
    record InRoom(int members, Joining joining, Talk most, Talk half, double driver) {}

    /** Until everybody is in, and knows of everybody else as far as the protocol says so. */
    record Joining(double seconds, long bytes, long presences) {}

    /**
     * Some seconds of talk.
     *
     * @param micros of the server's processor time per delivery
     * @param p50 of the time from when a message was due to its delivery, in milliseconds
     */
    record Talk(double perSecond, double micros, double p50, double p99, long lost, long duplicates) {}

    /**
     * Everybody has reconnected once, which is ten minutes of a room whose users do so each ten minutes.
     *
     * @param bytes per user and hour: all that came in on a stream with a bound resource
     * @param presences per user and hour
     * @param scale how many times faster than in life it went
     */
    record Mobile(long bytes, long presences, double scale) {}

    /** @param inMemory how many rooms there were on the heap at the end */
    record Idle(String kind, int rooms, long bytes, int inMemory) {
        long bytesPerRoom() {
            return bytes / rooms;
        }
    }
}
