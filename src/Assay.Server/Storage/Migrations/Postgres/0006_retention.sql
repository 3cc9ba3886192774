-- How far rows have gone: the last row tells the horizon. Events before it, and exposures and covariates of sealed experiments, are seen by nobody, whether they are still there or not.

create table retention (
  watermark bigint not null primary key, -- the commit
  horizon   bigint not null, -- microseconds
  last_unit bigint not null, -- no unit gets a number up to this one again
  at        bigint not null,
  swept_at  bigint           -- null while rows may be left
);

alter table experiment_views add column sealed_at bigint; -- since when its rows have gone; null while they are there

-- What the client called an event whose id is stored as its hash, where that is to be told back.
alter table events add column id_text text;
