//! Invoices of subscriptions: `GET /myeduzz/v1/subscriptions/:id/invoices`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::myeduzz::InvoiceState;
use eduzz_types::{ReadError, read_json};

use super::{SubscriptionInvoice, Table, fields};

impl Table for SubscriptionInvoice {
    fields! {
        [Text] "id", "id", "The number of the invoice.", |invoice| Some(invoice.id.as_str());
        [Text] "subscription_id", "subscriptionId",
            "Its subscription; from the path of the call where the JSON has none.",
            |invoice| Some(invoice.subscription_id.as_ref()?.as_str());
        [Text] "status", "status",
            "The status; only `open` is documented, and `true` or `false` can come instead (Q46).",
            Self::status;
        [Time] "created", "createdAt", "When it was made.", |invoice| invoice.created_at.as_ref();
        [Time] "due", "dueDate", "When it is due.", |invoice| invoice.due_date.as_ref();
        [Text] "coupon", "coupon", "The coupon, if one was used.", |invoice| invoice.coupon.as_deref();
        [Flag] "has_affiliate", "hasAffiliate", "Whether an affiliate has a share in it.",
            |invoice| invoice.has_affiliate;
        [Amount] "payment_amount", "payment.amount", "The amount.",
            |invoice| invoice.payment.as_ref()?.amount;
        personal [Text] "payment_link", "payment.link", "Where to pay, while it is open.",
            |invoice| Some(invoice.payment.as_ref()?.link.as_ref()?.as_str());
        [Text] "payment_method", "payment.method", "The means of payment.",
            |invoice| Some(invoice.payment.as_ref()?.method.as_ref()?.as_str());
        [Int] "items", "items[]", "How many lines it has; the columns below are of the first.",
            |invoice| i64::try_from(invoice.items.len()).ok();
        [Text] "product_id", "items[0].product.id", "The product of the first line.",
            |invoice| Some(invoice.items.first()?.product.as_ref()?.id.as_str());
        [Text] "product_title", "items[0].product.title", "The product's title in the first line.",
            |invoice| invoice.items.first()?.product.as_ref()?.title.as_deref();
    }

    fn parse(parent: &str, json: &str) -> Result<Self, ReadError> {
        let mut invoice: Self = read_json(json.as_bytes())?;
        if invoice.subscription_id.is_none() && !parent.is_empty() {
            invoice.subscription_id = Some(parent.into());
        }
        Ok(invoice)
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }

    fn status(&self) -> Option<&str> {
        match &self.status {
            InvoiceState::Named(status) => Some(status.as_str()),
            InvoiceState::Flag(true) => Some("true"),
            InvoiceState::Flag(false) => Some("false"),
            _ => None,
        }
    }
}
