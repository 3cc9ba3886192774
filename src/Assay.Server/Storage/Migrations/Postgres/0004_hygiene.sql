-- Who is excluded from what: kept by the unit, which has a number from then on whether it has rows or not.

create table exclusions (
  unit       bigint  not null,
  experiment integer not null, -- 0: all, those to come among them
  reason     text,
  since      bigint  not null,
  lifted_at  bigint,           -- null while it is in force
  watermark  bigint  not null, -- the commit that made or lifted it
  primary key (unit, experiment)
);
create index exclusions_by_watermark on exclusions (watermark);
