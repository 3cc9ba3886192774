-- Designs, lifecycle, keys and audit. Times are microseconds since the Unix epoch (UTC).

create table experiments (
  key        text    not null primary key,
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
  number     integer primary key autoincrement,
  at         bigint not null,
  actor      text   not null,
  action     text   not null,
  experiment text,
  detail     text   not null -- JSON
);

create index audit_by_experiment on audit (experiment, number);

-- What happened cannot be made not to have happened.
create trigger audit_keeps_what_it_said before update on audit
begin
  select raise(abort, 'the audit is append-only');
end;

create trigger audit_forgets_nothing before delete on audit
begin
  select raise(abort, 'the audit is append-only');
end;
