package io.escalus4j.control;

import io.escalus4j.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The inside of the server, in a story: a parameter beside its clients. Thread-safe.
 *
 * <pre>{@code
 * @Story
 * void a_closed_stream_leaves_no_session(Client alice, WhiteBox server) {
 *     alice.close();
 *     server.eventually("sessions of alice", () -> server.sessions("alice").size()).is(0);
 * }
 * }</pre>
 *
 * <p>It is there on servers that let one look inside: ours, in this JVM or behind its control port. On any other a story
 * that asks for it does not apply.
 */
public final class WhiteBox {
    private final Insight insight;
    private final UnaryOperator<String> accounts;
    private final Duration timeout;
    private final String run;
    private final LogWatch log;
    private final ServerModules modules;
    private final long eventsSince;

    private WhiteBox(Insight insight, Story story) {
        this.insight = insight;
        this.accounts = story.accounts();
        this.timeout = story.timeout();
        this.run = story.run();
        this.eventsSince = insight.control().events(Long.MAX_VALUE).last();
        this.log = new LogWatch(insight, story.run(), story.name());
        this.modules = new ServerModules(insight, story.name() + " " + story.run(), story.note());
    }

    /**
     * Who looks inside.
     *
     * @param run what the names of its users end with
     * @param accounts the bare JID of whom the story calls so
     * @param note takes words for the history
     */
    public record Story(
            String name, String run, UnaryOperator<String> accounts, Duration timeout, Consumer<String> note) {}

    /** Opened with a story, to be ended with it. */
    public static WhiteBox open(Insight insight, Story story) {
        return new WhiteBox(insight, story);
    }

    /** The port itself; what is changed there stays changed. */
    public ServerControl control() {
        return insight.control();
    }

    // ---- what can be seen

    /** All sessions of the server, those of other stories too. */
    public List<SessionInfo> sessions() {
        return control().sessions();
    }

    /** The sessions of whom the story calls so, for example {@code alice}. */
    public List<SessionInfo> sessions(String user) {
        String account = accounts.apply(user) + '/';
        return sessions().stream()
                .filter(session -> session.jid().startsWith(account))
                .toList();
    }

    /**
     * The sum of the samples of this name, of the whole server: {@code metric("xmpp_stanzas_total", "kind=\"iq\"")}; 0 if
     * there is none.
     */
    public double metric(String name, String... labels) {
        return new Metrics(control().metrics()).sum(name, labels);
    }

    /** What has happened at this hook since the story began and concerns its users. */
    public List<HookEvent> events(String hook) {
        return control().events(eventsSince).entries().stream()
                .filter(event ->
                        event.hook().equals(hook) && event.jids().stream().anyMatch(jid -> jid.contains(run)))
                .toList();
    }

    /** What the server has logged since the story began, without what concerns users of other stories. */
    public List<LogLine> log() {
        return log.lines();
    }

    /** From here on a line with such a text is no fault; but it must come before the story is over. */
    public void expectLog(String regex) {
        log.expect(regex);
    }

    /** Waits for a value as long as the story's settings say, see {@link Eventually}. */
    public <T> Eventually<T> eventually(String what, Callable<? extends T> value) {
        return Eventually.<T>eventually(what, value).within(timeout);
    }

    // ---- what can be changed

    public ServerModules modules() {
        return modules;
    }

    // ---- the end

    /** Undoes what the story has changed. */
    public List<Throwable> restore() {
        return modules.restore();
    }

    /** What is wrong with the log, now that the story is over. */
    public List<Throwable> end(String level) {
        return new ArrayList<>(log.end(level));
    }
}
