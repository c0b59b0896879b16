//! Statements and columns, the same in both databases. A place is `?1`, which PostgreSQL writes
//! `$1`.

use std::borrow::Cow;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{By, Kind, REFETCHES};

use super::rows::{Overlay, Stored, Write, state};

pub(crate) const WINDOWS: &str = "
select first_day, last_day, row_count, unreadable, read_at, doubt, sealed_at, check_at,
       coalesce(held_until > ?4, false), cursor
from eduzz_window where account = ?1 and kind = ?2 and parent = ?3 order by first_day desc";

pub(crate) const LISTS: &str =
    "select distinct parent from eduzz_window where account = ?1 and kind = ?2 order by parent";

pub(crate) const OVERLAPS: &str = "
select exists (
    select 1 from eduzz_window
    where account = ?1 and kind = ?2 and parent = ?3 and first_day <= ?5 and last_day >= ?4
      and not (first_day = ?4 and last_day = ?5))";

pub(crate) const BEGIN: &str = "
insert into eduzz_window as w (account, kind, parent, first_day, last_day, hold, held_until, began, doubt)
values (?1, ?2, ?3, ?4, ?5, 1, ?7, ?6, ?8)
on conflict (account, kind, parent, first_day) do update
set hold = w.hold + 1, held_until = excluded.held_until, began = coalesce(w.began, excluded.began)
where w.held_until is null or w.held_until <= excluded.began
returning hold, began, cursor";

/// A window with rows keeps its first day, which they name.
pub(crate) const CUT: &str = "
update eduzz_window set first_day = ?6, last_day = ?7, began = ?5, held_until = ?9
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and hold = ?8
  and held_until > ?5 and cursor is null and read_at is null";

pub(crate) const STORE_CURSOR: &str = "
update eduzz_window set cursor = ?6, held_until = ?7
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and hold = ?5 and held_until > ?8";

/// How often a window agreed, and whether it is proven, if the reader still has it.
pub(crate) const HELD: &str = "
select agreed, sealed_at is not null from eduzz_window
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and hold = ?5 and held_until > ?6";

pub(crate) const END: &str = "
update eduzz_window
set held_until = null, began = null, cursor = null, read_at = ?5, row_count = ?6, unreadable = ?7,
    doubt = ?8, agreed = ?9, check_at = ?10, sealed_rows = ?12, sealed_digest = ?13,
    sealed_at = case when ?11 then coalesce(sealed_at, ?5) end,
    sealed_statuses = ?14, sealed_sums = ?15
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4";

pub(crate) const KEEP_UNREADABLE: &str = "
insert into eduzz_unreadable as u (account, kind, parent, hash, first_day, seen_at, reason, raw)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
on conflict (account, kind, parent, hash) do update
set first_day = coalesce(excluded.first_day, u.first_day), seen_at = excluded.seen_at";

/// Rows that could not be read before a pass, and can be now, or are gone.
pub(crate) const FORGET_UNREADABLE: &str = "
delete from eduzz_unreadable
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and seen_at < ?5";

/// The sums of a window that is proven.
pub(crate) const SEAL: &str = "
select sealed_rows, sealed_digest from eduzz_window
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4 and sealed_at is not null";

pub(crate) const MOVE_SEAL: &str = "
update eduzz_window set sealed_rows = ?5, sealed_digest = ?6
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4";

pub(crate) const CHANGES: &str = "
select number, kind, key, cause, at, old_digest, new_digest from eduzz_change
where account = ?1 and number > ?2 order by number limit ?3";

pub(crate) const MARK: &str = "select at from eduzz_mark where account = ?1 and name = ?2";

pub(crate) const SET_MARK: &str = "
insert into eduzz_mark (account, name, at) values (?1, ?2, ?3)
on conflict (account, name) do update set at = excluded.at";

/// A window that is not what was proven is read again.
pub(crate) const DOUBT: &str = "
update eduzz_window set doubt = 'changed', sealed_at = null, check_at = ?5
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4";

