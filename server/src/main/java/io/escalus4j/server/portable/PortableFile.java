package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of XEP-0227 with the files that it includes (section 5), taken apart into users. Confined to one reading.
 *
 * <p>What is wrong ends in an {@link IllegalArgumentException} that names the file, the line, what is there and what is
 * allowed.
 */
final class PortableFile {
    private static final String XINCLUDE = "http://www.w3.org/2001/XInclude";
    private static final int MOST_NESTED = 8;

    /** @param host as it is written */
    record User(PortableFile file, String host, Element element) {}

    private final Path path;
    private final int depth;
    private final Element root;
    private final LinesOf lines;
    private final Map<Path, PortableFile> included = new HashMap<>();

    private PortableFile(Path path, int depth) {
        this.path = path;
        this.depth = depth;
        byte[] bytes = bytes(path);
        this.root = parsed(path, bytes);
        this.lines = new LinesOf(bytes, root);
    }

    static PortableFile read(Path path) {
        return new PortableFile(path, 0);
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("%s cannot be read: there is no such file".formatted(path), missing);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "%s cannot be read: %s".formatted(path, unreadable.getMessage()), unreadable);
        }
    }

    private static Element parsed(Path path, byte[] bytes) {
        try {
            return Element.parse(bytes);
        } catch (XmlException broken) {
            throw new IllegalArgumentException(
                    "%s:%d: %s (https://www.w3.org/TR/xml)".formatted(path, broken.line(), broken.getMessage()),
                    broken);
        }
    }

    List<User> users() {
        if (!root.is("server-data", Portable.NS)) {
            throw unexpected(root, "server-data");
        }
        var users = new ArrayList<User>();
        for (Part host : parts(root, "host")) {
            String jid = host.file().required(host.element(), "jid");
            host.file()
                    .parts(host.element(), "user")
                    .forEach(user -> users.add(new User(user.file(), jid, user.element())));
        }
        return users;
    }

    private record Part(PortableFile file, Element element) {}

    /** The children called so, in this file or in one that stands in their place; those of other namespaces are nobody's here. */
    private List<Part> parts(Element parent, String name) {
        var parts = new ArrayList<Part>();
        for (Element child : parent.elements()) {
            if (child.is("include", XINCLUDE)) {
                parts.add(included(child).whole(name));
            } else if (child.is(name, Portable.NS)) {
                parts.add(new Part(this, child));
            } else if (child.namespace().equals(Portable.NS)) {
                throw unexpected(child, name);
            }
        }
        return parts;
    }

    private Part whole(String name) {
        if (!root.is(name, Portable.NS)) {
            throw unexpected(root, name);
        }
        return new Part(this, root);
    }

    private PortableFile included(Element include) {
        String href = required(include, "href");
        if (include.attribute("parse").isPresent()
                || include.attribute("xpointer").isPresent()
                || !isRelative(href)) {
            throw wrong(include, "an include of '%s', allowed is a relative href alone (XEP-0227 section 5)", href);
        }
        if (depth == MOST_NESTED) {
            throw wrong(include, "an include in %d others, so many are allowed (XEP-0227 section 5)", MOST_NESTED);
        }
        var file =
                path.toAbsolutePath().resolveSibling(URI.create(href).getPath()).normalize();
        return included.computeIfAbsent(file, it -> new PortableFile(it, depth + 1));
    }

    private static boolean isRelative(String href) {
        try {
            URI uri = URI.create(href);
            return !uri.isAbsolute()
                    && uri.getAuthority() == null
                    && uri.getPath() != null
                    && !uri.getPath().startsWith("/");
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    String required(Element element, String attribute) {
        return element.attribute(attribute)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> wrong(
                        element, "<%s> has no %s, it must have one (XEP-0227 section 4)", element.name(), attribute));
    }

    private IllegalArgumentException unexpected(Element saw, String allowed) {
        return wrong(
                saw,
                "<%s xmlns='%s'>, allowed here is <%s xmlns='%s'> (XEP-0227 section 4)",
                saw.name(),
                saw.namespace(),
                allowed,
                Portable.NS);
    }

    IllegalArgumentException wrong(Element element, String text, Object... args) {
        return new IllegalArgumentException(place(element) + ": " + text.formatted(args));
    }

    String place(Element element) {
        return path + ":" + lines.of(element);
    }
}
