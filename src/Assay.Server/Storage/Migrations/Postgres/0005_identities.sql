-- Who is one person. This and exclusions keep their history: each row says which commit made it and which one ended it, so that what held at any commit can be told.

create table identity_links (
  unit      bigint not null, -- the anonymous id's
  into_unit bigint not null, -- the user id's
  since     bigint not null,
  watermark bigint not null, -- the commit that made it
  lifted_at bigint,
  lifted_by bigint,          -- the commit that lifted it; null while it is in force
  primary key (unit, watermark)
);
create index identity_links_by_into on identity_links (into_unit);
create unique index identity_links_in_force on identity_links (unit) where lifted_by is null;
create index identity_links_by_watermark on identity_links (watermark);
create index identity_links_by_lifting on identity_links (lifted_by) where lifted_by is not null;

-- The last commit that made, lifted or erased one: who knows the links as of it knows them all.
alter table installation add column links bigint not null default 0;

-- An exclusion that was lifted told only the commit that lifted it: the one that made it is found by its time.
create index commits_by_time on commits (committed_at);
alter table exclusions add column lifted_by bigint; -- the commit that lifted it; null while it is in force
update exclusions x set lifted_by = watermark,
  watermark = coalesce((select max(c.watermark) from commits c where c.committed_at = x.since and c.watermark < x.watermark), 0) -- that made it; 0 where that is not known any more
where lifted_at is not null;
alter table exclusions drop constraint exclusions_pkey, add primary key (unit, experiment, watermark);
create index exclusions_by_lifting on exclusions (lifted_by) where lifted_by is not null;
drop index commits_by_time;

-- A person may have several units, all erased by one commit.
alter table erasures drop constraint erasures_pkey, add primary key (watermark, unit);
