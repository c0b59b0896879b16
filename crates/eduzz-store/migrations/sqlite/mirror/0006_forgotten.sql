-- People who were forgotten. They can still be at the service, which is read again, so the mirror has
-- to know them: by keyed hashes of e-mail addresses, of customers' numbers and of records.

-- The key of an account's hashes, made with the first of them.
create table eduzz_forget_key (
    account text primary key,
    key blob not null,
    -- the last event whose body was looked at after that
    last_event integer not null default 0
) strict;

create table eduzz_forgotten (
    account text not null,
    mark blob not null,
    at integer not null,
    primary key (account, mark)
) strict, without rowid;
