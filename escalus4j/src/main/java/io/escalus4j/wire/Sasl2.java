package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The step that authenticates by the extensible profile (XEP-0388), together with all that may come along: a resource
 * (XEP-0386), a session to go on with (XEP-0198), a token for the next time (XEP-0484). Immutable.
 *
 * <pre>{@code
 * settings.withSteps(Steps.openStream(), Steps.startTls(),
 *     Sasl2.login().as(UserAgent.fresh("AwesomeXMPP")).binding("AwesomeXMPP").managed().requestingToken("HT-SHA-256-ENDP"));
 * }</pre>
 */
public final class Sasl2 implements ConnectionStep {
    private Optional<UserAgent> agent = Optional.empty();
    private Optional<Element> bind = Optional.empty();
    private Optional<Resumption> resumption = Optional.empty();
    private Optional<String> wanted = Optional.empty();
    private Optional<FastToken> token = Optional.empty();
    private Optional<Element> fast = Optional.empty();
    private List<Element> others = List.of();

    private record Resumption(StreamManagement former, long h) {}

    private Sasl2() {}

    /** Authenticates, and nothing else: a resource is bound by {@link Steps#bind}. */
    public static Sasl2 login() {
        return new Sasl2();
    }

    /** Only a copy that nobody has seen yet is ever changed. */
    private Sasl2 copy(Consumer<Sasl2> change) {
        var copy = new Sasl2();
        copy.agent = agent;
        copy.bind = bind;
        copy.resumption = resumption;
        copy.wanted = wanted;
        copy.token = token;
        copy.fast = fast;
        copy.others = others;
        change.accept(copy);
        return copy;
    }

    /** Says which installation this is; tokens are given to those only. */
    public Sasl2 as(UserAgent agent) {
        return copy(copy -> copy.agent = Optional.of(agent));
    }

    /**
     * Binds a resource (XEP-0386).
     *
     * @param tag what the resource shall begin with, may be empty
     * @param features to enable for the session, for example {@code <enable xmlns='urn:xmpp:carbons:2'/>}
     */
    public Sasl2 binding(String tag, Element... features) {
        Element empty = Element.of("bind", Ns.BIND2);
        Element tagged = tag.isEmpty() ? empty : empty.with(Element.text("tag", Ns.BIND2, tag));
        return copy(copy -> copy.bind = Optional.of(tagged.with(List.of(features))));
    }

    /** Has the stream that is bound managed, and resumable (XEP-0198 section 9.1). */
    public Sasl2 managed() {
        Element enable = Element.of("enable", StreamManagement.NS).with("resume", "true");
        return copy(copy -> copy.bind =
                Optional.of(bind.orElseGet(() -> Element.of("bind", Ns.BIND2)).with(enable)));
    }

    /** Goes on with a session if that is still there, and otherwise binds what {@link #binding} says (XEP-0198 section 9.2). */
    public Sasl2 resuming(StreamManagement former, long h) {
        return copy(copy -> copy.resumption = Optional.of(new Resumption(former, h)));
    }

    /** Asks for a token to log in with next time, for this mechanism (XEP-0484 section 3.2). */
    public Sasl2 requestingToken(String mechanism) {
        return copy(copy -> copy.wanted = Optional.of(mechanism));
    }

    /** Logs in with a token. */
    public Sasl2 byToken(FastToken token) {
        return byToken(token, Element.of("fast", Ns.FAST));
    }

    /** Logs in with a token for the {@code count}th time: none that is not above the last one is accepted. */
    public Sasl2 byToken(FastToken token, int count) {
        return byToken(token, Element.of("fast", Ns.FAST).with("count", Integer.toString(count)));
    }

    /** Logs in with a token for the last time (section 3.5). */
    public Sasl2 byTokenAtLast(FastToken token) {
        return byToken(token, Element.of("fast", Ns.FAST).with("invalidate", "true"));
    }

    private Sasl2 byToken(FastToken known, Element used) {
        return copy(copy -> {
            copy.token = Optional.of(known);
            copy.fast = Optional.of(used);
        });
    }

