-- What a search looks into (XEP-0431), in small letters, and whether it was said in a room.

alter table archived add column words varchar;
alter table archived add column groupchat boolean default false not null;
