-- The kinds of other products than MyEduzz, and which kinds are copied.

-- Tables: begin
create table eduzz_nutror_student (
    account text not null,
    key text not null,
    id text,
    name text,
    email text,
    avatar text,
    raw json,
    overlay json,
    m_state text not null,
    m_digest bytea not null,
    m_asked bigint,
    m_answered bigint,
    m_stated bigint,
    m_news bigint,
    m_news_sent bigint,
    m_news_stated bigint,
    m_news_status text,
    m_refetch bigint,
    m_window bigint,
    m_gone bigint,
    m_change bigint not null,
    m_seen bigint not null,
    primary key (account, key)
);

create index eduzz_nutror_student_window on eduzz_nutror_student (account, m_window, key);
create index eduzz_nutror_student_refetch on eduzz_nutror_student (account, m_refetch, key) where m_refetch is not null;
create index eduzz_nutror_student_unsettled on eduzz_nutror_student (account) where m_state <> 'settled';

create table eduzz_nutror_enrollment (
    account text not null,
    key text not null,
    student_id text,
    id text,
    status text,
    created_at timestamptz,
    created_on date,
    created_text text,
    all_modules_released boolean,
    expired_at timestamptz,
    expired_on date,
    expired_text text,
    accepted_term_at timestamptz,
    accepted_term_on date,
    accepted_term_text text,
    content_type text,
    courses bigint,
    course_title text,
    course_hash text,
    progress numeric,
    raw json,
    overlay json,
    m_state text not null,
    m_digest bytea not null,
    m_asked bigint,
    m_answered bigint,
    m_stated bigint,
    m_news bigint,
    m_news_sent bigint,
    m_news_stated bigint,
    m_news_status text,
    m_refetch bigint,
    m_window bigint,
    m_gone bigint,
    m_change bigint not null,
    m_seen bigint not null,
    primary key (account, key)
);

create index eduzz_nutror_enrollment_window on eduzz_nutror_enrollment (account, student_id, m_window, key);
create index eduzz_nutror_enrollment_refetch on eduzz_nutror_enrollment (account, m_refetch, key) where m_refetch is not null;
create index eduzz_nutror_enrollment_unsettled on eduzz_nutror_enrollment (account) where m_state <> 'settled';

create table eduzz_blinket_event (
    account text not null,
    key text not null,
    id text,
    user_id text,
    type text,
    title text,
    description text,
    sale_url text,
    reserve_time bigint,
    is_live boolean,
    image_url text,
    start_at timestamptz,
    start_on date,
    start_text text,
    end_at timestamptz,
    end_on date,
    end_text text,
    created_at timestamptz,
    created_on date,
    created_text text,
    modified_at timestamptz,
    modified_on date,
    modified_text text,
    address_place text,
    address_city text,
    address_state text,
    address_country text,
    raw json,
    overlay json,
    m_state text not null,
    m_digest bytea not null,
    m_asked bigint,
    m_answered bigint,
    m_stated bigint,
    m_news bigint,
    m_news_sent bigint,
    m_news_stated bigint,
    m_news_status text,
    m_refetch bigint,
    m_window bigint,
    m_gone bigint,
    m_change bigint not null,
    m_seen bigint not null,
    primary key (account, key)
);

create index eduzz_blinket_event_window on eduzz_blinket_event (account, m_window, key);
create index eduzz_blinket_event_refetch on eduzz_blinket_event (account, m_refetch, key) where m_refetch is not null;
create index eduzz_blinket_event_unsettled on eduzz_blinket_event (account) where m_state <> 'settled';

create table eduzz_blinket_participant (
    account text not null,
    key text not null,
    event_id text,
    id text,
    name text,
    email text,
    document text,
    document_type text,
    phone text,
    invite_key text,
    status text,
    status_description text,
    ticket_id text,
    ticket_name text,
    checkin_at timestamptz,
    checkin_on date,
    checkin_text text,
    manually_created boolean,
    from_squeeze boolean,
    eduzz_id text,
    first_eduzz_id text,
    invoice_id text,
    created_at timestamptz,
    created_on date,
    created_text text,
    modified_at timestamptz,
    modified_on date,
    modified_text text,
    invoice_customer_name text,
    invoice_customer_email text,
    invoice_customer_eduzz_id text,
    invoice_customer_document text,
    invoice_created_at timestamptz,
    invoice_created_on date,
    invoice_created_text text,
    invoice_paid_at timestamptz,
    invoice_paid_on date,
    invoice_paid_text text,
    invoice_amount numeric,
    tags bigint,
    raw json,
    overlay json,
    m_state text not null,
    m_digest bytea not null,
    m_asked bigint,
    m_answered bigint,
    m_stated bigint,
    m_news bigint,
    m_news_sent bigint,
    m_news_stated bigint,
    m_news_status text,
    m_refetch bigint,
    m_window bigint,
    m_gone bigint,
    m_change bigint not null,
    m_seen bigint not null,
    primary key (account, key)
);

