package io.escalus4j.exml.bench;

import org.openjdk.jmh.results.RunResult;

/**
 * One line of JMH's results.
 *
 * @param subject the parser, or the sort of tree that is written
 * @param megabytes per second of processor time
 * @param stanzas per second of processor time
 * @param bytes allocated for one stanza
 */
record Measurement(
        String benchmark, String subject, String input, String chunk, double megabytes, double stanzas, double bytes) {
    static Measurement of(RunResult result) {
        var parameters = result.getParams();
        boolean parses = parameters.getBenchmark().contains("Parse");
        double operations = result.getPrimaryResult().getScore();
        var secondary = result.getSecondaryResults();
        double stanzas = secondary.get("stanzas").getScore();
        double nanos = secondary.get("nanos").getScore();
        return new Measurement(
                parses ? "parse" : "write",
                parameters.getParam(parses ? "parser" : "tree"),
                parameters.getParam("input"),
                parses ? parameters.getParam("chunk") : "0",
                secondary.get("bytes").getScore() / nanos * 1e3,
                stanzas / nanos * 1e9,
                secondary.get("gc.alloc.rate.norm").getScore() / (stanzas / operations));
    }

    /** What can be compared with each other, as a headline. */
    String group() {
        if (benchmark.equals("write")) {
            return "Writing";
        }
        return switch (chunk) {
            case "0" -> "Whole stanzas";
            case "1" -> "In chunks of one byte";
            default -> "In chunks of " + chunk + " bytes";
        };
    }
}
