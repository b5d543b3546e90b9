package io.escalus4j.exml;

/**
 * What one stream of XML may cost.
 *
 * @param elementBytes the bytes of one whole element at depth one, or of the stream's opening tag
 * @param depth how deep elements may nest, the stream's root included
 * @param attributes the attributes and namespace declarations of one element
 * @param nameBytes the bytes of one qualified name
 */
public record XmlLimits(int elementBytes, int depth, int attributes, int nameBytes) {
    /** 256 KiB, depth 64, 64 attributes, names of 1 KiB. */
    public static final XmlLimits STANDARD = new XmlLimits(256 * 1024, 64, 64, 1024);

    /** Elements of any size and depth, 1024 attributes, names of 64 KiB: for documents that are in memory already. */
    public static final XmlLimits IN_MEMORY = new XmlLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 1024, 64 * 1024);

    public XmlLimits {
        requirePositive("elementBytes", elementBytes);
        requirePositive("depth", depth);
        requirePositive("attributes", attributes);
        requirePositive("nameBytes", nameBytes);
    }

    public XmlLimits withElementBytes(int bytes) {
        return new XmlLimits(bytes, depth, attributes, nameBytes);
    }

    private static void requirePositive(String what, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("%s must be above 0, was %d".formatted(what, value));
        }
    }
}
