//! Sales of the list, of the single call, and of webhooks.

use eduzz_types::myeduzz::{PaymentMethod, RefundType};

use super::json::{Json, camel, object};
use super::patched;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::shop::{Bump, Human, Product, Refund, Sale, Shop};
use crate::world::WorldKind;

/// A sale in the list.
pub(crate) fn sale(shop: &Shop, sale: &Sale) -> Json {
    let row = head(sale)
        .and(object! {
            "refund" => sale.refund.as_ref().map(refund),
            "affiliate" => affiliate(sale),
            "recipient" => person(&sale.recipient),
            "buyer" => buyer(sale), // Q20
            "producer" => object! { "id" => shop.producer.id.to_string(), "name" => &shop.producer.name },
        })
        .and(tail(sale))
        .in_currency(sale.currency);
    patched(shop, WorldKind::Sale, sale.id, row)
}

/// A sale alone, with more fields.
pub(crate) fn details(shop: &Shop, sale: &Sale) -> Json {
    let long_refund = |given: &Refund| {
        refund(given).and(object! {
            "requestedAt" => given.requested.plain(),
            "motive" => given.motive,
            "requesterName" => &sale.buyer.name,
        })
    };
    let share = |human: &Human, gain: Cents| {
        object! {
            "id" => human.id.to_string(), "name" => &human.name, "email" => &human.email, "netGain" => gain,
        }
    };
    let affiliates = sale.affiliate.iter();
    let affiliates = affiliates.map(|(human, _)| share(human, sale.gains.affiliates));
    let partners = sale.product.partner.iter();
    let partners = partners.map(|(human, _)| share(human, sale.gains.partners));
    let row = head(sale)
        .and(object! {
            "refund" => sale.refund.as_ref().map(long_refund),
            // A number here, a text in the list.
            "affiliate" => sale.affiliate.as_ref().map(|(human, _)| object! { "id" => human.id, "name" => &human.name }),
            "recipient" => person(&sale.recipient),
            "buyer" => buyer(sale).and(object! {
                "phone2" => Json::Null,
                "phone3" => Json::Null,
                "address" => address(sale), // Q20
            }),
            "producer" => object! { "id" => shop.producer.id.to_string(), "name" => &shop.producer.name },
            "affiliates" => affiliates.collect::<Vec<_>>(),
            "partners" => partners.collect::<Vec<_>>(),
            "items" => items(sale),
        })
        .and(tail(sale))
        .in_currency(sale.currency);
    patched(shop, WorldKind::SaleDetails, sale.id, row)
}

fn head(sale: &Sale) -> Json {
    let [first, second, third] = sale.tracker;
    let is_slip = sale.method == PaymentMethod::Bankslip;
    object! {
        "id" => sale.id.to_string(),
        "contractId" => sale.subscription.map(|id| id.to_string()),
        "status" => camel(sale.status.as_str()), // Q29
        "grossGain" => sale.gross(),
        "netGain" => sale.gains.net, // Q38
        "partnersGain" => sale.gains.partners,
        "affiliatesGain" => sale.gains.affiliates,
        "fee" => sale.gains.fee,
        "total" => sale.total(),
        "totalInterest" => sale.total() + sale.interest,
        "installments" => sale.installments,
        "alumyFee" => Json::Null,
        "others" => sale.gains.others,
        "currency" => sale.currency.as_str().to_owned(),
        "locale" => "pt-BR",
        "dueDate" => sale.due.plain(),
        "paidAt" => sale.paid.map(Moment::plain),
        "creditDate" => sale.credit.map(Moment::plain),
        "isInfiniteFunnel" => sale.is_infinite_funnel,
        "recoveringStatus" => sale.recovering.as_str().to_owned(),
        "tracker" => first, // Q177
        "tracker2" => second,
        "tracker3" => third,
        "createdAt" => sale.created.plain(),
        "updatedAt" => sale.updated.plain(),
        // Q39: both places, as live answers were seen with either.
        "paymentMethod" => sale.method.as_str().to_owned(),
        "payment" => object! {
            "method" => sale.method.as_str().to_owned(),
            "detail" => (sale.method == PaymentMethod::CreditCard).then_some("visaCreditCard"),
            "link" => (is_slip && sale.is_open()).then(|| slip_link(sale)),
        },
        "product" => object! {
            "id" => sale.product.id.to_string(),
            "name" => sale.product.name,
            "type" => sale.product.kind.as_str().to_owned(),
            "billingType" => if sale.subscription.is_some() { "recurrence" } else { "single" },
            "sku" => sale.product.sku.as_ref(),
        },
    }
}

fn tail(sale: &Sale) -> Json {
    object! {
        "offer" => object! { "name" => sale.offer },
        "utm" => utm(sale),
        "orderBump" => order_bump(sale),
    }
}

/// The campaign of the sale.
pub(super) fn utm(sale: &Sale) -> Option<Json> {
    let utm = sale.utm?;
    Some(object! {
        "source" => utm.source,
        "campaign" => utm.campaign,
        "medium" => utm.medium,
        "content" => Json::Null,
        "term" => Json::Null,
    })
}

/// The address of a bank slip, which cannot be paid.
pub(super) fn slip_link(sale: &Sale) -> String {
    format!("https://pay.example.com/b/{}.pdf", sale.id)
}

