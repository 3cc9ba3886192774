-- What a readout must not forget: looks that were taken, first crossings, verdicts as they changed, iterations that an amendment ended. Append-only, each told in the audit by its hash; whoever comes first records it.

create table records (
  experiment text    collate "C" not null,
  iteration  integer not null,
  kind       text    collate "C" not null, -- look, crossing, verdict, iteration
  name       text    collate "C" not null, -- which of its kind
  at         bigint  not null, -- when it was recorded, microseconds
  as_of      bigint  not null, -- the time that it is of, microseconds
  watermark  bigint  not null, -- the commit that it is of
  content    text    not null, -- JSON
  moments    text,             -- JSON: what a verdict or the last readout of an iteration was drawn from
  primary key (experiment, iteration, kind, name)
);

-- Verdicts are numbered through all iterations.
create unique index records_verdicts on records (experiment, name) where kind = 'verdict';

create function records_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'records are append-only';
end $$;

create trigger records_keep_what_they_said before update or delete on records for each row execute function records_are_append_only();
create trigger records_are_never_emptied before truncate on records for each statement execute function records_are_append_only();

-- An experiment is remembered with its records.
create function tell_recorded_experiment() returns trigger language plpgsql as $$
begin
  perform pg_notify('assay_experiment', new.experiment);
  return null;
end $$;

create trigger records_are_told after insert on records for each row execute function tell_recorded_experiment();
