-- Windows, changes, and rows that cannot be read; moments are milliseconds since 1970 (UTC), days
-- are counted from 1970-01-01.

-- A range of days of a list, or a whole list, that is read in one pass and proven.
create table eduzz_window (
    account text not null,
    kind text not null,
    -- the product of offers, the subscription of invoices, else empty
    parent text not null,
    first_day integer not null,
    last_day integer not null,
    -- the number of the last hold, and its end; null if no program reads it
    hold bigint not null default 0,
    held_until bigint,
    -- the pass that is under way: when it began, and the cursor behind the last page that is stored
    began bigint,
    cursor text,
    -- the last whole pass
    read_at bigint,
    row_count bigint,
    unreadable bigint not null default 0,
    -- why it is not proven; null if it is
    doubt text,
    sealed_at bigint,
    sealed_rows bigint,
    sealed_digest bytea,
    -- counts by status and sums by currency, as JSON
    sealed_statuses text,
    sealed_sums text,
    -- how often it agreed when it was read again, and when that is due
    agreed bigint not null default 0,
    check_at bigint,
    primary key (account, kind, parent, first_day)
);

create index eduzz_window_check on eduzz_window (account, check_at) where check_at is not null;
create index eduzz_window_doubt on eduzz_window (account, kind) where doubt is not null;

-- Changes of records, numbered in the order in which they were committed.
create table eduzz_change (
    account text not null,
    number bigint not null,
    kind text not null,
    key text not null,
    cause text not null,
    at bigint not null,
    -- what the record showed before and shows now; null if it was new or is gone
    old_digest bytea,
    new_digest bytea,
    primary key (account, number)
);

create index eduzz_change_drift on eduzz_change (account, kind, at) where cause = 'check';

-- The number of an account's last change.
create table eduzz_feed (
    account text primary key,
    last_number bigint not null
);

-- Rows that cannot be read, as they came. They hold personal data.
create table eduzz_unreadable (
    account text not null,
    kind text not null,
    parent text not null,
    hash bytea not null,
    first_day integer,
    seen_at bigint not null,
    reason text not null,
    raw text not null,
    primary key (account, kind, parent, hash)
);

-- When something was done last, by name.
create table eduzz_mark (
    account text not null,
    name text not null,
    at bigint not null,
    primary key (account, name)
);