/// The order bump; it has the only numeric id of a sale.
pub(super) fn order_bump(sale: &Sale) -> Json {
    let (is_main, main) = match sale.bump {
        Bump::None | Bump::Main => (true, None),
        Bump::With(main) => (false, Some(main)),
    };
    object! {
        "has" => !matches!(sale.bump, Bump::None) || !sale.along.is_empty(), "isMainSale" => is_main, "mainSaleId" => main,
    }
}

fn refund(given: &Refund) -> Json {
    let is_part = given.kind == RefundType::Partial;
    let part = if is_part { given.value } else { Cents(0) };
    object! {
        "type" => given.kind.as_str().to_owned(),
        "value" => given.value,
        "partialValue" => part,
        "refundedAt" => given.refunded.map(Moment::plain),
    }
}

fn affiliate(sale: &Sale) -> Option<Json> {
    let (human, _) = sale.affiliate.as_ref()?;
    Some(object! { "id" => human.id.to_string(), "name" => &human.name })
}

fn person(human: &Human) -> Json {
    object! {
        "id" => human.id.to_string(),
        "name" => &human.name,
        "email" => &human.email,
        "document" => &human.document,
        "phone" => human.flat_phone(),
    }
}

fn buyer(sale: &Sale) -> Json {
    let Human {
        id, email, document, ..
    } = &*sale.buyer;
    object! {
        "id" => id.to_string(),
        "name" => heard(sale, &sale.buyer.name),
        "email" => email,
        "document" => document,
        "phone" => sale.buyer.flat_phone(),
    }
}

/// A text of the buyer as this sale has it: in some it is encoded twice (Q176).
pub(super) fn heard(sale: &Sale, text: &str) -> String {
    // Lower-case letters only: a capital would become a control character.
    let can_be = |letter: char| letter.is_ascii() || ('à'..='ÿ').contains(&letter);
    if sale.is_garbled && text.chars().all(can_be) {
        text.bytes().map(char::from).collect()
    } else {
        text.to_owned()
    }
}

fn address(sale: &Sale) -> Json {
    let human = &sale.buyer;
    object! {
        "zipCode" => &human.postal_code,
        "street" => heard(sale, human.street),
        "number" => &human.number,
        "complement" => human.complement,
        "neighborhood" => heard(sale, human.quarter),
        "city" => heard(sale, human.city),
        "state" => human.state,
    }
}

fn items(sale: &Sale) -> Vec<Json> {
    let mut number = sale.id.saturating_mul(10);
    let mut line = |product: &Product, description: &'static str, unit: Cents, quantity: u64, discount| {
        let is_sent = product.sku.is_some();
        number += 1;
        object! {
            "id" => number.to_string(),
            "productId" => product.id.to_string(),
            "description" => description,
            "unitValue" => unit,
            "quantity" => quantity,
            "value" => unit.times(quantity),
            "discount" => discount,
            "freightType" => is_sent.then_some("normal"),
            "freightDeadline" => is_sent.then_some("5 dias"),
            "trackingCode" => (is_sent && sale.is_paid()).then(|| format!("XX{:09}BR", sale.id)),
        }
    };
    let main = &sale.product;
    let mut lines = vec![line(main, main.name, sale.unit(), sale.quantity, sale.discount)];
    if sale.membership_fee > Cents(0) {
        lines.push(line(main, "Taxa de adesão", sale.membership_fee, 1, Cents(0)));
    }
    for more in &sale.along {
        lines.push(line(
            &more.product,
            more.product.name,
            more.unit,
            more.quantity,
            Cents(0),
        ));
    }
    lines
}

/// Sums over sales.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    discount: Cents,
    gross: Cents,
    net: Cents,
    partners: Cents,
    affiliates: Cents,
    fee: Cents,
    others: Cents,
    total: Cents,
}

impl Sums {
    pub(crate) fn add(&mut self, sale: &Sale) {
        self.discount += sale.discount;
        self.gross += sale.gross();
        self.net += sale.gains.net;
        self.partners += sale.gains.partners;
        self.affiliates += sale.gains.affiliates;
        self.fee += sale.gains.fee.unwrap_or_default();
        self.others += sale.gains.others;
        self.total += sale.total();
    }

    pub(crate) fn summary(self) -> Json {
        object! {
            "discount" => self.discount,
            "grossGain" => self.gross,
            "netGain" => self.net,
            "partnersGain" => self.partners,
            "affiliatesGain" => self.affiliates,
            "fee" => self.fee,
            "others" => self.others,
            "total" => self.total,
        }
    }
}

/// A chargeback in its list; null for a sale without one.
pub(crate) fn chargeback(shop: &Shop, sale: &Sale) -> Json {
    let Some(chargeback) = &sale.chargeback else {
        return Json::Null;
    };
    let row = object! {
        "id" => sale.id.to_string(),
        "total" => sale.total(),
        "chargeback" => object! {
            "requestedAt" => chargeback.requested.with_millis(),
            "limitDate" => chargeback.limit.with_millis(),
            "documentsUploadedAt" => chargeback.documents.map(Moment::with_millis),
            "status" => chargeback.status.as_str().to_owned(),
        },
        "affiliate" => affiliate(sale),
        "product" => object! {
            "id" => sale.product.id.to_string(),
            "name" => sale.product.name,
            "type" => sale.product.kind.as_str().to_owned(),
            "sku" => sale.product.sku.as_ref(),
        },
        "buyer" => buyer(sale),
    };
    let row = row.in_currency(sale.currency);
    patched(shop, WorldKind::Chargeback, sale.id, row)
}
