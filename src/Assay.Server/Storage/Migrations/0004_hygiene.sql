-- Who is excluded from what, and who was erased. An exclusion is kept by the unit, which has a number from then on whether it has rows or not.

create table exclusions (
  unit       integer not null,
  experiment integer not null, -- 0: all, those to come among them
  reason     text,
  since      integer not null,
  lifted_at  integer,          -- null while it is in force
  watermark  integer not null, -- the commit that made or lifted it
  primary key (unit, experiment)
) without rowid;

-- Units that are no more, by the numbers that they had. Nothing says who they were.
create table erasures (
  watermark integer primary key not null, -- the commit that erased it
  unit      integer not null,
  at        integer not null
);

alter table experiment_views add column erased integer not null default 0; -- units that had rows here
