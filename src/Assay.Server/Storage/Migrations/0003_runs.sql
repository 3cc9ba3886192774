-- Exposures, events and covariates in sorted runs: a commit adds a run and touches no old page; runs of one size are merged into larger ones.
-- A row of a unit is packed (RowPacking), so that 5 million events are 300 MB and not 900. Rows of the tables before are packed when the file is next served.

create table runs (
  run        integer primary key,
  kind       integer not null, -- 0 rows by unit, 1 units by user id, 2 units by id of an exposure or event
  entries    integer not null,
  into_run   integer,          -- the run that takes over its entries
  is_growing integer not null  -- 1 while it takes over others'
);

-- What says of most keys that a run does not hold them.
create table run_filters (
  run  integer primary key,
  bits blob not null
);

create table run_chunks (
  run   integer not null,
  first integer not null, -- key of the first entry
  part  integer not null, -- in the order they were written
  data  blob    not null,
  primary key (run, first, part)
) without rowid;

drop index units_by_hash;
alter table units drop column hash;
drop index exposures_by_id;
drop index events_by_id;
alter table exposures rename to old_exposures;
alter table events rename to old_events;
alter table covariates rename to old_covariates;
