-- Every entry of the audit carries the hash of itself and of all before it. Entries from before have none of their own; the first hash after them covers them.

alter table audit add column hash text; -- SHA-256, hex

-- Whoever appends takes this row, so that one entry follows one.
create table audit_turn (
  taken bigint not null
);

insert into audit_turn (taken) values (0);
