//! Entries of the statement: `GET /myeduzz/v2/financial/statement`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use super::{StatementEntry, Table, fields};

impl Table for StatementEntry {
    fields! {
        [Text] "id", "id", "The number of the entry.", |entry| Some(entry.id.as_str());
        [Time] "credit", "creditDate", "When it counts.", |entry| entry.credit_date.as_ref();
        personal [Text] "description", "description",
            "A Portuguese description for people; it may contain a person's name.",
            |entry| Some(entry.description.as_ref()?.as_str());
        [Text] "sale_id", "saleId", "Its sale; missing for transfers and fees (Q48).",
            |entry| Some(entry.sale_id.as_ref()?.as_str());
        [Text] "type", "type", "The kind, such as `sale`; missing for transfers and fees (Q48).",
            |entry| Some(entry.kind.as_ref()?.as_str());
        [Amount] "value", "value", "The amount; negative if it goes out.", |entry| Some(entry.value);
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }
}
