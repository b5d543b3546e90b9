package io.escalus4j.exml;

import java.util.Arrays;

/** A valid qualified name and the bytes that it was read from. */
record Name(String prefix, String local, byte[] bytes) {
    boolean isWrittenAs(byte[] source, int from, int to) {
        return Arrays.equals(bytes, 0, bytes.length, source, from, to);
    }

    String qualified() {
        return prefix.isEmpty() ? local : prefix + ':' + local;
    }

    boolean isDeclaration() {
        return prefix.isEmpty() ? local.equals("xmlns") : prefix.equals("xmlns");
    }
}
