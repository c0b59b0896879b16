//! Sales.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::{DateTime, Money};

use super::{Sale, Table, fields};

impl Table for Sale {
    fields! {
        [Text] "id", "id", "The number of the sale.", |sale| Some(sale.id.as_str());
        [Text] "contract_id", "contractId", "The subscription that it belongs to.", |sale| Some(sale.contract_id.as_ref()?.as_str());
        [Text] "status", "status", "The status, in the SDK's spelling.", |sale| Some(sale.status.as_str());
        [Amount] "total", "total", "The price that was charged.", |sale| Some(sale.total);
        [Time] "created", "createdAt", "When it was created.", |sale| sale.created_at.as_ref();
        personal [Text] "buyer_email", "buyer.email", "The buyer's e-mail address.", |sale| Some(sale.buyer.as_ref()?.email.as_ref()?.as_str());
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }

    fn status(&self) -> Option<&str> {
        Some(self.status.as_str())
    }

    fn updated(&self) -> Option<&DateTime> {
        self.updated_at.as_ref()
    }

    fn amount(&self) -> Option<Money> {
        Some(self.total)
    }
}
