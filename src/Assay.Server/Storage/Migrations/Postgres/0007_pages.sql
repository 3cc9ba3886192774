-- SQLite's chunks become pages; both engines count versions together.
select 1;
