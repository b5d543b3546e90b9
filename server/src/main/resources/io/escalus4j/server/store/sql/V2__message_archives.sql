-- Message archives (XEP-0313). An id is the microsecond and the number of the server, so it is the order, and the age.

create table archived (
    owner varchar not null,
    id bigint not null,
    peer varchar not null,
    peer_bare varchar not null,
    reference varchar,
    stanza varchar not null,
    primary key (owner, id)
);
create index archived_by_peer on archived (owner, peer_bare, id);
create index archived_by_id on archived (id);
