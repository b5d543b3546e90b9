package io.escalus4j.match;

import javax.xml.namespace.QName;
import org.w3c.dom.Node;
import org.xmlunit.diff.Comparison;
import org.xmlunit.diff.ComparisonType;

/** Says one of XMLUnit's comparisons for people, for example {@code differs at /message/@type: wanted 'chat', was 'normal'}. */
final class DifferenceWords {
    private static final int LONGEST = 200;

    private DifferenceWords() {}

    static String of(Comparison comparison) {
        return "differs at %s: %s".formatted(path(comparison), words(comparison));
    }

    private static String path(Comparison comparison) {
        var wanted = comparison.getControlDetails();
        boolean whole = comparison.getType() == ComparisonType.CHILD_LOOKUP || wanted.getXPath() == null;
        String path = whole ? wanted.getParentXPath() : wanted.getXPath();
        return path == null ? "/" : path.replace("[1]", "");
    }

    private static String words(Comparison comparison) {
        Object wanted = comparison.getControlDetails().getValue();
        Object seen = comparison.getTestDetails().getValue();
        return switch (comparison.getType()) {
            case CHILD_LOOKUP ->
                lookup(node(comparison.getControlDetails()), node(comparison.getTestDetails()), wanted == null);
            case ATTR_NAME_LOOKUP -> lookup("attribute " + name(wanted), "attribute " + name(seen), wanted == null);
            case CHILD_NODELIST_SEQUENCE -> "wanted at place %s, was at %s".formatted(wanted, seen);
            case ELEMENT_TAG_NAME -> "wanted <%s/>, was <%s/>".formatted(wanted, seen);
            case NAMESPACE_URI -> "wanted namespace %s, was %s".formatted(quoted(wanted), quoted(seen));
            default -> "wanted %s, was %s".formatted(quoted(wanted), quoted(seen));
        };
    }

    private static String lookup(String wanted, String seen, boolean unwanted) {
        return unwanted ? seen + " was not wanted" : "wanted %s, was absent".formatted(wanted);
    }

    private static String node(Comparison.Detail detail) {
        Node node = detail.getTarget();
        if (node == null) {
            return "";
        }
        return node.getNodeType() == Node.TEXT_NODE
                ? "text " + quoted(node.getNodeValue())
                : Checks.tag(node.getLocalName(), node.getNamespaceURI() == null ? "" : node.getNamespaceURI());
    }

    private static String name(Object attribute) {
        return attribute instanceof QName name ? name.getLocalPart() : "";
    }

    private static String quoted(Object value) {
        String text = value == null ? "" : value.toString();
        return "'" + (text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...") + "'";
    }
}
