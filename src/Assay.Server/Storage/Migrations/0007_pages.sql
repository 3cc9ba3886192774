-- Entries of runs in chunks that each fill a page of the file: no chunk is ever moved to make room for another, and one that is gone leaves nothing.
-- What says of most keys that a run does not hold them stands beside it a stretch at a time, with the first key of each chunk. Older runs are packed anew when the file is next served.

drop table run_filters;
alter table run_chunks rename to old_chunks;
alter table runs rename to old_runs;

create table runs (
  run        integer primary key,
  kind       integer not null, -- 0 rows by unit, 1 units by user id, 2 units by id of an exposure or event
  entries    integer not null,
  into_run   integer,          -- the run that takes over its entries
  is_growing integer not null  -- 1 while it takes over others'
);

create table run_stretches (
  run    integer not null,
  part   integer not null, -- of its first chunk
  firsts blob    not null, -- first key of each chunk, 8 bytes
  last   integer not null, -- its last key
  bits   blob    not null, -- a filter of its keys
  primary key (run, part)
);

create table run_chunks (
  chunk integer primary key, -- run * 2^24 + part
  data  blob not null
);
