//! `/myeduzz/v1/sales`: the sales, their sums and their chargebacks.

use axum::response::{IntoResponse, Response};
use eduzz_types::myeduzz::{ChargebackStatus, PaymentMethod, SaleReferenceDate, SaleStatus};

use super::{Call, Json, camel, not_found, object};
use crate::problem::Problem;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::shop::{Bump, Human, Refund, Sale, Shop};

/// `GET /myeduzz/v1/sales`: what was made last comes first, whatever date is filtered by.
pub(in crate::http) fn list_sales(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let known = |text: &str| Some(SaleReferenceDate::from(text)).filter(SaleReferenceDate::is_known);
    let reference = call.query.word("referenceDate", known)?;
    let shop = call.world.shop();
    let rows = asked_for(call, &shop, &reference.unwrap_or(SaleReferenceDate::CreatedAt))?;
    let rows: Vec<&Sale> = rows
        .into_iter()
        .filter(|sale| call.query.admits_text("buyerEmail", &sale.buyer.email))
        .filter(|sale| call.query.admits_text("buyerDocument", &sale.buyer.document))
        .collect();
    Ok(paging.of(&rows, |made| sale(&shop, made)))
}

/// `GET /myeduzz/v1/sales/:id`.
pub(in crate::http) fn get_sale(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let made = call.parameter().parse().ok().and_then(|id| shop.sale(id));
    let made = made.ok_or(not_found("Sale not found."))?;
    Ok(details(&shop, made).into_response())
}

/// `GET /myeduzz/v1/sales/summary`: the sums over the list with the same filters.
pub(in crate::http) fn get_sales_summary(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let rows = asked_for(call, &shop, &SaleReferenceDate::CreatedAt)?;
    let sum = |amount: fn(&Sale) -> Cents| rows.iter().copied().map(amount).sum::<Cents>();
    Ok(object! {
        "discount" => sum(|sale| sale.discount),
        "grossGain" => sum(Sale::gross),
        "netGain" => sum(|sale| sale.gains.net),
        "partnersGain" => sum(|sale| sale.gains.partners),
        "affiliatesGain" => sum(|sale| sale.gains.affiliates),
        "fee" => sum(|sale| sale.gains.fee.unwrap_or_default()),
        "others" => sum(|sale| sale.gains.others),
        "total" => sum(Sale::total),
    }
    .into_response())
}

/// `GET /myeduzz/v1/sales/chargebacks`: by the day on which the chargeback was asked for.
pub(in crate::http) fn list_chargebacks(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.days()?);
    let known = |text: &str| Some(ChargebackStatus::from(text)).filter(ChargebackStatus::is_known);
    let status = call.query.word("chargebackStatus", known)?;
    let shop = call.world.shop();
    let rows: Vec<_> = shop
        .sales
        .iter()
        .rev()
        .filter_map(|sale| Some((sale, sale.chargeback.as_ref()?)))
        .filter(|(_, chargeback)| days.has(chargeback.requested))
        .filter(|(_, chargeback)| status.as_ref().is_none_or(|status| chargeback.status == *status))
        .filter(|(sale, _)| call.query.admits_id("id", Some(sale.id)))
        .filter(|(sale, _)| call.query.admits_text("buyerEmail", &sale.buyer.email))
        .collect();
    Ok(paging.of(&rows, |(sale, chargeback)| {
        object! {
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
            "buyer" => person(&sale.buyer),
        }
    }))
}

/// The sales that the list and the summary are about, newest first.
fn asked_for<'a>(
    call: &Call<'_>,
    shop: &'a Shop,
    reference: &SaleReferenceDate,
) -> Result<Vec<&'a Sale>, Problem> {
    let days = call.query.days()?;
    let known = |text: &str| Some(SaleStatus::from(text)).filter(SaleStatus::is_known); // Q29
    let status = call.query.word("status", known)?; // Q15
    let affiliate = |sale: &Sale| sale.affiliate.as_ref().map(|(affiliate, _)| affiliate.id);
    Ok(shop
        .sales
        .iter()
        .rev()
        .filter(|sale| sale.reference(reference).is_some_and(|moment| days.has(moment)))
        .filter(|sale| status.as_ref().is_none_or(|status| sale.status == *status))
        .filter(|sale| call.query.admits_id("contractId", sale.subscription))
        .filter(|sale| call.query.admits_id("productId", Some(sale.product.id)))
        .filter(|sale| call.query.admits_id("affiliateId", affiliate(sale)))
        .collect())
}