pub(crate) const MAKE_LANE: &str =
    "insert into eduzz_pace (lane, state, stored_at) values (?1, '{}', 0) on conflict (lane) do nothing";

pub(crate) const LANE: &str = "select state, stored_at from eduzz_pace where lane = ?1";

pub(crate) const SET_LANE: &str = "update eduzz_pace set state = ?2, stored_at = ?3 where lane = ?1";

/// A list that the service refuses is tried again at the next run.
pub(crate) const REFUSE: &str = "
update eduzz_window
set doubt = 'refused', check_at = ?5, held_until = null, began = null, cursor = null
where account = ?1 and kind = ?2 and parent = ?3 and first_day = ?4";

pub(crate) const CHOICE: &str = "select kind, parent from eduzz_chosen where account = ?1";

pub(crate) const UNCHOOSE: &str = "delete from eduzz_chosen where account = ?1";

pub(crate) const CHOOSE: &str = "insert into eduzz_chosen (account, kind, parent) values (?1, ?2, ?3)";

/// Proven windows that were read since they were compared, the newest first.
pub(crate) const UNCOMPARED: &str = "
select w.first_day, w.last_day from eduzz_window w
left join eduzz_cross_check c on c.account = w.account and c.source = ?3 and c.first_day = w.first_day
where w.account = ?1 and w.kind = ?2 and w.parent = '' and w.doubt is null
  and (c.checked_at is null or c.checked_at < w.read_at or c.last_day <> w.last_day)
order by w.first_day desc";

/// The gains of a window's paid sales. They are whole if all are settled, exact and of one
/// currency.
pub(crate) const GAINS: &str = "
select count(*) filter (where status = 'paid'),
       min(gross_gain_currency) filter (where status = 'paid'),
       coalesce(cast(sum(gross_gain_e4) filter (where status = 'paid') as bigint), 0),
       coalesce(cast(sum(net_gain_e4) filter (where status = 'paid') as bigint), 0),
       count(*) filter (where m_state in ('unsettled', 'doubtful') or status = 'paid' and (
           gross_gain_e4 is null or net_gain_e4 is null or gross_gain_currency <> net_gain_currency)) = 0
       and count(distinct gross_gain_currency) filter (where status = 'paid') < 2
from eduzz_sale where account = ?1 and m_window = ?2 and m_gone is null";

/// The paid sales, nothing of which was refunded, with an entry in a window of the statement; and
/// those of them whose entries add up to the net gain.
pub(crate) const NET_GAINS: &str = "
select count(*), count(*) filter (where g.is_equal) from (
    select s.net_gain_e4 = sum(e.value_e4) as is_equal
    from eduzz_statement e join eduzz_sale s on s.account = e.account and s.key = e.sale_id
    where e.account = ?1 and e.type = 'sale' and e.m_gone is null
      and s.status = 'paid' and s.refund_type is null and s.m_state = 'settled' and s.m_gone is null
      and s.net_gain_currency = e.value_currency
      and e.sale_id in (
          select sale_id from eduzz_statement
          where account = ?1 and m_window = ?2 and type = 'sale' and m_gone is null)
    group by s.key, s.net_gain_e4
) g";

pub(crate) const AGREED: &str = "
select count(*) from eduzz_cross_check
where account = ?1 and source = ?2 and first_day <> ?3 and verdict = 'agree' and sales > 0";

pub(crate) const COMPARED: &str = "
insert into eduzz_cross_check (account, source, first_day, last_day, verdict, sales, checked_at)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
on conflict (account, source, first_day) do update
set last_day = excluded.last_day, verdict = excluded.verdict, sales = excluded.sales,
    checked_at = excluded.checked_at";

pub(crate) const CROSS_CHECKS: &str = "
select source, first_day, last_day, verdict, sales, checked_at from eduzz_cross_check
where account = ?1 order by source, first_day desc";

