-- What each commit counted that no row tells (ArrivalPacking): items refused or sent again leave none. What a readout said at any commit since can be told by going back from the counts of now.

create table arrivals (
  watermark integer not null, -- the commit; where every item was refused or sent again, and no commit got a number, the last one before
  number    integer not null, -- tells those of one watermark apart
  at        integer not null, -- when, microseconds
  counts    blob not null,
  primary key (watermark, number)
) without rowid;