/// A sale as the list has it.
fn sale(shop: &Shop, sale: &Sale) -> Json {
    head(sale)
        .and(object! {
            "refund" => sale.refund.as_ref().map(refund),
            "affiliate" => affiliate(sale),
            "recipient" => person(&sale.recipient),
            "buyer" => person(&sale.buyer), // Q20
            "producer" => object! { "id" => shop.producer.id.to_string(), "name" => &shop.producer.name },
        })
        .and(tail(sale))
}

/// A sale as its own call has it, which tells more.
fn details(shop: &Shop, sale: &Sale) -> Json {
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
    let affiliates = sale
        .affiliate
        .iter()
        .map(|(human, _)| share(human, sale.gains.affiliates));
    let partners = sale
        .product
        .partner
        .iter()
        .map(|(human, _)| share(human, sale.gains.partners));
    head(sale)
        .and(object! {
            "refund" => sale.refund.as_ref().map(long_refund),
            // A number here, a text in the list.
            "affiliate" => sale.affiliate.as_ref().map(|(human, _)| object! { "id" => human.id, "name" => &human.name }),
            "recipient" => person(&sale.recipient),
            "buyer" => person(&sale.buyer).and(object! {
                "phone2" => Json::Null,
                "phone3" => Json::Null,
                "address" => address(&sale.buyer), // Q20
            }),
            "producer" => object! { "id" => shop.producer.id.to_string(), "name" => &shop.producer.name },
            "affiliates" => affiliates.collect::<Vec<_>>(),
            "partners" => partners.collect::<Vec<_>>(),
            "items" => items(sale),
        })
        .and(tail(sale))
}

fn head(sale: &Sale) -> Json {
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
        "currency" => "BRL",
        "locale" => "pt-BR",
        "dueDate" => sale.due.plain(),
        "paidAt" => sale.paid.map(Moment::plain),
        "creditDate" => sale.credit.map(Moment::plain),
        "isInfiniteFunnel" => sale.is_infinite_funnel,
        "recoveringStatus" => sale.recovering.as_str().to_owned(),
        "tracker" => Json::Null,
        "tracker2" => Json::Null,
        "tracker3" => Json::Null,
        "createdAt" => sale.created.plain(),
        "updatedAt" => sale.updated.plain(),
        // Q39: the newer of two places.
        "payment" => object! {
            "method" => sale.method.as_str().to_owned(),
            "detail" => (sale.method == PaymentMethod::CreditCard).then_some("visaCreditCard"),
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

/// Where the buyer came from.
pub(crate) fn utm(sale: &Sale) -> Option<Json> {
    let utm = sale.utm?;
    Some(object! {
        "source" => utm.source,
        "campaign" => utm.campaign,
        "medium" => utm.medium,
        "content" => Json::Null,
        "term" => Json::Null,
    })
}

/// What was bought along; it has the only id of a sale that is a number.
pub(crate) fn order_bump(sale: &Sale) -> Json {
    let (is_main, main) = match sale.bump {
        Bump::None | Bump::Main => (true, None),
        Bump::With(main) => (false, Some(main)),
    };
    object! {
        "has" => !matches!(sale.bump, Bump::None), "isMainSale" => is_main, "mainSaleId" => main,
    }
}

fn refund(given: &Refund) -> Json {
    let part = if given.kind == eduzz_types::myeduzz::RefundType::Partial {
        given.value
    } else {
        Cents(0)
    };
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

fn address(human: &Human) -> Json {
    object! {
        "zipCode" => &human.postal_code,
        "street" => human.street,
        "number" => &human.number,
        "complement" => human.complement,
        "neighborhood" => human.quarter,
        "city" => human.city,
        "state" => human.state,
    }
}

fn items(sale: &Sale) -> Vec<Json> {
    let is_sent = sale.product.sku.is_some();
    let line = |number: u64, description: String, value: Cents, discount: Cents| {
        object! {
            "id" => (sale.id * 10 + number).to_string(),
            "productId" => sale.product.id.to_string(),
            "description" => description,
            "unitValue" => value,
            "quantity" => 1_u64,
            "value" => value,
            "discount" => discount,
            "freightType" => is_sent.then_some("normal"),
            "freightDeadline" => is_sent.then_some("5 dias"),
            "trackingCode" => (is_sent && sale.is_paid()).then(|| format!("XX{:09}BR", sale.id)),
        }
    };
    let mut lines = vec![line(1, sale.product.name.to_owned(), sale.price, sale.discount)];
    if sale.membership_fee > Cents(0) {
        lines.push(line(
            2,
            "Taxa de adesão".to_owned(),
            sale.membership_fee,
            Cents(0),
        ));
    }
    lines
}
