//! The ids of rows, as hashes.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::array;

use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serializer};

use crate::{Paged, Row};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Digits of 6 bits for one id of 64.
const DIGITS: usize = 11;

/// What a hash is of.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    List = 1,
    Id = 2,
    Unreadable = 3,
}

/// A hash of the row's id, or of an unreadable row's JSON.
pub(super) fn key_of<L: Paged>(row: &Row<L::Row>) -> u64 {
    match row {
        Row::Read(row) => hash(Kind::Id, &L::key(row)),
        Row::Unreadable(row) => hash(Kind::Unreadable, &row.json),
    }
}

pub(super) fn hash(kind: Kind, text: &str) -> u64 {
    crate::hash::hash((kind as u64) << 56, text)
}

/// Writes the ids as one text of 11 characters each.
pub(super) fn serialize<S: Serializer>(ids: &VecDeque<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut text = Vec::with_capacity(ids.len() * DIGITS);
    for id in ids {
        let digits: [u8; DIGITS] = array::from_fn(|digit| {
            let digit = usize::try_from((id >> (6 * digit)) & 63).unwrap_or(0);
            ALPHABET.get(digit).copied().unwrap_or(b'A')
        });
        text.extend_from_slice(&digits);
    }
    // The alphabet is ASCII.
    serializer.serialize_str(str::from_utf8(&text).unwrap_or_default())
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<VecDeque<u64>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let id = |digits: &[u8]| {
        let mut id = 0_u64;
        for digit in digits.iter().rev() {
            let value = ALPHABET.iter().position(|byte| byte == digit)?;
            id = (id << 6) | u64::try_from(value).ok()?;
        }
        (digits.len() == DIGITS).then_some(id)
    };
    let ids: Option<VecDeque<u64>> = text.as_bytes().chunks(DIGITS).map(id).collect();
    ids.ok_or_else(|| D::Error::custom("the ids are not of a cursor"))
}
