-- Who is excluded from what, and who was erased. An exclusion is kept by the unit, which has a number from then on whether it has rows or not.

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

-- Units that are no more, by the numbers that they had. Nothing says who they were.
create table erasures (
  watermark bigint  not null primary key, -- the commit that erased it
  unit      bigint  not null,
  at        bigint  not null
);

alter table experiment_views add column erased bigint not null default 0; -- units that had rows here