pub(crate) const WEBHOOK: &str =
    "select url, verdict, names, since, checked_at from eduzz_webhook where account = ?1";

/// Another address was not looked at yet.
pub(crate) const WATCH_WEBHOOK: &str = "
insert into eduzz_webhook as w (account, url) values (?1, ?2)
on conflict (account) do update set url = excluded.url, verdict = null, names = '', since = null, checked_at = null
where w.url <> excluded.url";

pub(crate) const UNWATCH_WEBHOOK: &str = "delete from eduzz_webhook where account = ?1";

pub(crate) const WEBHOOK_EXAMINED: &str = "
update eduzz_webhook
set since = case when verdict = ?3 and names = ?4 then since else ?5 end,
    verdict = ?3, names = ?4, checked_at = ?5
where account = ?1 and url = ?2";

pub(crate) const MARKED: &str = "select account from eduzz_mark where name = ?1";

pub(crate) const FORGET_KEY: &str = "select key from eduzz_forget_key where account = ?1";

pub(crate) const LAST_EVENT: &str = "select last_event from eduzz_forget_key where account = ?1";

pub(crate) const SET_LAST_EVENT: &str = "update eduzz_forget_key set last_event = ?2 where account = ?1";

/// The body of an event, whether it is open, and when it came. Events of all accounts if none is
/// given.
pub(crate) const BODIES: &str = "
select b.seq, e.state not in ('done', 'ignored'), e.received_at, b.body
from eduzz_body b join eduzz_event e on e.seq = b.seq
where b.seq > ?2 and (cast(?1 as text) is null or e.account = ?1) order by b.seq limit ?3";

/// The subject of an event, if it is a hash of an address, goes with the last body.
pub(crate) const END_EVENT: &str = "
update eduzz_event
set kind = case when kind = 'learner' then null else kind end,
    subject = case when kind = 'learner' then null else subject end,
    ended_at = case when state in ('done', 'ignored') then ended_at else ?2 end,
    error = case when state in ('done', 'ignored') then error else ?3 end,
    state = case when state = 'done' then state else 'ignored' end
where seq = ?1";

/// It reads all events: the index of subjects has only those that are open.
pub(crate) const DELETE_LEARNER: &str = "
update eduzz_event set kind = null, subject = null
where kind = 'learner' and subject = ?2 and (cast(?1 as text) is null or account = ?1)";

/// Records after a key, as they are stored; of those that are at the service, or of all.
pub(crate) fn written(kind: Kind, only_there: bool, text: &str) -> String {
    let parent = kind.parent().map(|column| format!("coalesce({column}, '')"));
    format!(
        "select key, {parent}, raw{text}, overlay{text}, {status} from {table}
         where account = ?1 and key > ?2 {there} order by key limit ?3",
        parent = parent.as_deref().unwrap_or("''"),
        status = if kind.has_status() { "status" } else { "null" },
        there = if only_there { "and m_gone is null" } else { "" },
        table = kind.table(),
    )
}

/// The records that follow from one.
pub(crate) fn following(kind: Kind, column: &str) -> String {
    format!(
        "select key from {} where account = ?1 and {column} = ?2",
        kind.table()
    )
}

/// Records of this kind whose lists of another kind are due.
pub(crate) fn parents(parent: Kind) -> String {
    format!(
        "select p.key from {table} p
         left join eduzz_window w on w.account = p.account and w.kind = ?2 and w.parent = p.key
         left join eduzz_change c on c.account = p.account and c.number = p.m_change
         where p.account = ?1 and (p.m_gone is null or w.row_count > 0 or w.doubt is not null)
           and (w.read_at is null or w.check_at <= ?3 or c.at > w.read_at)
           and (w.held_until is null or w.held_until <= ?3)
         order by w.read_at is not null, p.key limit ?4",
        table = parent.table()
    )
}