    /** Adds something else to the request. */
    public Sasl2 with(Element child) {
        var more = new ArrayList<>(others);
        more.add(child);
        return copy(copy -> copy.others = List.copyOf(more));
    }

    @Override
    public String name() {
        return "sasl2";
    }

    @Override
    public Features run(Connection connection, Features features) throws IOException {
        if (!features.has("authentication", Ns.SASL2)) {
            throw new IOException("the server does not offer SASL2 (XEP-0388 section 2.1)");
        }
        connection.offered(SaslOffer.extensible(features));
        SaslMechanism mechanism = token.<SaslMechanism>map(HashedToken::new)
                .orElseGet(() -> connection.settings().mechanisms().choose(connection));
        SaslExchange exchange = mechanism.begin(connection);
        Element success = exchanged(connection, mechanism, exchange);
        exchange.finish(
                success.child("additional-data", Ns.SASL2).map(Steps::unwrapped).orElse(new byte[0]));
        connection.log(mechanism.name() + " by SASL2");
        return established(connection, success);
    }

    private Element exchanged(Connection connection, SaslMechanism mechanism, SaslExchange exchange)
            throws IOException {
        connection.send(request(mechanism.name(), exchange));
        Element answer = connection.receive("an answer to <authenticate/>");
        while (answer.is("challenge", Ns.SASL2)) {
            connection.send(
                    Element.text("response", Ns.SASL2, Steps.wrapped(exchange.respond(Steps.unwrapped(answer)))));
            answer = connection.receive("an answer to <response/>");
        }
        if (answer.is("continue", Ns.SASL2)) {
            throw new IOException("the server wants one of the tasks %s, we know none (XEP-0388 section 2.6.3)"
                    .formatted(tasks(answer)));
        }
        if (!answer.is("success", Ns.SASL2)) {
            throw RefusedException.authentication(mechanism.name(), answer);
        }
        return answer;
    }

    private static String tasks(Element answer) {
        return answer.elements("tasks", Ns.SASL2).stream()
                .flatMap(tasks -> tasks.elements("task", Ns.SASL2).stream())
                .map(Element::text)
                .collect(Collectors.joining(" "));
    }

    private Element request(String mechanism, SaslExchange exchange) {
        Element request = Element.of("authenticate", Ns.SASL2).with("mechanism", mechanism);
        var children = new ArrayList<Element>();
        exchange.initialResponse()
                .map(first -> Element.text("initial-response", Ns.SASL2, Steps.wrapped(first)))
                .ifPresent(children::add);
        agent.map(UserAgent::element).ifPresent(children::add);
        resumption.map(Sasl2::resume).ifPresent(children::add);
        bind.ifPresent(children::add);
        wanted.map(name -> Element.of("request-token", Ns.FAST).with("mechanism", name))
                .ifPresent(children::add);
        fast.ifPresent(children::add);
        children.addAll(others);
        return request.with(children);
    }

    private static Element resume(Resumption resumption) {
        return ManagementSteps.request(resumption.former(), resumption.h());
    }

    // ---- what has come of it

    private Features established(Connection connection, Element success) throws IOException {
        success.child("token", Ns.FAST)
                .ifPresent(told -> connection.token(FastToken.of(
                        wanted.or(() -> token.map(FastToken::mechanism)).orElse(""), told)));
        Optional<Element> resumed = success.child("resumed", StreamManagement.NS);
        if (resumed.isPresent() && resumption.isPresent()) {
            ManagementSteps.resumed(
                    connection, resumption.get().former(), resumption.get().h(), resumed.get());
            return Features.NONE; // none are sent then (XEP-0198 section 9.2)
        }
        success.child("failed", StreamManagement.NS).ifPresent(failed -> connection.log("not resumed"));
        success.child("bound", Ns.BIND2).ifPresent(bound -> bound(connection, success, bound));
        return connection.features();
    }

    private static void bound(Connection connection, Element success, Element bound) {
        connection.bound(success.childText("authorization-identifier").orElse(""));
        bound.child("enabled", StreamManagement.NS).ifPresent(enabled -> ManagementSteps.enabled(connection, enabled));
    }
}
