-- Events, one row each; moments are milliseconds since 1970 (UTC).
create table eduzz_event (
    seq integer primary key autoincrement,
    account text not null,
    once text not null,
    name text,
    kind text,
    subject text,
    sent text,
    received_at integer not null,
    hash blob not null,
    reading text not null,
    is_sample integer not null,
    key_label text,
    state text not null,
    attempts integer not null default 0,
    -- ready, parked: when it may be claimed; claimed: the end of the lease
    due integer not null,
    -- the number of the last claim
    claim integer not null default 0,
    holds_until integer,
    error text,
    ended_at integer,
    -- deliveries after the first, and those of them with another body
    copies integer not null default 0,
    differing integer not null default 0,
    unique (account, once)
) strict;

create index eduzz_event_open on eduzz_event (due, seq)
    where state in ('ready', 'claimed', 'parked');
create index eduzz_event_subject on eduzz_event (account, kind, subject, seq)
    where state in ('ready', 'claimed', 'parked');
create index eduzz_event_claimed on eduzz_event (account, kind, subject) where state = 'claimed';
create index eduzz_event_state on eduzz_event (state, received_at);
create index eduzz_event_copies on eduzz_event (copies, differing) where copies > 0;

-- Bodies hold personal data, and are pruned by age.
create table eduzz_body (
    seq integer primary key,
    signature text not null,
    body blob not null
) strict;

-- The marks of handlers that accepted an event.
create table eduzz_handled (
    handler text not null,
    seq integer not null,
    at integer not null,
    primary key (seq, handler)
) strict, without rowid;