pub(crate) fn holdings(kind: Kind) -> String {
    let table = kind.table();
    format!(
        "select count(*) filter (where m_gone is null),
                count(*) filter (where m_state in ('unsettled', 'doubtful')),
                count(*) filter (where m_state = 'disagrees'),
                count(m_gone),
                (select count(*) from eduzz_unreadable where account = ?1 and kind = ?2),
                (select count(*) from eduzz_window where account = ?1 and kind = ?2 and doubt is null),
                (select count(*) from eduzz_window where account = ?1 and kind = ?2 and doubt = 'not_over'),
                (select count(*) from eduzz_window
                 where account = ?1 and kind = ?2 and doubt not in ('not_over', 'refused')),
                (select count(*) from eduzz_change where account = ?1 and kind = ?2 and cause = 'check'),
                (select count(*) from eduzz_window where account = ?1 and kind = ?2 and doubt = 'refused'),
                count(*) filter (where m_state in ('unsettled', 'doubtful') and m_news < ?3)
         from {table} where account = ?1"
    )
}

/// How many windows were read, and how many records are due to be asked for again.
pub(crate) fn reached(kind: Kind) -> String {
    let table = kind.table();
    format!(
        "select (select count(*) from eduzz_window where account = ?1 and kind = ?2 and read_at is not null),
                (select count(*) from {table} where account = ?1 and m_refetch <= ?3)"
    )
}

/// The records that are due.
pub(crate) fn due(kind: Kind) -> String {
    let table = kind.table();
    format!(
        "select m_refetch, key from {table} where account = ?1 and m_refetch <= ?2
         order by m_refetch, key limit ?3"
    )
}

/// The records that are due, with their day of creation and, before the first try, their last
/// news. `day` is the number of the day of `created_on`.
pub(crate) fn due_of_days(kind: Kind, day: &str) -> String {
    let table = kind.table();
    let first = REFETCHES[0].as_millis();
    format!(
        "select key, {day}, case when m_state = 'unsettled' and m_refetch <= m_news + {first} then m_news end
         from {table} where account = ?1 and m_refetch <= ?2
         order by m_refetch, key limit ?3"
    )
}

/// How many rows a day has. `day` is the date of the day with the number `?2`.
pub(crate) fn rows_of_day(kind: Kind, by: By, day: &str) -> String {
    let table = kind.table();
    let column = match by {
        By::Creation => "created_on",
        _ => "updated_on",
    };
    format!("select count(*) from {table} where account = ?1 and {column} = {day}")
}

pub(crate) fn missing(kind: Kind) -> String {
    // As `eduzz_sync::mirror::is_missing` decides.
    let window = of_window(kind);
    format!(
        "select key from {window} and m_gone is null and m_answered < ?4 and (m_news is null or m_news < ?4)
         order by key"
    )
}

/// How many changes a check has found since a moment.
pub(crate) fn drifted(kind: Kind) -> String {
    let window = of_window(kind);
    format!(
        "select count(*) from eduzz_change c
         where c.account = ?1 and c.kind = ?5 and c.cause = 'check' and c.at >= ?4
           and c.key in (select key from {window})"
    )
}

/// The rows of a window: those that were read in it.
pub(crate) fn of_window(kind: Kind) -> String {
    let parent = kind
        .parent()
        .map_or("?3 = ''".to_owned(), |column| format!("{column} = ?3"));
    format!(
        "{} where account = ?1 and m_window = ?2 and {parent}",
        kind.table()
    )
}

/// The status, the amount and its currency, for sums.
pub(crate) fn shown(kind: Kind) -> (&'static str, Cow<'static, str>, Cow<'static, str>) {
    let status = if kind.has_status() { "status" } else { "null" };
    match kind.amount() {
        Some(amount) => (status, amount.into(), format!("{amount}_currency").into()),
        None => (status, "null".into(), "null".into()),
    }
}

