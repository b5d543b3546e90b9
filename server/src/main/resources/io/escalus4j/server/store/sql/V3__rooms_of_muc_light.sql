-- A room is gone with its last occupant, and all that it has goes with it.

create table light_room (
    jid varchar not null primary key,
    version varchar not null
);

create table light_occupant (
    room varchar not null references light_room (jid) on delete cascade,
    occupant varchar not null,
    affiliation varchar not null,
    primary key (room, occupant)
);
create index light_occupant_by_occupant on light_occupant (occupant, room);

create table light_setting (
    room varchar not null references light_room (jid) on delete cascade,
    field varchar not null,
    content varchar not null,
    primary key (room, field)
);

-- Who does not want to be added by whom, or to which room.
create table light_denial (
    owner varchar not null,
    kind varchar not null,
    denied varchar not null,
    primary key (owner, kind, denied)
);
