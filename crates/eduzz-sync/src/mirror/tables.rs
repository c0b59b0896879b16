//! The tables, one file each.

mod affiliation;
mod alpaclass_student;
mod alpaclass_team;
mod blinket_event;
mod blinket_participant;
mod chargeback;
mod customer;
mod heycamp_member;
mod invoice;
mod nutror_enrollment;
mod nutror_student;
mod offer;
mod product;
mod sale;
mod statement_entry;
mod subscription;
mod transfer;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::{DateTime, ReadError, read_json};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::record::Field;
use super::value::moment;
use super::value::without_nul;
use super::{Column, Digest, Kind, Record};

pub(super) use eduzz_types::myeduzz::{
    Affiliation, CustomerSummary, Product, ProductOffer, Sale, SaleChargeback, StatementEntry, Subscription,
    SubscriptionInvoice, Transfer,
};
pub(super) use eduzz_types::{alpaclass, blinket, heycamp, nutror};

/// A record with the id of its owner, which is in the path of the call and not in the JSON.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Of<T> {
    #[serde(skip)]
    parent: Box<str>,
    record: T,
}

impl<T: DeserializeOwned> Of<T> {
    fn owned(parent: &str, json: &str) -> Result<Self, ReadError> {
        let record: Self = read_json(json.as_bytes())?;
        Ok(Self {
            parent: parent.into(),
            ..record
        })
    }
}

/// How a record of the service fills a row.
pub(super) trait Table: DeserializeOwned + 'static {
    const FIELDS: &'static [Field<Self>];

    /// The record of this JSON.
    fn parse(_parent: &str, json: &str) -> Result<Self, ReadError> {
        read_json(json.as_bytes())
    }

    /// Unique in the account and kind.
    fn key(&self) -> String;

    fn status(&self) -> Option<&str> {
        None
    }

    fn updated(&self) -> Option<&DateTime> {
        None
    }

    fn columns() -> Vec<Column> {
        Self::FIELDS
            .iter()
            .flat_map(|field| field.columns)
            .cloned()
            .collect()
    }

    fn read(kind: Kind, parent: &str, json: &str) -> Result<Record, ReadError> {
        let record = Self::parse(parent, json)?;
        let key = without_nul(&record.key());
        let columns = Self::FIELDS.iter().map(|field| field.columns.len()).sum();
        let mut values = Vec::with_capacity(columns);
        for field in Self::FIELDS {
            field.values(&record, &mut values);
        }
        Ok(Record {
            kind,
            digest: Digest::of(kind, &key, &values),
            key,
            status: record.status().map(without_nul),
            updated: record.updated().and_then(moment),
            values,
            raw: json.into(),
        })
    }
}

/// A count as a column keeps it.
fn int(count: Option<u64>) -> Option<i64> {
    count.and_then(|count| i64::try_from(count).ok())
}

/// The fields of a table, one each: the form, the name of the column, the place in the JSON,
/// the meaning, and how it is read. `personal` before a form marks a field that tells of a person,
/// `customer` the number of a customer, which tells whose the fields beside it in the JSON are.
macro_rules! fields {
    ($($($mark:ident)? [$form:ident] $name:literal, $source:literal, $meaning:literal, $get:expr;)+) => {
        const FIELDS: &'static [$crate::mirror::record::Field<Self>] = &[
            $($crate::mirror::record::Field {
                columns: fields!(@columns $form, $name, fields!(@mark $($mark)?), $meaning, $source),
                get: $crate::mirror::record::Get::$form($get),
            },)+
        ];
    };
    (@columns Amount, $name:literal, $mark:expr, $meaning:literal, $source:literal) => {
        &[
            fields!(@column Decimal, $name, $mark, $meaning, $source),
            fields!(
                @column Int, concat!($name, "_e4"), $mark,
                "The same in ten-thousandths, for exact sums; missing if it has a smaller part.", $source
            ),
            fields!(@column Text, concat!($name, "_currency"), $mark, "Its currency.", $source),
        ]
    };
    (@columns Time, $name:literal, $mark:expr, $meaning:literal, $source:literal) => {
        &[
            fields!(@column Moment, concat!($name, "_at"), $mark, $meaning, $source),
            fields!(@column Day, concat!($name, "_on"), $mark, "Its day in Brasília.", $source),
            fields!(
                @column Text, concat!($name, "_text"), $mark,
                "The same as the service wrote it.", $source
            ),
        ]
    };
    (@columns $form:ident, $name:literal, $mark:expr, $meaning:literal, $source:literal) => {
        &[fields!(@column $form, $name, $mark, $meaning, $source)]
    };
    (@column $form:ident, $name:expr, $mark:expr, $meaning:literal, $source:literal) => {
        $crate::mirror::Column {
            name: alloc::borrow::Cow::Borrowed($name),
            form: $crate::mirror::Form::$form,
            is_personal: $mark.0,
            is_customer: $mark.1,
            meaning: alloc::borrow::Cow::Borrowed($meaning),
            source: $source,
        }
    };
    (@mark personal) => { (true, false) };
    (@mark customer) => { (false, true) };
    (@mark) => { (false, false) };
}
pub(super) use fields;
