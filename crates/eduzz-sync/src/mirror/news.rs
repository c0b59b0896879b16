//! What an event tells of a record, and how it is laid over the record.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::myeduzz::{Refund, RefundType, Sale, SaleStatus, Subscription, SubscriptionStatus};
use eduzz_types::{DateTime, EduzzId, Money, PersonalText, ProductId, ReadError, read_json, webhook};
use eduzz_webhook::Event;
use serde::{Deserialize, Serialize};

use super::value::moment;
use super::value::without_nul;
use super::{Kind, News, Record};
use crate::Moment;

/// What an event tells of one record.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The kind of the record.
    pub kind: Kind,
    /// The record's key.
    pub key: Box<str>,
    /// The news.
    pub news: News,
    /// What it says of the record, as JSON of the record's form. `None` if it says only that
    /// something changed.
    pub overlay: Option<Box<str>>,
}

/// The fields of a sale that an event tells. Those from `created_at` on are shown only while no
/// answer of the API is there, because the API has them in another form.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SaleNews {
    id: Box<str>,
    status: Option<SaleStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_at: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<Refund>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract_id: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_method: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<ProductNews>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer: Option<PersonNews>,
}

#[derive(Serialize, Deserialize)]
struct ProductNews {
    id: ProductId,
    name: Option<Box<str>>,
}

#[derive(Serialize, Deserialize)]
struct PersonNews {
    id: Option<EduzzId>,
    name: Option<PersonalText>,
    email: Option<PersonalText>,
    document: Option<PersonalText>,
}

/// The fields of a subscription that an event tells.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SubscriptionNews {
    id: Box<str>,
    status: Option<SubscriptionStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<DateTime>,
}

/// What an event that arrived at this moment tells of the mirror's records; nothing if it is about
/// others. `sent` is the delivery's date of sending.
///
/// That an invoice of the events is the sale of the API with the same id is known by one report
/// (Q36): if there is no such sale, asking for it says so.
#[must_use]
pub fn notices(event: &Event, sent: Option<&DateTime>, received: Moment) -> Vec<Notice> {
    let news = News::new(received).sent(sent.and_then(moment));
    let mut notices = Vec::new();
    if let Some(invoice) = event.invoice() {
        notices.push(of_invoice(invoice, news.clone()));
        if let Some(subscription) = invoice.subscription_id() {
            notices.push(Notice::bare(Kind::Subscription, subscription.as_str(), news));
        }
        return notices;
    }
    match event {
        Event::MyeduzzCommissionProcessed(data) => {
            notices.push(Notice::bare(Kind::Sale, data.invoice_id.as_str(), news));
        }
        Event::MyeduzzContractCreated(data) | Event::MyeduzzContractUpdated(data) => {
            let contract = &data.contract;
            let changed = contract.updated_at.as_ref().or(contract.created_at.as_ref());
            notices.push(of_contract(
                contract.id.as_str(),
                contract.status.as_ref().map(SubscriptionStatus::as_str),
                contract.created_at.as_ref(),
                news.stated(changed.and_then(moment)),
            ));
        }
        Event::MyeduzzContractBankslipAttempted(data)
        | Event::MyeduzzContractCardAttempted(data)
        | Event::MyeduzzContractEduzzBalanceAttempted(data)
        | Event::MyeduzzContractPixAttempted(data) => {
            let contract = &data.contract;
            if let Some(invoice) = &data.invoice {
                notices.push(Notice::bare(Kind::Sale, invoice.id.as_str(), news.clone()));
            }
            notices.push(of_contract(
                contract.id.as_str(),
                contract.status.as_ref().map(SubscriptionStatus::as_str),
                contract.created_at.as_ref(),
                news.stated(contract.updated_at.as_ref().and_then(moment)),
            ));
        }
        _ => {}
    }
    notices
}

impl Notice {
    /// Something changed.
    fn bare(kind: Kind, key: &str, news: News) -> Self {
        Self {
            kind,
            key: without_nul(key),
            news,
            overlay: None,
        }
    }
}

