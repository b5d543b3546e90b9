-- Message archives (XEP-0313). An id is the microsecond and the number of the server, so it is the order, and the age.
-- The keys are hashes of owner and contact. There is one index with an entry somewhere in its middle for each row, and of
-- small numbers: a batch writes each page anew that it touches. It holds the contact too, so rows of others are passed over
-- without being read. Two names may have one key, so the names decide.

create table archived (
    id bigint not null,
    owner varchar not null,
    owner_key integer not null,
    peer_key integer not null,
    peer varchar not null,
    reference varchar,
    stanza varchar not null,
    primary key (id, owner)
);
create index archived_by_owner on archived (owner_key, id, peer_key);
