//! The columns of events.

use eduzz_sync::Moment;
use tokio_postgres::Row as Columns;

use crate::{Body, Row, StoreError, StoreErrorKind, Whole};

type Result<T> = std::result::Result<T, StoreError>;

macro_rules! columns {
    () => {
        "e.seq, e.account, e.once, e.name, e.kind, e.subject, e.sent, e.received_at, e.reading, e.is_sample,
         e.key_label, e.state, e.attempts, e.due, e.holds_until, e.error, e.ended_at, e.copies, e.differing"
    };
}

macro_rules! whole_columns {
    () => {
        concat!(
            columns!(),
            r#", b.signature, b.body, array(
                select handler from eduzz_handled h where h.seq = e.seq order by handler collate "C")"#
        )
    };
}

/// Selects rows.
pub(super) const SELECT: &str = concat!("select ", columns!(), " from eduzz_event e");

/// Selects one event with its body.
pub(super) const SELECT_WHOLE: &str = concat!(
    "select ",
    whole_columns!(),
    " from eduzz_event e left join eduzz_body b on b.seq = e.seq where e.seq = $1"
);

/// Claims events.
pub(super) const TAKE: &str = concat!(
    "update eduzz_event e set state = 'claimed', claim = claim + 1, attempts = attempts + 1, due = $2,
         error = case when e.state = 'claimed' then 'worker_lost' else e.error end
     from unnest($1::bigint[]) as c (seq) left join eduzz_body b on b.seq = c.seq
     where e.seq = c.seq returning ",
    whole_columns!(),
    ", e.claim"
);

/// The first column after those of an event with its body.
pub(super) const AFTER_WHOLE: usize = 22;

pub(super) fn row(columns: &Columns) -> Result<Row> {
    let moment = |at: usize| Ok::<_, StoreError>(Moment::from_millis(columns.try_get(at)?));
    let moment_if = |at: usize| {
        let millis: Option<i64> = columns.try_get(at)?;
        Ok::<_, StoreError>(millis.map(Moment::from_millis))
    };
    let state: &str = columns.try_get(11)?;
    let state = state
        .parse()
        .map_err(|_| StoreError::with(StoreErrorKind::OtherSchema, "a state has another name"))?;
    Ok(Row {
        seq: columns.try_get(0)?,
        account: columns.try_get(1)?,
        once: columns.try_get(2)?,
        name: columns.try_get(3)?,
        subject: columns.try_get::<_, Option<String>>(4)?.zip(columns.try_get(5)?),
        sent: columns.try_get(6)?,
        received_at: moment(7)?,
        reading: columns.try_get(8)?,
        is_sample: columns.try_get(9)?,
        key: columns.try_get(10)?,
        state,
        attempts: count(columns.try_get(12)?),
        due: moment(13)?,
        holds_until: moment_if(14)?,
        error: columns.try_get(15)?,
        ended_at: moment_if(16)?,
        copies: sum(columns.try_get(17)?),
        differing: sum(columns.try_get(18)?),
    })
}

pub(super) fn whole(columns: &Columns) -> Result<Whole> {
    let signature: Option<String> = columns.try_get(19)?;
    let bytes: Option<Vec<u8>> = columns.try_get(20)?;
    let body = signature.zip(bytes);
    Ok(Whole {
        row: row(columns)?,
        body: body.map(|(signature, bytes)| Body { signature, bytes }),
        handled: columns.try_get(21)?,
    })
}

pub(super) fn count(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

pub(super) fn sum(sum: i64) -> u64 {
    u64::try_from(sum).unwrap_or(0)
}
