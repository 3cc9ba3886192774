-- Units, exposures, events, covariates and what they add up to. Times are microseconds since the Unix epoch (UTC).
-- Rows are clustered by unit, because a commit measures the units that it touches from all of their rows.

create table units (
  unit    integer primary key,
  hash    integer not null, -- first 64 bits of SHA-256, told apart by user_id
  user_id text    not null
);
create index units_by_hash on units (hash);

create table names (
  name    integer primary key,
  text    text    not null unique,
  last_at integer -- latest corrected time of an event of this name
);

create table experiment_views (
  experiment        integer primary key,
  key               text    not null unique,
  view              text, -- JSON; null until opened
  touched_by        integer not null default 0, -- watermark
  last_event_at     integer,
  rearmed           integer not null default 0,
  compacted_through integer not null default 0
);

create table exposures (
  unit          integer not null,
  batch         integer not null,
  item          integer not null,
  experiment    integer not null,
  variation     integer not null,
  at            integer not null, -- corrected
  client_offset integer,          -- the client's own time − at; null when it sent none
  delay         integer not null, -- arrival − at
  id_hash       integer,
  id,                             -- text, or the 16 bytes of a UUID
  attributes    text,
  source        text,
  primary key (unit, batch, item)
) without rowid;
create index exposures_by_id on exposures (id_hash) where id_hash is not null;

create table events (
  unit          integer not null,
  batch         integer not null,
  item          integer not null,
  name          integer not null,
  at            integer not null, -- corrected
  client_offset integer,
  delay         integer not null,
  value         real    not null,
  scope         integer, -- experiment whose namespace the id is in; null is the installation's
  id_hash       integer,
  id,                             -- text, or the 16 bytes of a UUID
  properties    text, -- canonical JSON
  primary key (unit, batch, item)
) without rowid;
create index events_by_id on events (id_hash) where id_hash is not null;

create table covariates (
  unit       integer not null,
  experiment integer not null,
  name       integer not null,
  batch      integer not null,
  value      real    not null,
  primary key (unit, experiment, name)
) without rowid;

create table accumulators (
  experiment integer not null,
  epoch      integer not null,
  arm        integer not null, -- −1 holdout, −2 unexposed
  metric     text    not null,
  slice      text    not null,
  matures_at integer not null,
  sums       blob    not null,
  primary key (experiment, epoch, arm, metric, slice, matures_at)
) without rowid;

create table event_counts (
  experiment integer not null,
  name       integer not null,
  count      integer not null,
  total      blob    not null, -- exact sum of values
  primary key (experiment, name)
) without rowid;

create table receipt_counts (
  experiment integer not null,
  variation  integer not null, -- −2 where an item has none
  day        integer not null, -- UTC day of arrival, from the Unix epoch
  received   integer not null,
  duplicate  integer not null,
  refused    integer not null,
  primary key (experiment, variation, day)
) without rowid;

-- A batch's rows can be copied in before its number exists.
create table commits (
  batch        integer primary key,
  watermark    integer not null unique,
  committed_at integer not null
);
