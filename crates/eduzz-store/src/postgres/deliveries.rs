//! Stores deliveries, a group in one statement.

use std::collections::HashMap;
use std::collections::VecDeque;

use eduzz_sync::Moment;
use eduzz_sync::inbox::{Incoming, State};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::link::{Link, Open};
use crate::clock::Clock;
use crate::{Put, StoreError, StoreErrorKind};

type Result<T> = std::result::Result<T, StoreError>;

/// Deliveries of one statement.
const GROUP: usize = 256;

/// Bytes of bodies of one statement, apart from a single larger one.
const BYTES: usize = 16 * 1024 * 1024;

/// A delivery, and the caller that waits for its number.
pub(super) struct Delivery {
    pub(super) incoming: Incoming,
    pub(super) state: State,
    pub(super) reply: oneshot::Sender<Result<Put>>,
}

/// Stores deliveries until every store of this connection is dropped.
pub(super) async fn run(mut link: Link, clock: Clock, mut received: mpsc::Receiver<Delivery>) {
    // A delivery that was too large for the last group.
    let mut left = None;
    loop {
        let first = match left.take() {
            Some(delivery) => delivery,
            None => match received.recv().await {
                Some(delivery) => delivery,
                None => return,
            },
        };
        let mut bytes = first.incoming.body.len();
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(delivery) = received.try_recv()
        {
            bytes += delivery.incoming.body.len();
            if bytes > BYTES {
                left = Some(delivery);
                break;
            }
            group.push(delivery);
        }
        if let Err(error) = link.open().await {
            // Those that came meanwhile would only wait for the same.
            group.extend(left.take());
            while let Ok(delivery) = received.try_recv() {
                group.push(delivery);
            }
            for delivery in group {
                let _gone = delivery.reply.send(Err(error.clone()));
            }
            continue;
        }
        store(&mut link, &clock, group).await;
    }
}

/// Stores a group. If the server refuses a value, the halves are stored by themselves, so that one
/// delivery does not keep the others out.
async fn store(link: &mut Link, clock: &Clock, group: Vec<Delivery>) {
    let mut groups = VecDeque::from([group]);
    let mut was_busy = false;
    while let Some(mut group) = groups.pop_front() {
        let limit = link.server.limits.group;
        let stored = match link.open().await {
            Ok(open) => timeout(limit, put(open, &group, clock.fixed())).await,
            Err(error) => Ok(Err(error)),
        };
        match link.ended(stored) {
            Ok(puts) => {
                for (delivery, put) in group.into_iter().zip(puts) {
                    // The caller may be gone; what is stored is stored.
                    let _gone = delivery.reply.send(Ok(put));
                }
            }
            Err(error) if error.kind() == StoreErrorKind::Busy && !was_busy => {
                was_busy = true;
                groups.push_front(group);
            }
            Err(error) if error.kind() == StoreErrorKind::Other && group.len() > 1 => {
                let second = group.split_off(group.len() / 2);
                groups.push_front(second);
                groups.push_front(group);
            }
            Err(error) => {
                for delivery in group {
                    let _gone = delivery.reply.send(Err(error.clone()));
                }
            }
        }
    }
}

/// Numbers follow the order of arrival; rows are written in the order of their keys, so that two
/// receivers cannot deadlock. A key that is there keeps its row and counts the copies: all of
/// `copied`, of which some have another body.
const PUT: &str = r#"
with clock as materialized (
    select coalesce($1::bigint, (extract(epoch from clock_timestamp()) * 1000)::bigint) as now
), given as materialized (
    select nextval('eduzz_event_seq_seq') as number, g.*
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::text[],
                $10::boolean[], $11::text[], $12::text[], $13::boolean[], $14::bigint[], $15::bigint[],
                $16::text[], $17::bytea[])
         with ordinality as g (account, once, name, kind, subject, sent, hash, reading, is_sample, key_label, state,
                               is_open, copies, differing, signature, body, place)
), copied as materialized (
    select * from unnest($18::bigint[], $19::bytea[]) as c (place, hash)
), stored as (
    insert into eduzz_event as e (seq, account, once, name, kind, subject, sent, received_at, hash, reading,
                                  is_sample, key_label, state, due, ended_at, copies, differing)
    overriding system value
    select number, account, once, name, kind, subject, sent, now, hash, reading, is_sample, key_label, state, now,
           case when is_open then null else now end, copies, differing
    from given cross join clock
    order by account collate "C", once collate "C"
    on conflict (account, once) do update
    set copies = e.copies + excluded.copies + 1,
        differing = e.differing + (
            select count(*) from given join copied using (place)
            where given.account = e.account and given.once = e.once and copied.hash <> e.hash)
    returning seq, account, once, hash
), bodies as (
    insert into eduzz_body (seq, signature, body)
    select number, signature, body from given join stored on stored.seq = given.number
)
select given.place, stored.seq, stored.seq = given.number, stored.hash
from given join stored using (account, once)
"#;

