-- What a readout must not forget: looks that were taken, first crossings, verdicts as they changed, iterations that an amendment ended. Append-only, each told in the audit by its hash; whoever comes first records it.

create table records (
  experiment text    not null,
  iteration  integer not null,
  kind       text    not null, -- look, crossing, verdict, iteration
  name       text    not null, -- which of its kind
  at         bigint  not null, -- when it was recorded, microseconds
  as_of      bigint  not null, -- the time that it is of, microseconds
  watermark  bigint  not null, -- the commit that it is of
  content    text    not null, -- JSON
  moments    text,             -- JSON: what a verdict or the last readout of an iteration was drawn from
  primary key (experiment, iteration, kind, name)
);

-- Verdicts are numbered through all iterations.
create unique index records_verdicts on records (experiment, name) where kind = 'verdict';

create trigger records_keep_what_they_said before update on records
begin
  select raise(abort, 'records are append-only');
end;

create trigger records_forget_nothing before delete on records
begin
  select raise(abort, 'records are append-only');
end;