create index eduzz_blinket_participant_window on eduzz_blinket_participant (account, event_id, m_window, key);
create index eduzz_blinket_participant_refetch on eduzz_blinket_participant (account, m_refetch, key) where m_refetch is not null;
create index eduzz_blinket_participant_unsettled on eduzz_blinket_participant (account) where m_state <> 'settled';

create table eduzz_alpaclass_team (
    account text not null,
    key text not null,
    id text,
    name text,
    url text,
    raw json,
    overlay json,
    m_state text not null,
    m_digest bytea not null,
    m_asked bigint,
    m_answered bigint,
    m_stated bigint,
    m_news bigint,
    m_news_sent bigint,
    m_news_stated bigint,
    m_news_status text,
    m_refetch bigint,
    m_window bigint,
    m_gone bigint,
    m_change bigint not null,
    m_seen bigint not null,
    primary key (account, key)
);

create index eduzz_alpaclass_team_window on eduzz_alpaclass_team (account, m_window, key);
create index eduzz_alpaclass_team_refetch on eduzz_alpaclass_team (account, m_refetch, key) where m_refetch is not null;
create index eduzz_alpaclass_team_unsettled on eduzz_alpaclass_team (account) where m_state <> 'settled';

create table eduzz_alpaclass_student (
    account text not null,
    key text not null,
    team_id text,
    id text,
    name text,
    email text,
    created_at timestamptz,
    created_on date,
    created_text text,
    raw json,
    overlay json,
    m_state text not null,
    m_digest bytea not null,
    m_asked bigint,
    m_answered bigint,
    m_stated bigint,
    m_news bigint,
    m_news_sent bigint,
    m_news_stated bigint,
    m_news_status text,
    m_refetch bigint,
    m_window bigint,
    m_gone bigint,
    m_change bigint not null,
    m_seen bigint not null,
    primary key (account, key)
);

create index eduzz_alpaclass_student_window on eduzz_alpaclass_student (account, team_id, m_window, key);
create index eduzz_alpaclass_student_refetch on eduzz_alpaclass_student (account, m_refetch, key) where m_refetch is not null;
create index eduzz_alpaclass_student_unsettled on eduzz_alpaclass_student (account) where m_state <> 'settled';

create table eduzz_heycamp_member (
    account text not null,
    key text not null,
    community_id text,
    id text,
    name text,
    email text,
    created_at timestamptz,
    created_on date,
    created_text text,
    origin text,
    referrer_url text,
    social_medias_instagram text,
    social_medias_facebook text,
    social_medias_linkedin text,
    social_medias_x text,
    raw json,
    overlay json,
    m_state text not null,
    m_digest bytea not null,
    m_asked bigint,
    m_answered bigint,
    m_stated bigint,
    m_news bigint,
    m_news_sent bigint,
    m_news_stated bigint,
    m_news_status text,
    m_refetch bigint,
    m_window bigint,
    m_gone bigint,
    m_change bigint not null,
    m_seen bigint not null,
    primary key (account, key)
);

create index eduzz_heycamp_member_window on eduzz_heycamp_member (account, community_id, m_window, key);
create index eduzz_heycamp_member_refetch on eduzz_heycamp_member (account, m_refetch, key) where m_refetch is not null;
create index eduzz_heycamp_member_unsettled on eduzz_heycamp_member (account) where m_state <> 'settled';

-- Tables: end

-- The kinds that the user named, all if there are none; with a parent, a list that no call shows: a
-- community at HeyCamp.
create table eduzz_chosen (
    account text not null,
    kind text not null,
    parent text not null,
    primary key (account, kind, parent)
);
