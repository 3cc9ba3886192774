-- Who is one person. This and exclusions keep their history: each row says which commit made it and which one ended it, so that what held at any commit can be told.

create table identity_links (
  unit      integer not null, -- the anonymous id's
  into_unit integer not null, -- the user id's
  since     integer not null,
  watermark integer not null, -- the commit that made it
  lifted_at integer,
  lifted_by integer,          -- the commit that lifted it; null while it is in force
  primary key (unit, watermark)
) without rowid;
create index identity_links_by_into on identity_links (into_unit);
create unique index identity_links_in_force on identity_links (unit) where lifted_by is null;

-- An exclusion that was lifted told only the commit that lifted it: the one that made it is found by its time.
create index commits_by_time on commits (committed_at);
alter table exclusions rename to old_exclusions;
create table exclusions (
  unit       integer not null,
  experiment integer not null, -- 0: all, those to come among them
  reason     text,
  since      integer not null,
  watermark  integer not null, -- the commit that made it; 0 where that is not known any more
  lifted_at  integer,
  lifted_by  integer,          -- the commit that lifted it; null while it is in force
  primary key (unit, experiment, watermark)
) without rowid;
insert into exclusions (unit, experiment, reason, since, watermark, lifted_at, lifted_by)
select unit, experiment, reason, since,
  case when lifted_at is null then watermark
    else coalesce((select max(c.watermark) from commits c where c.committed_at = x.since and c.watermark < x.watermark), 0) end,
  lifted_at,
  case when lifted_at is not null then watermark end
from old_exclusions x;
drop table old_exclusions;
drop index commits_by_time;

-- A person may have several units, all erased by one commit.
alter table erasures rename to old_erasures;
create table erasures (
  watermark integer not null, -- the commit that erased it
  unit      integer not null,
  at        integer not null,
  primary key (watermark, unit)
) without rowid;
insert into erasures select watermark, unit, at from old_erasures;
drop table old_erasures;
