-- The pace of calls that all programs on this database keep together.

-- The calls that the service counts together: those of an account, named by a hash of the mirror's
-- name, with one method on one route.
create table eduzz_pace (
    lane text primary key,
    -- when calls were answered and which turns are taken, before stored_at, as JSON
    state text not null,
    stored_at bigint not null
);
