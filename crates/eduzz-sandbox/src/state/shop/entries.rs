//! Entries of the statement, transfers, and fiscal documents.

use eduzz_types::Currency;
use eduzz_types::myeduzz::{FiscalDocumentStatus, StatementEntryType, TransferStatus};
use serde::{Deserialize, Serialize};

use super::sale::Sale;
use crate::state::calendar::{Day, Moment};
use crate::state::interned::{self, Word};
use crate::state::money::Cents;

/// An entry of the statement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: u64,
    pub(crate) credit: Moment,
    pub(crate) description: String,
    pub(crate) sale: Option<u64>,
    pub(crate) kind: Option<StatementEntryType>,
    /// That of the sale.
    pub(crate) currency: Currency,
    pub(crate) value: Cents,
}

impl Entry {
    /// The entry of a sale's payment, or of its refund.
    pub(crate) fn of(id: u64, sale: &Sale, is_refund: bool) -> Self {
        let number = sale.id;
        let refunded = sale.refund.as_ref().and_then(|refund| refund.refunded);
        let (credit, description, kind, value) = if is_refund {
            let what = match sale.chargeback {
                Some(_) => "Chargeback",
                None => "Reembolso",
            };
            // The money that came in, less the rest.
            let gone = sale.came() - sale.gains.net;
            let description = format!("{what} do pedido {number}");
            (refunded, description, StatementEntryType::Refund, -gone)
        } else {
            let description = format!("Venda do pedido {number}");
            (sale.credit, description, StatementEntryType::Sale, sale.came())
        };
        Self {
            id,
            credit: credit.unwrap_or(sale.updated),
            description,
            sale: Some(number),
            kind: Some(kind),
            currency: sale.currency,
            value,
        }
    }
}

/// A transfer to the bank.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Transfer {
    pub(crate) id: u64,
    pub(crate) value: Cents,
    pub(crate) requested: Day,
    pub(crate) completed: Option<Day>,
    pub(crate) status: TransferStatus,
    #[serde(deserialize_with = "interned::perhaps")]
    pub(crate) details: Option<Word>,
}

/// A fiscal document about a sale.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FiscalDocument {
    pub(crate) id: u64,
    pub(crate) kind: FiscalKind,
    pub(crate) sale: u64,
    pub(crate) emitted: Moment,
    pub(crate) status: FiscalDocumentStatus,
}

/// The recipient of a fiscal document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum FiscalKind {
    /// The affiliate who brought the sale.
    Affiliate,
    /// The buyer.
    Buyer,
}
