-- What rooms are looked for by, too (XEP-0433); those that are there have one when they are kept the next time.

alter table muc_room add column description varchar default '' not null;
