-- Units, exposures, events, covariates and what they add up to. Times are microseconds since the Unix epoch (UTC).

-- One row. Whoever takes a commit's number holds it until the commit is done: numbers are in the order of commits.
create table installation (
  only_one  boolean not null primary key default true check (only_one),
  watermark bigint  not null default 0,
  views     bigint  not null default 0 -- grows whenever an experiment is opened or its view replaced
);
insert into installation default values;

create sequence batches;

create table units (
  unit    bigint generated always as identity primary key,
  user_id text collate "C" not null unique
);

create table names (
  name    integer generated always as identity primary key,
  text    text collate "C" not null unique,
  last_at bigint -- latest corrected time of an event of this name
);

create table experiment_views (
  experiment        integer generated always as identity primary key,
  key               text collate "C" not null unique,
  revision          bigint not null default 0, -- grows with every change of this row or of what belongs to it
  view              text, -- JSON; null until opened
  touched_by        bigint not null default 0, -- watermark
  last_event_at     bigint,
  rearmed           bigint not null default 0,
  compacted_through bigint not null default 0
);

create table exposures (
  unit       bigint  not null,
  batch      bigint  not null,
  item       integer not null,
  experiment integer not null,
  variation  integer not null,
  at         bigint  not null, -- corrected
  client_at  bigint,           -- the client's own time; null when it sent none
  arrived_at bigint  not null,
  id         text collate "C",
  attributes text,
  source     text,
  primary key (unit, batch, item)
);
create unique index exposures_by_id on exposures (experiment, id) where id is not null;

create table events (
  unit       bigint  not null,
  batch      bigint  not null,
  item       integer not null,
  name       integer not null,
  at         bigint  not null, -- corrected
  client_at  bigint,
  arrived_at bigint  not null,
  value      double precision not null,
  scope      integer not null, -- experiment whose namespace the id is in; 0 is the installation's
  id         text collate "C",
  properties text, -- canonical JSON
  primary key (unit, batch, item)
);
create unique index events_by_id on events (scope, id) where id is not null;

create table covariates (
  unit       bigint  not null,
  experiment integer not null,
  name       integer not null,
  batch      bigint  not null,
  value      double precision not null,
  primary key (unit, experiment, name)
);

create table accumulators (
  experiment integer not null,
  epoch      integer not null,
  arm        integer not null, -- −1 holdout, −2 unexposed
  metric     text collate "C" not null,
  slice      text collate "C" not null,
  matures_at bigint  not null,
  sums       bytea   not null,
  primary key (experiment, epoch, arm, metric, slice, matures_at)
);

create table event_counts (
  experiment integer not null,
  name       integer not null,
  count      bigint  not null,
  total      bytea   not null, -- exact sum of values
  primary key (experiment, name)
);

create table receipt_counts (
  experiment integer not null,
  variation  integer not null, -- −2 where an item has none
  day        bigint  not null, -- UTC day of arrival, from the Unix epoch
  received   bigint  not null,
  duplicate  bigint  not null,
  refused    bigint  not null,
  primary key (experiment, variation, day)
);

-- A batch's rows can be copied in before its number exists.
create table commits (
  batch        bigint primary key,
  watermark    bigint not null unique,
  committed_at bigint not null
);
