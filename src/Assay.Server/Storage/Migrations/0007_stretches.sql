-- What says of most keys that a run does not hold them, a stretch of its keys at a time: the filter of a large run is written as the run is, and not at once.

create table run_stretches (
  run   integer not null,
  first integer not null, -- key of the first entry
  last  integer not null, -- key of the last entry: the next stretch begins behind it
  bits  blob    not null,
  primary key (run, first)
);

insert into run_stretches (run, first, last, bits) select run, -9223372036854775808, 9223372036854775807, bits from run_filters;

drop table run_filters;
