package io.escalus4j.exml;

/** What an element may hold: another {@link Element} or a run of {@link Text}. Immutable. */
public sealed interface Node permits Element, Text {}
