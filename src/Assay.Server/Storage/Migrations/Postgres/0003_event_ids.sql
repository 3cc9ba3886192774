-- An event's id in 16 bytes: a UUID as it is, any other id (and a version 8 of a client's own) as the UUID that its SHA-256 makes (RFC 9562, version 8).

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
