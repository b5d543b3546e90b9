package io.escalus4j.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xmlunit.diff.NodeMatcher;

/**
 * Tells XMLUnit which child to compare with which, when order does not matter and further children are allowed: first
 * as many as possible that are alike through and through, then those of the same name.
 */
final class Likeness implements NodeMatcher {

    @Override
    public Iterable<Entry<Node, Node>> match(Iterable<Node> wanted, Iterable<Node> seen) {
        var pairs = new ArrayList<Entry<Node, Node>>();
        pair(list(wanted), list(seen), pairs);
        return pairs;
    }

    private static List<Node> list(Iterable<Node> nodes) {
        var list = new ArrayList<Node>();
        nodes.forEach(list::add);
        return list;
    }

    private static void pair(List<Node> wanted, List<Node> seen, List<Entry<Node, Node>> pairs) {
        int[] alike = pairAlike(wanted, seen);
        var left = new ArrayList<>(seen);
        for (int i = 0; i < alike.length; i++) {
            if (alike[i] >= 0) {
                pairs.add(Map.entry(wanted.get(i), seen.get(alike[i])));
                left.remove(seen.get(alike[i]));
            }
        }
        for (int i = 0; i < alike.length; i++) {
            if (alike[i] < 0) {
                pairNamesake(wanted.get(i), left, pairs);
            }
        }
    }

    private static void pairNamesake(Node wanted, List<Node> left, List<Entry<Node, Node>> pairs) {
        left.stream().filter(node -> sameName(wanted, node)).findFirst().ifPresent(node -> {
            pairs.add(Map.entry(wanted, node));
            left.remove(node);
        });
    }

    private static int[] pairAlike(List<Node> wanted, List<Node> seen) {
        var fits = new BitSet[wanted.size()];
        for (int i = 0; i < fits.length; i++) {
            fits[i] = new BitSet(seen.size());
            for (int j = 0; j < seen.size(); j++) {
                fits[i].set(j, like(wanted.get(i), seen.get(j)));
            }
        }
        return Pairing.best(fits, seen.size());
    }

    private static boolean like(Node wanted, Node seen) {
        if (wanted instanceof Text text) {
            return seen instanceof Text other && text.getData().equals(other.getData());
        }
        return sameName(wanted, seen) && sameAttributes((Element) wanted, (Element) seen) && likeChildren(wanted, seen);
    }

    private static boolean likeChildren(Node wanted, Node seen) {
        for (int right : pairAlike(children(wanted), children(seen))) {
            if (right < 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Node> children(Node parent) {
        var children = new ArrayList<Node>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add(child);
        }
        return children;
    }

    private static boolean sameName(Node a, Node b) {
        return a.getNodeType() == b.getNodeType()
                && Objects.equals(a.getLocalName(), b.getLocalName())
                && Objects.equals(a.getNamespaceURI(), b.getNamespaceURI());
    }

    private static boolean sameAttributes(Element wanted, Element seen) {
        var attributes = wanted.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            String namespace = attribute.getNamespaceURI();
            String name = attribute.getLocalName();
            if (!seen.hasAttributeNS(namespace, name)
                    || !seen.getAttributeNS(namespace, name).equals(attribute.getNodeValue())) {
                return false;
            }
        }
        return true;
    }
}
