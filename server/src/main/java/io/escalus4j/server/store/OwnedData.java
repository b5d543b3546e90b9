package io.escalus4j.server.store;

/**
 * A port that keeps something for an account or a room. All of it goes in one transaction by {@link Stores#remove}; a new
 * port joins by forgetting an owner there, and by a section in the export of accounts (docs/storage.md). Tests find one
 * that does not.
 */
public interface OwnedData {}