async fn put(open: &mut Open, group: &[Delivery], now: Option<Moment>) -> Result<Vec<Put>> {
    // The first of each key, and the place of each delivery among these.
    let mut firsts: Vec<&Delivery> = Vec::new();
    let mut places = Vec::new();
    let mut known = HashMap::new();
    for delivery in group {
        let key = (&delivery.incoming.account, &delivery.incoming.once);
        let place = *known.entry(key).or_insert_with(|| {
            firsts.push(delivery);
            firsts.len() - 1
        });
        places.push(place);
    }
    let mut copies = vec![-1_i64; firsts.len()];
    let mut differing = vec![0_i64; firsts.len()];
    for (delivery, place) in group.iter().zip(&places) {
        if let (Some(copies), Some(differing), Some(first)) = (
            copies.get_mut(*place),
            differing.get_mut(*place),
            firsts.get(*place),
        ) {
            *copies += 1;
            *differing += i64::from(first.incoming.hash != delivery.incoming.hash);
        }
    }
    let places: Vec<i64> = places
        .into_iter()
        .map(|place| i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1))
        .collect();
    let hashes: Vec<&[u8]> = group.iter().map(|delivery| &delivery.incoming.hash[..]).collect();

    macro_rules! column {
        ($delivery:ident => $value:expr) => {
            &firsts.iter().map(|$delivery| $value).collect::<Vec<_>>()
        };
    }
    let statement = open.statements.get(&open.client, PUT).await?;
    let rows = open
        .client
        .query(
            &statement,
            &[
                &now.map(Moment::millis),
                column!(it => it.incoming.account.as_str()),
                column!(it => it.incoming.once.as_str()),
                column!(it => it.incoming.name.as_deref()),
                column!(it => it.incoming.subject.as_ref().map(|(kind, _)| kind.as_str())),
                column!(it => it.incoming.subject.as_ref().map(|(_, id)| id.as_str())),
                column!(it => it.incoming.sent.as_deref()),
                column!(it => &it.incoming.hash[..]),
                column!(it => it.incoming.reading.as_str()),
                column!(it => it.incoming.is_sample),
                column!(it => it.incoming.key.as_deref()),
                column!(it => it.state.as_str()),
                column!(it => it.state.is_open()),
                &copies,
                &differing,
                column!(it => it.incoming.signature.as_str()),
                column!(it => it.incoming.body.as_slice()),
                &places,
                &hashes,
            ],
        )
        .await?;

    let mut stored = HashMap::new();
    for row in rows {
        let (place, seq, is_new): (i64, i64, bool) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let hash: Vec<u8> = row.try_get(3)?;
        stored.insert(place, (seq, is_new, hash));
    }
    let puts = group.iter().zip(places).map(|(delivery, place)| {
        let (seq, is_new, hash) = stored.get_mut(&place)?;
        Some(Put {
            seq: *seq,
            // Only the first of the key.
            is_new: std::mem::take(is_new),
            differs: hash.as_slice() != delivery.incoming.hash,
        })
    });
    let puts: Option<Vec<Put>> = puts.collect();
    puts.ok_or_else(|| StoreError::new(StoreErrorKind::OtherSchema))
}
