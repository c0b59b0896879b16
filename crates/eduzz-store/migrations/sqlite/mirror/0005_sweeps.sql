-- The kinds of other products than MyEduzz, and which kinds are copied.

-- Tables: begin
create table eduzz_nutror_student (
    account text not null,
    key text not null,
    id text,
    name text,
    email text,
    avatar text,
    raw text,
    overlay text,
    m_state text not null,
    m_digest blob not null,
    m_asked integer,
    m_answered integer,
    m_stated integer,
    m_news integer,
    m_news_sent integer,
    m_news_stated integer,
    m_news_status text,
    m_refetch integer,
    m_window integer,
    m_gone integer,
    m_change integer not null,
    m_seen integer not null,
    primary key (account, key)
) strict;

create index eduzz_nutror_student_window on eduzz_nutror_student (account, m_window, key);
create index eduzz_nutror_student_refetch on eduzz_nutror_student (account, m_refetch, key) where m_refetch is not null;
create index eduzz_nutror_student_unsettled on eduzz_nutror_student (account) where m_state <> 'settled';

create table eduzz_nutror_enrollment (
    account text not null,
    key text not null,
    student_id text,
    id text,
    status text,
    created_at text,
    created_on text,
    created_text text,
    all_modules_released integer,
    expired_at text,
    expired_on text,
    expired_text text,
    accepted_term_at text,
    accepted_term_on text,
    accepted_term_text text,
    content_type text,
    courses integer,
    course_title text,
    course_hash text,
    progress text,
    raw text,
    overlay text,
    m_state text not null,
    m_digest blob not null,
    m_asked integer,
    m_answered integer,
    m_stated integer,
    m_news integer,
    m_news_sent integer,
    m_news_stated integer,
    m_news_status text,
    m_refetch integer,
    m_window integer,
    m_gone integer,
    m_change integer not null,
    m_seen integer not null,
    primary key (account, key)
) strict;

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
    reserve_time integer,
    is_live integer,
    image_url text,
    start_at text,
    start_on text,
    start_text text,
    end_at text,
    end_on text,
    end_text text,
    created_at text,
    created_on text,
    created_text text,
    modified_at text,
    modified_on text,
    modified_text text,
    address_place text,
    address_city text,
    address_state text,
    address_country text,
    raw text,
    overlay text,
    m_state text not null,
    m_digest blob not null,
    m_asked integer,
    m_answered integer,
    m_stated integer,
    m_news integer,
    m_news_sent integer,
    m_news_stated integer,
    m_news_status text,
    m_refetch integer,
    m_window integer,
    m_gone integer,
    m_change integer not null,
    m_seen integer not null,
    primary key (account, key)
) strict;

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
    checkin_at text,
    checkin_on text,
    checkin_text text,
    manually_created integer,
    from_squeeze integer,
    eduzz_id text,
    first_eduzz_id text,
    invoice_id text,
    created_at text,
    created_on text,
    created_text text,
    modified_at text,
    modified_on text,
    modified_text text,
    invoice_customer_name text,
    invoice_customer_email text,
    invoice_customer_eduzz_id text,
    invoice_customer_document text,
    invoice_created_at text,
    invoice_created_on text,
    invoice_created_text text,
    invoice_paid_at text,
    invoice_paid_on text,
    invoice_paid_text text,
    invoice_amount text,
    tags integer,
    raw text,
    overlay text,
    m_state text not null,
    m_digest blob not null,
    m_asked integer,
    m_answered integer,
    m_stated integer,
    m_news integer,
    m_news_sent integer,
    m_news_stated integer,
    m_news_status text,
    m_refetch integer,
    m_window integer,
    m_gone integer,
    m_change integer not null,
    m_seen integer not null,
    primary key (account, key)
) strict;

create index eduzz_blinket_participant_window on eduzz_blinket_participant (account, event_id, m_window, key);
create index eduzz_blinket_participant_refetch on eduzz_blinket_participant (account, m_refetch, key) where m_refetch is not null;
create index eduzz_blinket_participant_unsettled on eduzz_blinket_participant (account) where m_state <> 'settled';

create table eduzz_alpaclass_team (
    account text not null,
    key text not null,
    id text,
    name text,
    url text,
    raw text,
    overlay text,
    m_state text not null,
    m_digest blob not null,
    m_asked integer,
    m_answered integer,
    m_stated integer,
    m_news integer,
    m_news_sent integer,
    m_news_stated integer,
    m_news_status text,
    m_refetch integer,
    m_window integer,
    m_gone integer,
    m_change integer not null,
    m_seen integer not null,
    primary key (account, key)
) strict;

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
    created_at text,
    created_on text,
    created_text text,
    raw text,
    overlay text,
    m_state text not null,
    m_digest blob not null,
    m_asked integer,
    m_answered integer,
    m_stated integer,
    m_news integer,
    m_news_sent integer,
    m_news_stated integer,
    m_news_status text,
    m_refetch integer,
    m_window integer,
    m_gone integer,
    m_change integer not null,
    m_seen integer not null,
    primary key (account, key)
) strict;

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
    created_at text,
    created_on text,
    created_text text,
    origin text,
    referrer_url text,
    social_medias_instagram text,
    social_medias_facebook text,
    social_medias_linkedin text,
    social_medias_x text,
    raw text,
    overlay text,
    m_state text not null,
    m_digest blob not null,
    m_asked integer,
    m_answered integer,
    m_stated integer,
    m_news integer,
    m_news_sent integer,
    m_news_stated integer,
    m_news_status text,
    m_refetch integer,
    m_window integer,
    m_gone integer,
    m_change integer not null,
    m_seen integer not null,
    primary key (account, key)
) strict;

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
) strict;
