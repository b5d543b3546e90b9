-- Rooms that outlive their occupants; what goes on in one is known to its server alone.

create table muc_room (
    jid varchar not null primary key,
    called varchar not null,
    listed boolean not null,
    state varchar not null
);
create index muc_room_by_listing on muc_room (listed, jid);

create table muc_affiliation (
    room varchar not null references muc_room (jid) on delete cascade,
    entity varchar not null,
    affiliation varchar not null,
    nick varchar,
    reason varchar,
    primary key (room, entity)
);
create index muc_affiliation_by_entity on muc_affiliation (entity, room);
