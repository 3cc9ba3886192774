-- What people decided, beside the verdict that they were shown and the moments that it was drawn from. Append-only, and told in the audit by its hash.

create table decisions (
  experiment     text    not null,
  number         integer not null, -- 1, 2, … of the experiment
  iteration      integer not null,
  design_version integer not null,
  at             bigint  not null, -- microseconds
  actor          text    not null,
  decision       text    not null,
  variation      integer,          -- what is shipped
  reason         text,
  follows        integer not null, -- 1 where it is what the verdict says
  as_of          bigint  not null, -- of the verdict, microseconds
  watermark      bigint  not null, -- of the verdict
  verdict        text    not null, -- JSON
  moments        text    not null, -- JSON
  primary key (experiment, number)
);

create trigger decisions_keep_what_they_said before update on decisions
begin
  select raise(abort, 'decisions are append-only');
end;

create trigger decisions_forget_nothing before delete on decisions
begin
  select raise(abort, 'decisions are append-only');
end;
