package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** SCRAM credentials (XEP-0227 section 4.3). They are read when the account is made, last of all. */
final class CredentialsSection implements Section {
    private static final String NS = "urn:xmpp:pie:0#scram";
    private static final String PREFIX = "SCRAM-";
    private static final Map<String, Integer> KEY_BYTES =
            Map.of("SHA-1", 20, "SHA-224", 28, "SHA-256", 32, "SHA-384", 48, "SHA-512", 64);

    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.accounts()
                .credentials(account)
                .thenApply(known -> known.stream()
                        .flatMap(credentials -> credentials.verifiers().stream())
                        .map(CredentialsSection::element)
                        .toList());
    }

    private static Element element(Credentials.Scram scram) {
        return Element.of("scram-credentials", NS)
                .with("mechanism", PREFIX + scram.hash())
                .with(
                        Element.text("iter-count", NS, "" + scram.iterations()),
                        bytes("salt", scram.salt()),
                        bytes("server-key", scram.serverKey()),
                        bytes("stored-key", scram.storedKey()));
    }

    private static Element bytes(String name, byte[] bytes) {
        return Element.text(name, NS, Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public boolean takes(Element child) {
        return child.is("scram-credentials", NS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        return () -> CompletableFuture.completedFuture(true);
    }

    /** All that {@code user} has, of hashes that are known here. */
    static Credentials of(Element user, Notes notes) {
        var seen = new java.util.HashSet<String>();
        var verifiers = user.elements("scram-credentials", NS).stream()
                .filter(scram -> isKnown(scram, notes))
                .map(CredentialsSection::verifier)
                .toList();
        for (var verifier : verifiers) {
            if (!seen.add(verifier.hash())) {
                throw new Portable.Unreadable(
                        user,
                        "mechanism SCRAM-%s is there twice, each may be there once (section 4.3)",
                        verifier.hash());
            }
        }
        return new Credentials(verifiers);
    }

    private static boolean isKnown(Element scram, Notes notes) {
        String mechanism = scram.attribute("mechanism", "");
        boolean known = mechanism.startsWith(PREFIX) && KEY_BYTES.containsKey(mechanism.substring(PREFIX.length()));
        if (!known) {
            notes.skipped(
                    scram, "mechanism '%s', known are SCRAM-SHA-1, -224, -256, -384 and -512".formatted(mechanism));
        }
        return known;
    }

    private static Credentials.Scram verifier(Element scram) {
        String hash = scram.attribute("mechanism", "").substring(PREFIX.length());
        return new Credentials.Scram(
                hash,
                bytes(scram, "salt", 0),
                iterations(scram),
                bytes(scram, "stored-key", KEY_BYTES.get(hash)),
                bytes(scram, "server-key", KEY_BYTES.get(hash)));
    }

    private static int iterations(Element scram) {
        String text = scram.childText("iter-count").orElse("");
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new Portable.Unreadable(
                    scram,
                    "iter-count is '%s', allowed is a positive integer without leading zeros (section 4.3)",
                    text);
        }
        return Integer.parseInt(text);
    }

    /** @param length that it must have; 0: any but none */
    private static byte[] bytes(Element scram, String name, int length) {
        String text = scram.childText(name).orElse("").strip();
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (length == 0 ? bytes.length > 0 : bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException noBase64) {
            // said below
        }
        throw new Portable.Unreadable(
                scram,
                "%s is '%s', allowed is %s in base64 (section 4.3)",
                name,
                text,
                length == 0 ? "at least one byte" : length + " bytes");
    }
}