fn of_invoice(invoice: &webhook::myeduzz::Invoice, news: News) -> Notice {
    let status = invoice
        .status
        .as_ref()
        .map(|status| SaleStatus::from(status.as_str()));
    let changed = invoice.refunded_at.as_ref().or(invoice.paid_at.as_ref());
    let refund = invoice.refund.as_ref().map(|refund| {
        let mut shown = Refund::default();
        shown.kind = refund.kind.as_ref().map(|kind| RefundType::from(kind.as_str()));
        shown.refunded_at = invoice.refunded_at.clone().or_else(|| refund.refunded_at.clone());
        shown
    });
    let overlay = SaleNews {
        id: invoice.id.as_str().into(),
        status: status.clone(),
        paid_at: invoice.paid_at.clone(),
        refund,
        created_at: invoice.created_at.clone(),
        due_date: invoice.due_date.clone(),
        total: invoice
            .price
            .as_ref()
            .and_then(webhook::myeduzz::InvoicePrice::money),
        contract_id: invoice.subscription_id().map(|id| id.as_str().into()),
        payment_method: invoice.method().map(|method| method.as_str().into()),
        product: invoice.items.first().and_then(|item| {
            Some(ProductNews {
                id: item.product_id.clone()?,
                name: item.name.clone(),
            })
        }),
        buyer: invoice.buyer.as_ref().map(|buyer| PersonNews {
            id: buyer.id.clone(),
            name: buyer.name.clone(),
            email: buyer.email.clone(),
            document: buyer.document.clone(),
        }),
    };
    Notice {
        overlay: json(&overlay),
        news: news
            .stated(changed.and_then(moment))
            .status(status.as_ref().map(SaleStatus::as_str)),
        ..Notice::bare(Kind::Sale, invoice.id.as_str(), News::new(Moment::default()))
    }
}

fn of_contract(id: &str, status: Option<&str>, created_at: Option<&DateTime>, news: News) -> Notice {
    let status = status.map(SubscriptionStatus::from);
    let overlay = SubscriptionNews {
        id: id.into(),
        status: status.clone(),
        created_at: created_at.cloned(),
    };
    Notice {
        overlay: status.as_ref().and_then(|_| json(&overlay)),
        news: news.status(status.as_ref().map(SubscriptionStatus::as_str)),
        ..Notice::bare(Kind::Subscription, id, News::new(Moment::default()))
    }
}

impl Kind {
    /// The record that is shown: the API's JSON with the event's overlay over it, or the event's
    /// alone.
    ///
    /// # Errors
    ///
    /// One of the two does not have the documented form; an event alone can lack what the form
    /// needs, see [`bare`](Self::bare).
    pub fn laid_over(self, raw: Option<&str>, overlay: &str) -> Result<Record, ReadError> {
        let Some(raw) = raw else {
            return self.read("", overlay);
        };
        let shown = match self {
            Self::Sale => {
                let mut sale: Sale = read_json(raw.as_bytes())?;
                let news: SaleNews = read_json(overlay.as_bytes())?;
                sale.status = news.status.unwrap_or(sale.status);
                sale.paid_at = news.paid_at.or(sale.paid_at);
                sale.refund = news.refund.or(sale.refund);
                json(&sale)
            }
            Self::Subscription => {
                let mut subscription: Subscription = read_json(raw.as_bytes())?;
                let news: SubscriptionNews = read_json(overlay.as_bytes())?;
                subscription.status = news.status.unwrap_or(subscription.status);
                json(&subscription)
            }
            _ => None,
        };
        self.read("", shown.as_deref().unwrap_or(raw))
    }
}

/// The JSON; nothing if an amount has more digits than a number of JSON carries.
fn json(value: &impl Serialize) -> Option<Box<str>> {
    let text: String = serde_json::to_string(value).ok()?;
    Some(text.into())
}

impl core::fmt::Debug for Notice {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Notice")
            .field("kind", &self.kind)
            .field("key", &self.key)
            .field("news", &self.news)
            .finish_non_exhaustive()
    }
}
