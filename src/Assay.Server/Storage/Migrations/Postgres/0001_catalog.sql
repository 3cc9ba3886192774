-- Designs, lifecycle, keys and audit. Times are microseconds since the Unix epoch (UTC). Texts are compared by their bytes, as on SQLite.

create table experiments (
  key        text collate "C" not null primary key,
  version    integer not null,
  status     text    not null,
  iteration  integer not null,
  epoch      integer not null,
  created_at bigint  not null,
  started_at bigint,
  stopped_at bigint,
  closes_at  bigint,
  search     text    not null, -- key and name, lower case
  design     text    not null, -- JSON
  plan       text    not null  -- JSON
);

create table access_keys (
  id         text   not null primary key,
  hash       text   not null unique, -- SHA-256 of the secret, hex
  scope      text   not null,
  created_at bigint not null
);

create table audit (
  number     bigint generated always as identity primary key,
  at         bigint not null,
  actor      text   not null,
  action     text   not null,
  experiment text,
  detail     text   not null -- JSON
);

create index audit_by_experiment on audit (experiment, number);

-- What happened cannot be made not to have happened.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end $$;

create trigger audit_keeps_what_it_said before update or delete on audit for each row execute function audit_is_append_only();
create trigger audit_is_never_emptied before truncate on audit for each statement execute function audit_is_append_only();

-- Every process remembers experiments; whoever changes one tells the others, at the commit.
create function tell_changed_experiment() returns trigger language plpgsql as $$
begin
  perform pg_notify('assay_experiment', coalesce(new.key, old.key));
  return null;
end $$;

create trigger experiments_are_told after insert or update or delete on experiments for each row execute function tell_changed_experiment();
