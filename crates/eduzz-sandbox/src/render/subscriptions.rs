//! Subscriptions and their invoices.

use eduzz_types::myeduzz::SaleStatus;

use super::customers::contact;
use super::json::{Json, camel, object};
use super::patched;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::shop::{Human, Interruption, Sale, Shop, Subscription};
use crate::world::WorldKind;

/// A subscription alone and in the list.
pub(crate) fn whole(shop: &Shop, subscription: &Subscription) -> Json {
    let row = object! {
        "id" => subscription.id.to_string(),
        "createdAt" => subscription.created.with_millis(),
        "updatedAt" => subscription.updated.map(Moment::with_millis),
        "status" => subscription.status.as_str().to_owned(),
        "firstInvoiceId" => first_invoice(shop, subscription),
        "isFinite" => subscription.charges.is_some(),
        "isUnlimitedInstallments" => false,
        "hasNegotiation" => false,
        "interruption" => subscription.interruption.as_ref().map(interruption),
        "recurrence" => recurrence(subscription),
        "charges" => charges(shop, subscription),
        "products" => vec![object! {
            "id" => subscription.product.id.to_string(),
            "title" => subscription.product.name,
            "hasMembershipFee" => subscription.product.membership_fee > Cents(0),
            "membershipFee" => subscription.product.membership_fee,
            "deliveries" => vec![Json::from(subscription.product.delivery.as_str().to_owned())],
        }],
        "payment" => payment(subscription),
        "client" => contact(&subscription.client),
    };
    patched(shop, WorldKind::Subscription, subscription.id, row)
}

/// A customer with all subscriptions.
pub(crate) fn of_customer(shop: &Shop, customer: &Human) -> Json {
    let all = shop.subscriptions.iter();
    let all = all.filter(|subscription| subscription.client.id == customer.id);
    let all = all.map(|subscription| short(shop, subscription));
    contact(customer).and(object! { "subscriptions" => all.collect::<Vec<_>>() })
}

/// A subscription in the customer's list: other names, fewer fields.
fn short(shop: &Shop, subscription: &Subscription) -> Json {
    let row = object! {
        "id" => subscription.id.to_string(),
        "startDate" => subscription.created.with_millis(),
        "updatedAt" => subscription.updated.map(Moment::with_millis),
        "status" => subscription.status.as_str().to_owned(),
        "firstInvoiceId" => first_invoice(shop, subscription),
        "interruption" => subscription.interruption.as_ref().map(interruption),
        "isUnlimitedInstallments" => false,
        "hasNegotiation" => false,
        "isFinite" => subscription.charges.is_some(),
        "recurrence" => recurrence(subscription),
        "products" => vec![object! {
            "id" => subscription.product.id.to_string(),
            "name" => subscription.product.name,
            "hasMembershipFee" => subscription.product.membership_fee > Cents(0),
            "membershipFee" => subscription.product.membership_fee,
        }],
        "payment" => payment(subscription),
        "charges" => charges(shop, subscription),
    };
    patched(shop, WorldKind::Subscription, subscription.id, row)
}

fn first_invoice(shop: &Shop, subscription: &Subscription) -> Option<String> {
    shop.charges(subscription.id)
        .next()
        .map(|sale| sale.id.to_string())
}

fn interruption(made: &Interruption) -> Json {
    object! {
        "createdAt" => made.at.with_millis(),
        "type" => "cancel",
        "removeAccessDate" => made.access_until.with_millis(),
        "reason" => &made.reason,
        "origin" => "MyEduzz",
        "previousStatus" => made.previous.as_str().to_owned(),
        "responsible" => &made.responsible,
    }
}

fn recurrence(subscription: &Subscription) -> Json {
    // The date of the nth charge, counted from 0.
    let after = |count: u64| {
        let mut due = subscription.created.day();
        for _ in 0..count {
            due = due.next(subscription.day);
        }
        due.at(0).with_millis()
    };
    object! {
        "startsAt" => subscription.created.with_millis(),
        "nextDueDate" => subscription.next_due.at(0).with_millis(),
        "currentDueDate" => subscription.current_due.at(0).with_millis(),
        "finalDueDate" => subscription.charges.map(|count| after(count.saturating_sub(1))),
        "finishesAt" => subscription.charges.map(after),
        "frequency" => object! { "type" => "monthly", "value" => 1_u64 }, // Q53
    }
}

/// `current` is the number of charges, each of which is a sale; `total` is the known number of all
/// charges.
fn charges(shop: &Shop, subscription: &Subscription) -> Json {
    let (mut current, mut paid) = (0_u64, 0_u64);
    for sale in shop.charges(subscription.id) {
        current += 1;
        paid += u64::from(sale.paid.is_some());
    }
    let total = subscription.charges.unwrap_or(current).max(current);
    let counted = if subscription.is_alive() { total } else { current };
    object! {
        "total" => total,
        "current" => current,
        "paid" => paid,
        "pending" => counted - paid,
        "negotiated" => 0_u64,
    }
}

fn payment(subscription: &Subscription) -> Json {
    object! {
        "price" => subscription.product.price,
        "method" => subscription.method.as_str().to_owned(),
        "installments" => 1_u64,
    }
}

/// A charge as an invoice, with the id of its sale (Q36).
pub(crate) fn invoice(shop: &Shop, sale: &Sale) -> Json {
    let line = |description: &'static str, amount: Cents| {
        object! {
            "product" => object! { "id" => sale.product.id.to_string(), "title" => sale.product.name },
            "description" => description,
            "amount" => amount, // Q46
            "total" => amount,
            "quantity" => 1_u64,
        }
    };
    let mut lines = vec![line("Mensalidade", sale.price - sale.discount)];
    if sale.membership_fee > Cents(0) {
        lines.push(line("Taxa de adesão", sale.membership_fee));
    }
    // Only `open` is documented (Q46); a closed one has its sale's status.
    let status = if sale.is_open() {
        SaleStatus::Open
    } else {
        sale.status.clone()
    };
    let row = object! {
        "id" => sale.id.to_string(),
        "subscriptionId" => sale.subscription.map(|id| id.to_string()),
        "createdAt" => sale.created.with_millis(),
        "dueDate" => sale.due.with_millis(),
        "coupon" => sale.coupon.as_ref().map(|coupon| coupon.code),
        "hasAffiliate" => sale.affiliate.is_some(),
        "status" => camel(status.as_str()), // Q46
        "payment" => object! {
            "amount" => sale.gross(),
            "link" => sale.is_open().then(|| format!("https://pay.example.com/{}", sale.id)),
            "method" => sale.method.as_str().to_owned(),
        },
        "items" => lines,
    };
    patched(shop, WorldKind::Invoice, sale.id, row)
}
