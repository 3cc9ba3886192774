-- Who is excluded from what: kept by the unit, which has a number from then on whether it has rows or not.

create table exclusions (
  unit       integer not null,
  experiment integer not null, -- 0: all, those to come among them
  reason     text,
  since      integer not null,
  lifted_at  integer,          -- null while it is in force
  watermark  integer not null, -- the commit that made or lifted it
  primary key (unit, experiment)
) without rowid;
