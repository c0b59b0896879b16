-- Events, one row each; moments are milliseconds since 1970 (UTC).
create table eduzz_event (
    seq bigint generated always as identity primary key,
    account text not null,
    once text not null,
    name text,
    kind text,
    subject text,
    sent text,
    received_at bigint not null,
    hash bytea not null,
    reading text not null,
    is_sample boolean not null,
    key_label text,
    state text not null,
    attempts bigint not null default 0,
    -- ready, parked: when it may be claimed; claimed: the end of the lease
    due bigint not null,
    -- the number of the last claim
    claim bigint not null default 0,
    holds_until bigint,
    error text,
    ended_at bigint,
    -- deliveries after the first, and those of them with another body
    copies bigint not null default 0,
    differing bigint not null default 0,
    unique (account, once)
);

create index eduzz_event_open on eduzz_event (due, seq)
    where state in ('ready', 'claimed', 'parked');
create index eduzz_event_subject on eduzz_event (account, kind, subject, seq)
    where state in ('ready', 'claimed', 'parked');
create index eduzz_event_parked on eduzz_event (account, kind, subject, seq) where state = 'parked';
create index eduzz_event_claimed on eduzz_event (account, kind, subject) where state = 'claimed';
create index eduzz_event_state on eduzz_event (state, received_at);
create index eduzz_event_copies on eduzz_event (copies, differing) where copies > 0;

-- Bodies hold personal data, and are pruned by age.
create table eduzz_body (
    seq bigint primary key,
    signature text not null,
    body bytea not null
);

-- The marks of handlers that accepted an event.
create table eduzz_handled (
    handler text not null,
    seq bigint not null,
    at bigint not null,
    primary key (seq, handler)
);
