package io.escalus4j.control;

import java.util.Arrays;

/** Reads the text format of Prometheus, as far as stories ask: the sum of the samples of one name with some labels. */
record Metrics(String text) {
    /** @param labels each as {@code kind="iq"}; all of them must be there */
    double sum(String name, String... labels) {
        return text.lines()
                .filter(line -> isOf(line, name) && Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static boolean isOf(String line, String name) {
        return line.startsWith(name) && line.length() > name.length() && "{ ".indexOf(line.charAt(name.length())) >= 0;
    }
}
