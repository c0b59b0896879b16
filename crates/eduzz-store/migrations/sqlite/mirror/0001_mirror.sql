-- The mirror: a table for each kind of record, and views.
--
-- A released migration never changes. Until then the tables are written from the code:
-- `UPDATE_EXPECT=1 cargo test -p eduzz-store --all-features mirror`.

-- Tables: begin
create table eduzz_sale (
    account text not null,
    key text not null,
    id text,
    contract_id text,
    status text,
    gross_gain text,
    gross_gain_e4 integer,
    gross_gain_currency text,
    net_gain text,
    net_gain_e4 integer,
    net_gain_currency text,
    partners_gain text,
    partners_gain_e4 integer,
    partners_gain_currency text,
    affiliates_gain text,
    affiliates_gain_e4 integer,
    affiliates_gain_currency text,
    fee text,
    fee_e4 integer,
    fee_currency text,
    total text,
    total_e4 integer,
    total_currency text,
    total_interest text,
    total_interest_e4 integer,
    total_interest_currency text,
    installments integer,
    alumy_fee text,
    alumy_fee_e4 integer,
    alumy_fee_currency text,
    others text,
    others_e4 integer,
    others_currency text,
    currency text,
    locale text,
    due_at text,
    due_on text,
    due_text text,
    paid_at text,
    paid_on text,
    paid_text text,
    credit_at text,
    credit_on text,
    credit_text text,
    is_infinite_funnel integer,
    payment_method text,
    payment_detail text,
    payment_link text,
    recovering_status text,
    tracker text,
    tracker2 text,
    tracker3 text,
    created_at text,
    created_on text,
    created_text text,
    updated_at text,
    updated_on text,
    updated_text text,
    product_id text,
    product_name text,
    product_type text,
    product_billing_type text,
    product_sku text,
    refund_type text,
    refund_value text,
    refund_value_e4 integer,
    refund_value_currency text,
    refund_partial_value text,
    refund_partial_value_e4 integer,
    refund_partial_value_currency text,
    refunded_at text,
    refunded_on text,
    refunded_text text,
    affiliate_id text,
    affiliate_name text,
    recipient_id text,
    recipient_name text,
    recipient_email text,
    recipient_document text,
    recipient_phone text,
    buyer_id text,
    buyer_name text,
    buyer_email text,
    buyer_document text,
    buyer_phone text,
    producer_id text,
    producer_name text,
    offer_name text,
    utm_source text,
    utm_campaign text,
    utm_medium text,
    utm_content text,
    utm_term text,
    order_bump_has integer,
    order_bump_is_main_sale integer,
    order_bump_main_sale_id text,
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

create index eduzz_sale_window on eduzz_sale (account, m_window, key);
create index eduzz_sale_refetch on eduzz_sale (account, m_refetch, key) where m_refetch is not null;
create index eduzz_sale_unsettled on eduzz_sale (account) where m_state <> 'settled';

create table eduzz_subscription (
    account text not null,
    key text not null,
    id text,
    status text,
    created_at text,
    created_on text,
    created_text text,
    updated_at text,
    updated_on text,
    updated_text text,
    first_invoice_id text,
    is_finite integer,
    is_unlimited_installments integer,
    has_negotiation integer,
    interruption_created_at text,
    interruption_created_on text,
    interruption_created_text text,
    interruption_type text,
    interruption_remove_access_at text,
    interruption_remove_access_on text,
    interruption_remove_access_text text,
    interruption_reason text,
    interruption_origin text,
    interruption_previous_status text,
    interruption_responsible text,
    recurrence_starts_at text,
    recurrence_starts_on text,
    recurrence_starts_text text,
    recurrence_next_due_at text,
    recurrence_next_due_on text,
    recurrence_next_due_text text,
    recurrence_current_due_at text,
    recurrence_current_due_on text,
    recurrence_current_due_text text,
    recurrence_final_due_at text,
    recurrence_final_due_on text,
    recurrence_final_due_text text,
    recurrence_finishes_at text,
    recurrence_finishes_on text,
    recurrence_finishes_text text,
    recurrence_frequency_type text,
    recurrence_frequency_value integer,
    charges_total integer,
    charges_current integer,
    charges_paid integer,
    charges_pending integer,
    charges_negotiated integer,
    products integer,
    product_id text,
    product_title text,
    product_has_membership_fee integer,
    product_membership_fee text,
    product_membership_fee_e4 integer,
    product_membership_fee_currency text,
    payment_price text,
    payment_price_e4 integer,
    payment_price_currency text,
    payment_method text,
    payment_installments integer,
    client_name text,
    client_email text,
    client_phone_country_code text,
    client_phone_area_code text,
    client_phone_number text,
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

create index eduzz_subscription_window on eduzz_subscription (account, m_window, key);
create index eduzz_subscription_refetch on eduzz_subscription (account, m_refetch, key) where m_refetch is not null;
create index eduzz_subscription_unsettled on eduzz_subscription (account) where m_state <> 'settled';

create table eduzz_invoice (
    account text not null,
    key text not null,
    id text,
    subscription_id text,
    status text,
    created_at text,
    created_on text,
    created_text text,
    due_at text,
    due_on text,
    due_text text,
    coupon text,
    has_affiliate integer,
    payment_amount text,
    payment_amount_e4 integer,
    payment_amount_currency text,
    payment_link text,
    payment_method text,
    items integer,
    product_id text,
    product_title text,
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

create index eduzz_invoice_window on eduzz_invoice (account, subscription_id, m_window, key);
create index eduzz_invoice_refetch on eduzz_invoice (account, m_refetch, key) where m_refetch is not null;
create index eduzz_invoice_unsettled on eduzz_invoice (account) where m_state <> 'settled';

create table eduzz_customer (
    account text not null,
    key text not null,
    id text,
    name text,
    email text,
    phone_country_code text,
    phone_area_code text,
    phone_number text,
    purchase_history_overview_products_quantity integer,
    purchase_history_overview_net text,
    purchase_history_overview_net_e4 integer,
    purchase_history_overview_net_currency text,
    purchase_history_overview_gross text,
    purchase_history_overview_gross_e4 integer,
    purchase_history_overview_gross_currency text,
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

create index eduzz_customer_window on eduzz_customer (account, m_window, key);
create index eduzz_customer_refetch on eduzz_customer (account, m_refetch, key) where m_refetch is not null;
create index eduzz_customer_unsettled on eduzz_customer (account) where m_state <> 'settled';

create table eduzz_product (
    account text not null,
    key text not null,
    id text,
    name text,
    description text,
    producer_id text,
    type text,
    status text,
    author text,
    moderation text,
    image_url text,
    created_at text,
    created_on text,
    created_text text,
    updated_at text,
    updated_on text,
    updated_text text,
    payment_type text,
    payment_price text,
    payment_price_e4 integer,
    payment_price_currency text,
    payment_methods_bankslip integer,
    payment_methods_pix integer,
    payment_methods_card integer,
    payment_methods_multiple_cards integer,
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

create index eduzz_product_window on eduzz_product (account, m_window, key);
create index eduzz_product_refetch on eduzz_product (account, m_refetch, key) where m_refetch is not null;
create index eduzz_product_unsettled on eduzz_product (account) where m_state <> 'settled';

create table eduzz_offer (
    account text not null,
    key text not null,
    product_id text,
    id text,
    is_default integer,
    name text,
    is_visible_to_affiliates integer,
    checkout_url text,
    default_price text,
    default_price_e4 integer,
    default_price_currency text,
    prices integer,
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

create index eduzz_offer_window on eduzz_offer (account, product_id, m_window, key);
create index eduzz_offer_refetch on eduzz_offer (account, m_refetch, key) where m_refetch is not null;
create index eduzz_offer_unsettled on eduzz_offer (account) where m_state <> 'settled';

create table eduzz_statement (
    account text not null,
    key text not null,
    id text,
    credit_at text,
    credit_on text,
    credit_text text,
    description text,
    sale_id text,
    type text,
    value text,
    value_e4 integer,
    value_currency text,
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

create index eduzz_statement_window on eduzz_statement (account, m_window, key);
create index eduzz_statement_refetch on eduzz_statement (account, m_refetch, key) where m_refetch is not null;
create index eduzz_statement_unsettled on eduzz_statement (account) where m_state <> 'settled';

create table eduzz_transfer (
    account text not null,
    key text not null,
    id text,
    status text,
    value text,
    value_e4 integer,
    value_currency text,
    requested_at text,
    requested_on text,
    requested_text text,
    completed_at text,
    completed_on text,
    completed_text text,
    created_at text,
    created_on text,
    created_text text,
    details text,
    bank_account_type text,
    bank_account_bank_code text,
    bank_account_agency text,
    bank_account_account text,
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

create index eduzz_transfer_window on eduzz_transfer (account, m_window, key);
create index eduzz_transfer_refetch on eduzz_transfer (account, m_refetch, key) where m_refetch is not null;
create index eduzz_transfer_unsettled on eduzz_transfer (account) where m_state <> 'settled';

create table eduzz_chargeback (
    account text not null,
    key text not null,
    id text,
    status text,
    total text,
    total_e4 integer,
    total_currency text,
    requested_at text,
    requested_on text,
    requested_text text,
    limit_at text,
    limit_on text,
    limit_text text,
    documents_uploaded_at text,
    documents_uploaded_on text,
    documents_uploaded_text text,
    affiliate_id text,
    affiliate_name text,
    product_id text,
    product_name text,
    product_type text,
    product_sku text,
    buyer_id text,
    buyer_name text,
    buyer_email text,
    buyer_document text,
    buyer_phone text,
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

create index eduzz_chargeback_window on eduzz_chargeback (account, m_window, key);
create index eduzz_chargeback_refetch on eduzz_chargeback (account, m_refetch, key) where m_refetch is not null;
create index eduzz_chargeback_unsettled on eduzz_chargeback (account) where m_state <> 'settled';

create table eduzz_affiliation (
    account text not null,
    key text not null,
    id text,
    status text,
    requested_at text,
    requested_on text,
    requested_text text,
    approved_at text,
    approved_on text,
    approved_text text,
    updated_at text,
    updated_on text,
    updated_text text,
    created_at text,
    created_on text,
    created_text text,
    product_id text,
    product_name text,
    customer_id text,
    customer_name text,
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

create index eduzz_affiliation_window on eduzz_affiliation (account, m_window, key);
create index eduzz_affiliation_refetch on eduzz_affiliation (account, m_refetch, key) where m_refetch is not null;
create index eduzz_affiliation_unsettled on eduzz_affiliation (account) where m_state <> 'settled';

-- Tables: end

-- Indexes for questions that people ask.

create index eduzz_sale_created on eduzz_sale (account, created_on);
create index eduzz_sale_updated on eduzz_sale (account, updated_on);
create index eduzz_sale_product on eduzz_sale (account, product_id, created_on);
create index eduzz_sale_contract on eduzz_sale (account, contract_id) where contract_id is not null;
create index eduzz_sale_buyer on eduzz_sale (account, buyer_email);
create index eduzz_subscription_created on eduzz_subscription (account, created_on);
create index eduzz_subscription_updated on eduzz_subscription (account, updated_on);
create index eduzz_subscription_status on eduzz_subscription (account, status);
create index eduzz_subscription_next_due on eduzz_subscription (account, recurrence_next_due_on);
create index eduzz_subscription_client on eduzz_subscription (account, client_email);
create index eduzz_invoice_subscription on eduzz_invoice (account, subscription_id);
create index eduzz_invoice_due on eduzz_invoice (account, due_on);
create index eduzz_customer_email on eduzz_customer (account, email);
create index eduzz_statement_credit on eduzz_statement (account, credit_on);
create index eduzz_statement_sale on eduzz_statement (account, sale_id) where sale_id is not null;
create index eduzz_transfer_created on eduzz_transfer (account, created_on);
create index eduzz_chargeback_requested on eduzz_chargeback (account, requested_on);
create index eduzz_chargeback_product on eduzz_chargeback (account, product_id);
create index eduzz_chargeback_buyer on eduzz_chargeback (account, buyer_email);
create index eduzz_affiliation_product on eduzz_affiliation (account, product_id);
create index eduzz_affiliation_customer on eduzz_affiliation (account, customer_id);

-- Views. Revenue is of sales that were paid: `paid`, `waiting_refund`, `refunded`. A row that is not
-- at the service any more counts nowhere, and a sum has one currency.

-- The views read this index and not the rows. SQLite needs the columns of the condition in it.
create index eduzz_sale_revenue on eduzz_sale (
    account, paid_on, product_id, total_currency, net_gain_currency,
    status, total_e4, net_gain_e4, refunded_on, refund_type, refund_value_e4, refund_value_currency,
    refund_partial_value_e4, refund_partial_value_currency, m_gone
)
    where m_gone is null and status in ('paid', 'waiting_refund', 'refunded');

create view eduzz_paid_sale as
select
    account,
    key as sale_id,
    paid_on as day,
    product_id,
    status,
    payment_method,
    affiliate_id,
    utm_source,
    utm_medium,
    utm_campaign,
    tracker,
    total_currency as currency,
    total_e4,
    case when status = 'refunded' or refunded_on is not null then 1 else 0 end as is_refunded,
    case
        when status <> 'refunded' and refunded_on is null then null
        when refund_type = 'partial' and refund_partial_value_currency = total_currency
            then refund_partial_value_e4
        when refund_type is distinct from 'partial' and refund_value_currency = total_currency
            then refund_value_e4
        when status = 'refunded' and refund_value_currency is null then total_e4
    end as refunded_e4,
    net_gain_currency,
    case when status <> 'refunded' then net_gain_e4 end as net_gain_e4,
    affiliates_gain_currency,
    case when status <> 'refunded' then affiliates_gain_e4 end as affiliates_gain_e4
from eduzz_sale
where m_gone is null and status in ('paid', 'waiting_refund', 'refunded');

create view eduzz_revenue_by_day as
select
    r.account,
    r.day,
    r.product_id,
    coalesce(p.name, (
        select s.product_name from eduzz_sale s
        where s.account = r.account and s.product_id = r.product_id
        order by s.created_on desc limit 1
    )) as product_name,
    r.currency,
    r.sales,
    r.total_e4,
    substr('-', 1, r.total_e4 < 0) || (abs(r.total_e4) / 10000) || '.' || substr('000' || (abs(r.total_e4) % 10000), -4) as total,
    r.refunds,
    r.refunded_e4,
    substr('-', 1, r.refunded_e4 < 0) || (abs(r.refunded_e4) / 10000) || '.' || substr('000' || (abs(r.refunded_e4) % 10000), -4) as refunded,
    r.net_gain_currency,
    r.net_gain_e4,
    substr('-', 1, r.net_gain_e4 < 0) || (abs(r.net_gain_e4) / 10000) || '.' || substr('000' || (abs(r.net_gain_e4) % 10000), -4) as net_gain
from (
    select
        account, day, product_id, currency, net_gain_currency,
        count(*) as sales,
        sum(total_e4) as total_e4,
        sum(is_refunded) as refunds,
        coalesce(sum(refunded_e4), 0) as refunded_e4,
        sum(net_gain_e4) as net_gain_e4
    from eduzz_paid_sale
    group by account, day, product_id, currency, net_gain_currency
) r
left join eduzz_product p on p.account = r.account and p.key = r.product_id;

create view eduzz_revenue_by_product as
select
    r.account,
    r.product_id,
    coalesce(p.name, (
        select s.product_name from eduzz_sale s
        where s.account = r.account and s.product_id = r.product_id
        order by s.created_on desc limit 1
    )) as product_name,
    r.first_day,
    r.last_day,
    r.currency,
    r.sales,
    r.total_e4,
    substr('-', 1, r.total_e4 < 0) || (abs(r.total_e4) / 10000) || '.' || substr('000' || (abs(r.total_e4) % 10000), -4) as total,
    r.refunds,
    r.refunded_e4,
    substr('-', 1, r.refunded_e4 < 0) || (abs(r.refunded_e4) / 10000) || '.' || substr('000' || (abs(r.refunded_e4) % 10000), -4) as refunded,
    r.net_gain_currency,
    r.net_gain_e4,
    substr('-', 1, r.net_gain_e4 < 0) || (abs(r.net_gain_e4) / 10000) || '.' || substr('000' || (abs(r.net_gain_e4) % 10000), -4) as net_gain
from (
    select
        account, product_id, currency, net_gain_currency,
        min(day) as first_day,
        max(day) as last_day,
        sum(sales) as sales,
        sum(total_e4) as total_e4,
        sum(refunds) as refunds,
        sum(refunded_e4) as refunded_e4,
        sum(net_gain_e4) as net_gain_e4
    from (
        -- in the order of the index
        select
            account, day, product_id, currency, net_gain_currency,
            count(*) as sales,
            sum(total_e4) as total_e4,
            sum(is_refunded) as refunds,
            coalesce(sum(refunded_e4), 0) as refunded_e4,
            sum(net_gain_e4) as net_gain_e4
        from eduzz_paid_sale
        group by account, day, product_id, currency, net_gain_currency
    ) d
    group by account, product_id, currency, net_gain_currency
) r
left join eduzz_product p on p.account = r.account and p.key = r.product_id;

create view eduzz_refund_rate as
select
    r.account,
    r.month,
    r.product_id,
    coalesce(p.name, (
        select s.product_name from eduzz_sale s
        where s.account = r.account and s.product_id = r.product_id
        order by s.created_on desc limit 1
    )) as product_name,
    r.currency,
    r.sales,
    r.refunds,
    r.rate_e4,
    substr('-', 1, r.rate_e4 < 0) || (abs(r.rate_e4) / 10000) || '.' || substr('000' || (abs(r.rate_e4) % 10000), -4) as rate,
    r.total_e4,
    substr('-', 1, r.total_e4 < 0) || (abs(r.total_e4) / 10000) || '.' || substr('000' || (abs(r.total_e4) % 10000), -4) as total,
    r.refunded_e4,
    substr('-', 1, r.refunded_e4 < 0) || (abs(r.refunded_e4) / 10000) || '.' || substr('000' || (abs(r.refunded_e4) % 10000), -4) as refunded
from (
    select
        account, product_id, currency,
        substr(day, 1, 7) as month,
        sum(sales) as sales,
        sum(refunds) as refunds,
        (20000 * sum(refunds) + sum(sales)) / (2 * sum(sales)) as rate_e4,
        sum(total_e4) as total_e4,
        sum(refunded_e4) as refunded_e4
    from (
        select
            account, day, product_id, currency,
            count(*) as sales,
            sum(is_refunded) as refunds,
            sum(total_e4) as total_e4,
            coalesce(sum(refunded_e4), 0) as refunded_e4
        from eduzz_paid_sale
        group by account, day, product_id, currency
    ) d
    group by account, month, product_id, currency
) r
left join eduzz_product p on p.account = r.account and p.key = r.product_id;

create index eduzz_sale_affiliate on eduzz_sale (
    account, affiliate_id, total_currency, affiliates_gain_currency, net_gain_currency,
    status, total_e4, affiliates_gain_e4, net_gain_e4, refunded_on, refund_type, refund_value_e4,
    refund_value_currency, refund_partial_value_e4, refund_partial_value_currency, m_gone
)
    where affiliate_id is not null and m_gone is null and status in ('paid', 'waiting_refund', 'refunded');

create view eduzz_affiliate_revenue as
select
    r.account,
    r.affiliate_id,
    (
        select s.affiliate_name from eduzz_sale s
        where s.account = r.account and s.affiliate_id = r.affiliate_id
            and s.m_gone is null and s.status in ('paid', 'waiting_refund', 'refunded')
        limit 1
    ) as affiliate_name,
    r.currency,
    r.sales,
    r.total_e4,
    substr('-', 1, r.total_e4 < 0) || (abs(r.total_e4) / 10000) || '.' || substr('000' || (abs(r.total_e4) % 10000), -4) as total,
    r.refunds,
    r.refunded_e4,
    substr('-', 1, r.refunded_e4 < 0) || (abs(r.refunded_e4) / 10000) || '.' || substr('000' || (abs(r.refunded_e4) % 10000), -4) as refunded,
    r.affiliates_gain_currency,
    r.affiliates_gain_e4,
    substr('-', 1, r.affiliates_gain_e4 < 0) || (abs(r.affiliates_gain_e4) / 10000) || '.' || substr('000' || (abs(r.affiliates_gain_e4) % 10000), -4) as affiliates_gain,
    r.net_gain_currency,
    r.net_gain_e4,
    substr('-', 1, r.net_gain_e4 < 0) || (abs(r.net_gain_e4) / 10000) || '.' || substr('000' || (abs(r.net_gain_e4) % 10000), -4) as net_gain
from (
    select
        account, affiliate_id, currency, affiliates_gain_currency, net_gain_currency,
        count(*) as sales,
        sum(total_e4) as total_e4,
        sum(is_refunded) as refunds,
        coalesce(sum(refunded_e4), 0) as refunded_e4,
        sum(affiliates_gain_e4) as affiliates_gain_e4,
        sum(net_gain_e4) as net_gain_e4
    from eduzz_paid_sale
    where affiliate_id is not null
    group by account, affiliate_id, currency, affiliates_gain_currency, net_gain_currency
) r;

create index eduzz_sale_campaign on eduzz_sale (
    account, utm_source, utm_medium, utm_campaign, tracker, total_currency, net_gain_currency,
    status, total_e4, net_gain_e4, refunded_on, refund_type, refund_value_e4, refund_value_currency,
    refund_partial_value_e4, refund_partial_value_currency, m_gone
)
    where coalesce(utm_source, utm_medium, utm_campaign, tracker) is not null
        and m_gone is null and status in ('paid', 'waiting_refund', 'refunded');

create view eduzz_campaign_revenue as
select
    r.account,
    r.utm_source,
    r.utm_medium,
    r.utm_campaign,
    r.tracker,
    r.currency,
    r.sales,
    r.total_e4,
    substr('-', 1, r.total_e4 < 0) || (abs(r.total_e4) / 10000) || '.' || substr('000' || (abs(r.total_e4) % 10000), -4) as total,
    r.refunds,
    r.refunded_e4,
    substr('-', 1, r.refunded_e4 < 0) || (abs(r.refunded_e4) / 10000) || '.' || substr('000' || (abs(r.refunded_e4) % 10000), -4) as refunded,
    r.net_gain_currency,
    r.net_gain_e4,
    substr('-', 1, r.net_gain_e4 < 0) || (abs(r.net_gain_e4) / 10000) || '.' || substr('000' || (abs(r.net_gain_e4) % 10000), -4) as net_gain
from (
    select
        account, utm_source, utm_medium, utm_campaign, tracker, currency, net_gain_currency,
        count(*) as sales,
        sum(total_e4) as total_e4,
        sum(is_refunded) as refunds,
        coalesce(sum(refunded_e4), 0) as refunded_e4,
        sum(net_gain_e4) as net_gain_e4
    from eduzz_paid_sale
    where coalesce(utm_source, utm_medium, utm_campaign, tracker) is not null
    group by account, utm_source, utm_medium, utm_campaign, tracker, currency, net_gain_currency
) r;

create index eduzz_subscription_running on eduzz_subscription (
    account, product_id, payment_price_currency,
    status, payment_price_e4, recurrence_frequency_type, recurrence_frequency_value,
    is_unlimited_installments, product_title, m_gone
)
    where m_gone is null and status in ('upToDate', 'awaitingPayment', 'late', 'trial');

-- Only the frequency `monthly` (or `month`) is known; subscriptions with another are counted and
-- not summed. A price of several months is divided, rounded to a ten-thousandth.
create view eduzz_recurring_revenue as
select
    r.account,
    r.product_id,
    r.product_title,
    r.currency,
    r.subscriptions,
    r.late,
    r.trials,
    r.unknown_frequency,
    r.monthly_e4,
    substr('-', 1, r.monthly_e4 < 0) || (abs(r.monthly_e4) / 10000) || '.' || substr('000' || (abs(r.monthly_e4) % 10000), -4) as monthly
from (
    select
        account, product_id, currency,
        max(product_title) as product_title,
        sum(subscriptions) as subscriptions,
        sum(late) as late,
        sum(trials) as trials,
        sum(case when months is null then subscriptions else 0 end) as unknown_frequency,
        coalesce(sum((2 * price_e4 + months) / (2 * months)), 0) as monthly_e4
    from (
        select
            account, product_id, currency, months,
            max(product_title) as product_title,
            sum(case when status <> 'trial' then 1 else 0 end) as subscriptions,
            sum(case when status = 'late' then 1 else 0 end) as late,
            sum(case when status = 'trial' then 1 else 0 end) as trials,
            coalesce(sum(case when status <> 'trial' then price_e4 end), 0) as price_e4
        from (
            select
                account, product_id, product_title, status,
                payment_price_currency as currency,
                payment_price_e4 as price_e4,
                case
                    when recurrence_frequency_type in ('monthly', 'month')
                        and recurrence_frequency_value > 0
                        then recurrence_frequency_value
                end as months
            from eduzz_subscription
            where m_gone is null
                and status in ('upToDate', 'awaitingPayment', 'late', 'trial')
                and is_unlimited_installments is not true
        ) s
        group by account, product_id, currency, months
    ) f
    group by account, product_id, currency
) r;

create index eduzz_subscription_late on eduzz_subscription (account, key)
    where m_gone is null and status in ('late', 'defaulter');
create index eduzz_invoice_open on eduzz_invoice (
    account, subscription_id, payment_amount_currency,
    due_on, payment_amount_e4, status, m_gone
)
    where m_gone is null and status = 'open';

create view eduzz_arrears as
select
    s.account,
    s.key as subscription_id,
    s.status,
    s.client_name,
    s.client_email,
    s.product_id,
    s.product_title,
    s.payment_method,
    s.recurrence_current_due_on as current_due,
    s.payment_price_currency as price_currency,
    s.payment_price_e4 as price_e4,
    substr('-', 1, s.payment_price_e4 < 0) || (abs(s.payment_price_e4) / 10000) || '.' || substr('000' || (abs(s.payment_price_e4) % 10000), -4) as price,
    coalesce(i.invoices, 0) as open_invoices,
    i.oldest_due,
    i.currency as owed_currency,
    i.owed_e4,
    substr('-', 1, i.owed_e4 < 0) || (abs(i.owed_e4) / 10000) || '.' || substr('000' || (abs(i.owed_e4) % 10000), -4) as owed
from eduzz_subscription s
left join (
    select
        account, subscription_id,
        payment_amount_currency as currency,
        count(*) as invoices,
        min(due_on) as oldest_due,
        sum(payment_amount_e4) as owed_e4
    from eduzz_invoice
    where m_gone is null and status = 'open'
    group by account, subscription_id, payment_amount_currency
) i on i.account = s.account and i.subscription_id = s.key
where s.m_gone is null and s.status in ('late', 'defaulter');

-- windows, changes, rows that cannot be read: below
