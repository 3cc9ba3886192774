-- How far rows have gone: the last row tells the horizon. Events before it, and exposures and covariates of sealed experiments, are seen by nobody, whether they are still there or not.

create table retention (
  watermark integer primary key not null, -- the commit
  horizon   integer not null, -- microseconds
  last_unit integer not null, -- no unit gets a number up to this one again
  at        integer not null,
  swept_at  integer           -- null while rows may be left
);

alter table experiment_views add column sealed_at integer; -- since when its rows have gone; null while they are there
