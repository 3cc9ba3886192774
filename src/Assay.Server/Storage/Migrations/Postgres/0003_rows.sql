-- What a row costs to put in: an id is 16 bytes, and a row's place in its batch is told but not looked up by.

-- An event's id: a UUID as it is, any other id (and a version 8 of a client's own) as the UUID that its SHA-256 makes (RFC 9562, version 8).
alter table events drop constraint events_pkey;
alter table events alter column id type uuid using case
  when id is null then null
  when id ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' and substr(id, 15, 1) <> '8' then id::uuid
  else encode(
    set_byte(
      set_byte(
        substring(sha256(convert_to(id, 'UTF8')) from 1 for 16),
        6, (get_byte(sha256(convert_to(id, 'UTF8')), 6) & 15) | 128),
      8, (get_byte(sha256(convert_to(id, 'UTF8')), 8) & 63) | 128), 'hex')::uuid
end;
create index events_by_unit on events (unit);

alter table exposures drop constraint exposures_pkey;
create index exposures_by_unit on exposures (unit);
