-- Proven windows, compared with what another call or another table says of them; moments are
-- milliseconds since 1970 (UTC), days are counted from 1970-01-01.
create table eduzz_cross_check (
    account text not null,
    -- what they are compared with: sales_summary or net_gains
    source text not null,
    first_day integer not null,
    last_day integer not null,
    -- agree, disagree or unknown
    verdict text not null,
    -- how many sales were compared
    sales bigint not null,
    checked_at bigint not null,
    primary key (account, source, first_day)
);
