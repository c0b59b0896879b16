-- The subscription to webhooks that a mirror's events come by, and what the last look at it found.
create table eduzz_webhook (
    account text primary key,
    -- where the events go; it can hold a key
    url text not null,
    -- well, or what is wrong; null before the first look
    verdict text,
    -- what that names, such as the missing events
    names text not null default '',
    -- when it was found so first, and last; milliseconds since 1970 (UTC)
    since integer,
    checked_at integer
) strict;
