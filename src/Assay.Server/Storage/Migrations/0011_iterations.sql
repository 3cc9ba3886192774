-- When the current iteration began, where an amendment began it: only units count that nobody had exposed before.

alter table experiments add column iteration_started_at bigint; -- microseconds; null while the first lasts
