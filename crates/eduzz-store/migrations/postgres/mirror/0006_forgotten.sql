-- People who were forgotten. They can still be at the service, which is read again, so the mirror has
-- to know them: by keyed hashes of e-mail addresses, of customers' numbers and of records.

-- The key of an account's hashes, made with the first of them.
create table eduzz_forget_key (
    account text primary key,
    key bytea not null,
    -- the last event whose body was looked at after that
    last_event bigint not null default 0
);

create table eduzz_forgotten (
    account text not null,
    mark bytea not null,
    at bigint not null,
    primary key (account, mark)
);