/// The columns of [`Stored`], in the order of its fields. `text` follows a column of JSON. The
/// API's JSON is read where an event lies over it, or is going to.
pub(crate) fn stored(kind: Kind, for_event: bool, text: &str) -> String {
    let status = if kind.has_status() { "status" } else { "null" };
    let raw = if for_event {
        format!("raw{text}")
    } else {
        format!("case when overlay is not null then raw{text} end")
    };
    format!(
        "{status}, {raw}, overlay{text}, m_state, m_digest, m_asked, m_answered, m_stated, m_news, m_news_sent,
         m_news_stated, m_news_status, m_refetch, m_window, m_gone"
    )
}

/// The mirror's own columns that every write sets.
pub(crate) const OWN: [&str; 14] = [
    "raw",
    "overlay",
    "m_state",
    "m_asked",
    "m_answered",
    "m_stated",
    "m_news",
    "m_news_sent",
    "m_news_stated",
    "m_news_status",
    "m_refetch",
    "m_window",
    "m_gone",
    "m_change",
];

/// The values of [`OWN`]. A missing `raw` or `window` and a `change` of 0 leave what is stored.
pub(crate) struct Own<'a> {
    pub(crate) raw: Option<&'a str>,
    pub(crate) overlay: Option<&'a str>,
    pub(crate) state: &'static str,
    pub(crate) asked: Option<i64>,
    pub(crate) answered: Option<i64>,
    pub(crate) stated: Option<i64>,
    pub(crate) news: Option<i64>,
    pub(crate) news_sent: Option<i64>,
    pub(crate) news_stated: Option<i64>,
    pub(crate) news_status: Option<&'a str>,
    pub(crate) refetch: Option<i64>,
    pub(crate) window: Option<i64>,
    pub(crate) gone: Option<i64>,
    pub(crate) change: i64,
}

impl<'a> Own<'a> {
    pub(crate) fn new(stored: Option<&'a Stored>, write: &'a Write, change: i64) -> Self {
        let held = &write.held;
        let answer = held.answer.as_ref();
        let news = held.news.as_ref();
        let millis = |moment: Option<Moment>| moment.map(Moment::millis);
        Self {
            raw: write.raw.as_deref(),
            overlay: match &write.overlay {
                Overlay::Keep => stored.and_then(|stored| stored.overlay.as_deref()),
                Overlay::Drop => None,
                Overlay::Set(overlay) => Some(overlay),
            },
            state: state(held),
            asked: millis(answer.map(|answer| answer.asked)),
            answered: millis(answer.map(|answer| answer.answered)),
            stated: millis(answer.and_then(|answer| answer.stated)),
            news: millis(news.map(|news| news.received)),
            news_sent: millis(news.and_then(|news| news.sent)),
            news_stated: millis(news.and_then(|news| news.stated)),
            news_status: news.and_then(|news| news.status.as_deref()),
            refetch: millis(held.refetch),
            window: write.window.map(i64::from),
            gone: millis(held.gone),
            change,
        }
    }
}

/// The columns that a whole row has beside the account and the key.
#[cfg(feature = "sqlite")]
pub(crate) fn whole(kind: Kind) -> Vec<Cow<'static, str>> {
    let own = OWN.into_iter().map(Cow::Borrowed);
    own.chain(["m_seen".into(), "m_digest".into()])
        .chain(kind.columns().into_iter().map(|column| column.name))
        .collect()
}

/// What follows `set` for these columns of the table `t`, each with the place of its new value.
/// When a row was first seen stays.
pub(crate) fn assignments<'a>(
    columns: impl IntoIterator<Item = &'a str>,
    value: impl Fn(usize, &str) -> String,
) -> String {
    let columns = columns.into_iter().enumerate();
    let assignments = columns.filter(|(_, name)| *name != "m_seen").map(|(at, name)| {
        let value = value(at, name);
        match name {
            "raw" | "m_window" => format!("{name} = coalesce({value}, t.{name})"),
            "m_change" => format!("{name} = case when {value} = 0 then t.{name} else {value} end"),
            _ => format!("{name} = {value}"),
        }
    });
    assignments.collect::<Vec<_>>().join(", ")
}
