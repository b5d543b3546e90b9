-- Tokens that clients log in with instead of a password (XEP-0484): of each client one in use and one that is not used yet.

create table fast_token (
    owner varchar not null,
    client varchar not null,
    unused boolean not null,
    mechanism varchar not null,
    hash bytea not null,
    expires_at timestamp with time zone not null,
    uses bigint not null,
    primary key (owner, client, unused)
);
