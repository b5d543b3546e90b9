package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlWriter;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The opening tag that a client sent (RFC 6120 section 4.7). */
record StreamHeader(Element sent) {
    private static final Pattern VERSION = Pattern.compile("0*[1-9][0-9]{0,8}\\.[0-9]{1,9}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}");

    /** What is wrong with it, for a server that answers for {@code domains}. */
    Optional<StreamError> fault(Collection<String> domains) {
        return nameFault().or(this::versionFault).or(() -> addressFault(domains));
    }

    private Optional<StreamError> nameFault() {
        if (!sent.namespace().equals(Ns.STREAMS)) {
            return fault(
                    Condition.INVALID_NAMESPACE,
                    "stream namespace '%s', '%s' is allowed (RFC 6120 section 4.8.1)",
                    sent.namespace(),
                    Ns.STREAMS);
        }
        if (!sent.name().equals("stream")) {
            return fault(
                    Condition.BAD_FORMAT, "'%s' opens no stream, 'stream' does (RFC 6120 section 4.2)", sent.name());
        }
        String content = content();
        return content.equals(Ns.CLIENT)
                ? Optional.empty()
                : fault(
                        Condition.INVALID_NAMESPACE,
                        "content namespace '%s', '%s' is allowed (RFC 6120 section 4.8.2)",
                        content,
                        Ns.CLIENT);
    }

    /** A header whose own default namespace is the stream's leaves it to each stanza to say what it is (section 4.8.5). */
    private String content() {
        String declared = sent.attribute("xmlns", "");
        return sent.prefix().isEmpty() && declared.equals(Ns.STREAMS) ? Ns.CLIENT : declared;
    }

    private Optional<StreamError> versionFault() {
        String version = sent.attribute("version", "0.9");
        return VERSION.matcher(version).matches()
                ? Optional.empty()
                : fault(
                        Condition.UNSUPPORTED_VERSION,
                        "version '%s', at least 1.0 is allowed (RFC 6120 section 4.7.5)",
                        version);
    }

    private Optional<StreamError> addressFault(Collection<String> domains) {
        if (sent.attribute("to").isEmpty()) {
            return fault(Condition.IMPROPER_ADDRESSING, "no 'to', name the domain (RFC 6120 section 4.7.2)");
        }
        return domains.contains(to())
                ? Optional.empty()
                : fault(
                        Condition.HOST_UNKNOWN,
                        "'%s' is not served here (RFC 6120 section 4.9.3.6)",
                        sent.attribute("to", ""));
    }

    private static Optional<StreamError> fault(Condition condition, String text, Object... args) {
        return Optional.of(StreamError.of(condition, text, args));
    }

    /** The domain that it is for, empty if it names none. */
    String to() {
        return sent.attribute("to")
                .flatMap(Jid::parse)
                .filter(Jid::isDomain)
                .map(Jid::domain)
                .orElse("");
    }

    /** The language of whatever the client sends without saying so (section 4.7.4). */
    Optional<String> language() {
        return sent.attribute("xml:lang").filter(tag -> LANGUAGE.matcher(tag).matches());
    }

    /** Our header that answers this one, its {@code from} is {@code domain}; our words are English (section 4.7.4). */
    Element answer(String domain, String id) {
        return answer(domain, id, language().filter(StreamHeader::isEnglish).orElse("en"))
                .with(
                        "to",
                        sent.attribute("from")
                                .flatMap(Jid::parse)
                                .map(from -> from.bare().toString()));
    }

    private static boolean isEnglish(String language) {
        return language.toLowerCase(Locale.ROOT).split("-")[0].equals("en");
    }

    /** Our header on a stream whose client has not got so far. */
    static Element unasked(String domain, String id) {
        return answer(domain, id, "en");
    }

    private static Element answer(String domain, String id, String language) {
        return XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT)
                .with("id", id)
                .with("from", domain)
                .with("version", "1.0")
                .with("xml:lang", language);
    }
}
