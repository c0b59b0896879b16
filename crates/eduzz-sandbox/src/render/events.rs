//! The names and the data of the shop's events: invoices, commissions, contracts, carts.

use eduzz_types::Currency;
use eduzz_types::myeduzz::{ChargebackStatus, PaymentMethod, RefundType};

use crate::random::Random;
use crate::render::customers::contact;
use crate::render::json::{Json, camel, object};
use crate::render::sales;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::shop::{
    Cart, Human, InvoiceChange, Producer, Product, Sale, Shop, ShopEvent, Subscription,
};

/// The full name of the event.
pub(crate) fn name(event: &ShopEvent) -> &'static str {
    match event {
        ShopEvent::Invoice(InvoiceChange::Opened, _) => "myeduzz.invoice_opened",
        ShopEvent::Invoice(InvoiceChange::Scheduled, _) => "myeduzz.invoice_scheduled",
        ShopEvent::Invoice(InvoiceChange::WaitingPayment, _) => "myeduzz.invoice_waiting_payment",
        ShopEvent::Invoice(InvoiceChange::Paid, _) => "myeduzz.invoice_paid",
        ShopEvent::Invoice(InvoiceChange::WaitingRefund, _) => "myeduzz.invoice_waiting_refund",
        ShopEvent::Invoice(InvoiceChange::Refunded, _) => "myeduzz.invoice_refunded",
        ShopEvent::Invoice(InvoiceChange::Chargeback, _) => "myeduzz.invoice_chargeback",
        ShopEvent::Invoice(InvoiceChange::Canceled, _) => "myeduzz.invoice_canceled",
        ShopEvent::Invoice(InvoiceChange::Expired, _) => "myeduzz.invoice_expired",
        ShopEvent::Invoice(InvoiceChange::Recovering, _) => "myeduzz.invoice_recovering",
        ShopEvent::Invoice(InvoiceChange::Negotiated, _) => "myeduzz.invoice_negotiated",
        ShopEvent::Commission(_) => "myeduzz.commission_processed",
        ShopEvent::ContractCreated(_) => "myeduzz.contract_created",
        ShopEvent::ContractUpdated(..) => "myeduzz.contract_updated",
        ShopEvent::Attempted(subscription, _) => match subscription.method {
            PaymentMethod::CreditCard => "myeduzz.contract_card_attempted",
            PaymentMethod::Bankslip => "myeduzz.contract_bankslip_attempted",
            _ => "myeduzz.contract_pix_attempted",
        },
        ShopEvent::CartAbandoned(..) => "sun.cart_abandonment",
    }
}

/// The data of the event.
pub(crate) fn data(shop: &Shop, event: &ShopEvent) -> Json {
    let of = &shop.producer;
    match event {
        ShopEvent::Invoice(change, sale) => invoice(of, *change, sale).in_currency(sale.currency),
        ShopEvent::Commission(sale) => commission(of, sale).in_currency(sale.currency),
        ShopEvent::ContractCreated(subscription) => contract(shop, of, subscription),
        ShopEvent::ContractUpdated(subscription, reason) => {
            contract(shop, of, subscription).and(object! { "reason" => reason.as_str().to_owned() })
        }
        ShopEvent::Attempted(subscription, sale) => attempt(of, subscription, sale),
        ShopEvent::CartAbandoned(cart, at) => cart_abandonment(of, cart, *at),
    }
}

/// The members of an invoice are documented for each event.
fn invoice(of: &Producer, change: InvoiceChange, sale: &Sale) -> Json {
    use InvoiceChange::{Chargeback, Negotiated, Opened, Paid, Recovering, Refunded, WaitingRefund};
    let is_settled = matches!(change, Paid | WaitingRefund | Refunded | Chargeback | Negotiated);
    let status = match change {
        // This event alone is in camel case.
        Chargeback => camel(sale.status.as_str()),
        _ => sale.status.as_str().to_owned(),
    };
    let is_shown = |member: &str| match member {
        "barcode" | "billetUrl" | "checkoutUrl" | "bankslipUrl" => change != Chargeback,
        "paid" | "affiliate" | "paidAt" | "transaction" | "student" => is_settled,
        "postback" => !is_settled,
        "saleRecoveryUrl" => matches!(change, Opened | Recovering),
        "startRecoveringAt" => change == Recovering,
        "gains" | "fees" => matches!(change, WaitingRefund | Refunded),
        "refundedAt" | "refund" => change == Refunded,
        "chargeback" => matches!(change, Paid | WaitingRefund | Chargeback),
        _ => true,
    };
    let paid = sale.paid.map_or(Cents(0), |_| sale.paid_amount());
    let mut price = money(sale.total(), sale.currency);
    if is_settled && sale.paid.is_some() {
        price = price.and(object! { "paid" => paid }); // Q158: in both places
    }
    let [code1, code2, code3] = sale.tracker; // Q177
    let is_slip = sale.method == PaymentMethod::Bankslip;
    let (barcode, slip) = is_slip.then(|| bank_slip(sale)).unzip();
    let items = items(sale);
    let all = object! {
        "id" => sale.id.to_string(),
        "status" => status,
        "buyer" => buyer(sale),
        "producer" => producer(of).and(object! { "originSecret" => &of.origin_secret }),
        "offer" => object! { "name" => sale.offer },
        "utm" => sales::utm(sale),
        "tracker" => object! { "code1" => code1, "code2" => code2, "code3" => code3 },
        "createdAt" => sale.created.with_millis(),
        "dueDate" => sale.due.with_millis(),
        "barcode" => barcode,
        "price" => price,
        "paid" => paid,
        "orderBump" => sales::order_bump(sale),
        "installments" => sale.installments,
        "totalItems" => u64::try_from(items.len()).unwrap_or_default(),
        "items" => items,
        "billetUrl" => Json::Null,
        "checkoutUrl" => format!("https://pay.example.com/{}", sale.id),
        "bankslipUrl" => slip,
        "postback" => Json::Null,
        "saleRecoveryUrl" => format!("https://pay.example.com/r/{}", sale.id),
        "startRecoveringAt" => sale.updated.with_millis(),
        "affiliate" => sale.affiliate.as_ref().map(|(human, _)| object! {
            "id" => human.id.to_string(), "name" => &human.name, "email" => &human.email,
        }),
        "paidAt" => sale.paid.map(Moment::with_millis),
        "transaction" => sale.paid.map(|_| transaction(sale)),
        "student" => person(&sale.recipient),
        "gains" => gains(sale),
        "fees" => fees(sale),
        "refundedAt" => sale.updated.with_millis(),
        "refund" => refund(sale),
        "chargeback" => chargeback(sale),
        "paymentMethod" => sale.method.as_str().to_owned(),
        "bankSlipInstallment" => Json::Null,
        "contract" => sale.subscription.map(|id| object! {
            "id" => id.to_string(), "isUnlimitedInstallments" => false,
        }),
        "payment" => object! {
            "method" => sale.method.as_str().to_owned(),
            "details" => match sale.method {
                PaymentMethod::Pix => Some("pix"),
                PaymentMethod::CreditCard => Some("visaCreditCard"),
                _ => None,
            },
        },
    };
    all.keeping(is_shown)
}

/// An amount that can have more members.
fn money(amount: Cents, currency: Currency) -> Json {
    object! { "currency" => currency.as_str().to_owned(), "value" => amount.decimal() }
}

fn buyer(sale: &Sale) -> Json {
    let human = &sale.buyer;
    object! {
        "id" => human.id.to_string(),
        "name" => sales::heard(sale, &human.name),
        "document" => &human.document,
        "email" => &human.email,
        "phone" => Json::Null,
        "phone2" => Json::Null,
        "cellphone" => format!("+55{}", human.flat_phone()),
        "address" => object! {
            "street" => sales::heard(sale, human.street),
            "number" => &human.number,
            "neighborhood" => sales::heard(sale, human.quarter),
            "complement" => human.complement,
            "city" => sales::heard(sale, human.city),
            "state" => human.state,
            "country" => human.country, // Q171
            "zipCode" => &human.postal_code,
        },
    }
}

/// A student; observed deliveries have the telephone in `cellphone`.
fn person(human: &Human) -> Json {
    object! {
        "id" => human.id.to_string(),
        "name" => &human.name,
        "document" => &human.document,
        "email" => &human.email,
        "phone" => Json::Null,
        "phone2" => Json::Null,
        "cellphone" => format!("+55{}", human.flat_phone()),
    }
}

/// The lines, whose prices add up to the price of the invoice, without the coupon. Order bumps of
/// the same invoice name the first product as their parent, and some come before it (Q164).
fn items(sale: &Sale) -> Vec<Json> {
    let coupon = sale.coupon.as_ref().map(|coupon| {
        object! { "id" => Json::Null, "key" => coupon.code, "discount" => sale.discount }
    });
    let line = |product: &Product, name: &'static str, price: Cents, coupon: Option<Json>| {
        let is_bump = product.id != sale.product.id;
        let partner = product.partner.as_ref();
        object! {
            "productId" => product.id.to_string(),
            "name" => name,
            "parentId" => is_bump.then(|| sale.product.id.to_string()),
            "refundPeriod" => object! { "durationType" => "days", "value" => 7_u64 },
            "price" => price,
            "coupon" => coupon,
            "partnerId" => partner.map(|(human, _)| human.id.to_string()),
            "billingType" => if sale.subscription.is_some() { "recurrence" } else { "single" },
            "skuReference" => product.sku.as_ref(),
        }
    };
    let mut lines = vec![line(&sale.product, sale.product.name, sale.price, coupon)];
    if sale.membership_fee > Cents(0) {
        lines.push(line(&sale.product, "Taxa de adesão", sale.membership_fee, None));
    }
    let along = sale.along.iter();
    lines.extend(along.map(|more| line(&more.product, more.product.name, more.price(), None)));
    if sale.id % 2 == 1 && !sale.along.is_empty() {
        lines.reverse();
    }
    lines
}

/// The transaction's id differs from the invoice's.
fn transaction(sale: &Sale) -> Json {
    object! {
        "id" => (sale.id + 500_000_000).to_string(),
        "key" => Random::stream(sale.id, "transaction").hex(16),
    }
}

/// The digits and the address of a bank slip that cannot be paid.
fn bank_slip(sale: &Sale) -> (String, String) {
    let barcode = format!(
        "00000.00000 00000.{:06} 00000.000000 0 {:014}",
        sale.id % 1_000_000,
        sale.gross().0
    );
    (barcode, sales::slip_link(sale))
}

fn gains(sale: &Sale) -> Json {
    object! {
        "producer" => sale.gains.net, "coproducer" => sale.gains.partners, "affiliate" => sale.gains.affiliates,
    }
}

/// The API's `others` are Eduzz's too.
fn fees(sale: &Sale) -> Json {
    let eduzz = sale.gains.fee.unwrap_or_default() + sale.gains.others;
    object! { "eduzz" => eduzz, "recovery" => Cents(0), "alumy" => Cents(0), "total" => eduzz }
}

fn refund(sale: &Sale) -> Option<Json> {
    let given = sale.refund.as_ref()?;
    Some(object! {
        "type" => if given.kind == RefundType::Partial { "partial" } else { "common" },
        "createdAt" => given.requested.with_millis(),
        "refundedAt" => given.refunded.map(Moment::with_millis),
        "currency" => sale.currency.as_str().to_owned(),
        "value" => given.value.decimal(),
        "reason" => given.motive,
        "refundBy" => &sale.buyer.name,
    })
}

fn chargeback(sale: &Sale) -> Option<Json> {
    let made = sale.chargeback.as_ref()?;
    // Deliveries have another word than the API for a lost chargeback.
    let (status, is_over) = match made.status {
        ChargebackStatus::Lost => ("refunded", true),
        ChargebackStatus::Rejected => ("rejected", true),
        ChargebackStatus::UnderReview => ("underReview", false),
        _ => ("pendingDocuments", false),
    };
    Some(object! {
        "status" => status,
        "createdAt" => made.requested.with_millis(),
        "limitDate" => made.limit.with_millis(),
        "finishedAt" => is_over.then(|| sale.updated.with_millis()),
    })
}

/// Nested amounts and a numeric id of the producer, as in a delivery that was observed.
fn commission(of: &Producer, sale: &Sale) -> Json {
    let share = |human: &Human, amount: Cents| {
        object! { "id" => human.id.to_string(), "name" => &human.name, "commission" => amount }
    };
    let partners = sale.product.partner.iter();
    let affiliates = sale.affiliate.iter();
    object! {
        "invoiceId" => sale.id.to_string(),
        "createdAt" => sale.updated.with_millis(),
        "price" => sale.total(),
        "commissions" => object! {
            "producer" => object! {
                "id" => of.id, "name" => &of.name, "commission" => sale.gains.net,
            },
            "coproducers" => partners.map(|(human, _)| share(human, sale.gains.partners)).collect::<Vec<_>>(),
            "affiliates" => affiliates.map(|(human, _)| share(human, sale.gains.affiliates)).collect::<Vec<_>>(),
        },
    }
}

fn contract(shop: &Shop, of: &Producer, subscription: &Subscription) -> Json {
    let product = &subscription.product;
    let client = &subscription.client;
    let made = shop.charges(subscription.id).count().max(1);
    let made = u64::try_from(made).unwrap_or_default();
    // Q161: real deliveries had the undocumented name instead.
    let installments = if subscription.id.is_multiple_of(2) {
        object! { "totalOfInstallments" => 1_u64 }
    } else {
        object! { "installments" => 1_u64 }
    };
    let last = subscription.charges.map(|all| {
        let later = (made..all).fold(subscription.current_due, |due, _| due.next(subscription.day));
        later.at(0).with_millis()
    });
    object! {
           "producer" => producer(of),
           "products" => vec![object! {
               "id" => product.id.to_string(),
               "name" => product.name,
               "deliveries" => vec![Json::from(product.delivery.as_str().to_owned())],
               "plan" => object! { "id" => Json::Null, "name" => Json::Null },
               "price" => product.price,
               "membershipFee" => product.membership_fee,
           }],
           "contract" => object! {
               "id" => subscription.id.to_string(),
    "payment" => object! { "method" => subscription.method.as_str().to_owned() }.and(installments),
               "status" => subscription.status.as_str().to_owned(),
               "trialDays" => 0_u64,
               "createdAt" => subscription.created.with_millis(),
               "updatedAt" => subscription.updated.unwrap_or(subscription.created).with_millis(),
               "contentAccess" => object! { "removeOnContractEnd" => true, "removeOnLatePayment" => true },
               "isUnlimitedInstallments" => false,
               "recurrence" => object! {
                   "startsAt" => subscription.created.with_millis(),
                   "nextDue" => subscription.next_due.at(0).with_millis(),
                   "currentDue" => subscription.current_due.at(0).with_millis(),
                   "lastDue" => last,
                   "finishesAt" => "",
                   "frequency" => object! { "type" => "month", "value" => 1_u64 },
                   "charges" => object! { "total" => subscription.charges.unwrap_or(made), "current" => made },
                   "isFinite" => subscription.charges.is_some(),
                   "price" => product.price,
               },
           },
           "customer" => contact(client),
           "financialResponsible" => contact(client),
       }
}

fn attempt(of: &Producer, subscription: &Subscription, sale: &Sale) -> Json {
    let method = || subscription.method.as_str().to_owned();
    let (payment, is_card) = match subscription.method {
        PaymentMethod::CreditCard => (object! { "installments" => sale.installments }, true),
        PaymentMethod::Bankslip => {
            let (barcode, url) = bank_slip(sale);
            let slip = object! { "url" => url, "barcode" => barcode };
            (object! { "bankSlip" => slip }, false)
        }
        _ => {
            let code = format!("00020126invented{}", sale.id);
            let pix = object! { "base64Code" => "data:image/png;base64,AAAA", "qrCode" => code };
            (object! { "pix" => pix }, false)
        }
    };
    let mut invoice = object! {
        "id" => sale.id.to_string(),
        "payment" => object! { "method" => method() }.and(payment),
        "isNegotiation" => false,
    };
    if is_card {
        // The codes of cards are not documented.
        let message = sale.paid.is_none().then_some("Recusado pelo emissor");
        invoice = invoice.and(object! { "failReason" => Json::Null, "failReasonMessage" => message });
    }
    invoice = invoice.and(object! {
        "status" => camel(sale.status.as_str()),
        "dueDate" => sale.due.with_millis(),
        "attemptDate" => sale.created.with_millis(),
    });
    object! {
        "producer" => producer(of),
        "invoice" => invoice,
        "contract" => object! {
            "id" => subscription.id.to_string(),
            "payment" => object! { "method" => method() },
            "status" => subscription.status.as_str().to_owned(),
            "createdAt" => subscription.created.with_millis(),
            "updatedAt" => subscription.updated.map(Moment::with_millis),
        },
        "customer" => object! {
            "id" => subscription.client.id.to_string(),
            "name" => &subscription.client.name,
            "email" => &subscription.client.email,
        },
    }
}

fn cart_abandonment(of: &Producer, cart: &Cart, at: Moment) -> Json {
    let buyer = &cart.buyer;
    object! {
        "transactionId" => &cart.key,
        "customer" => object! {
            "name" => buyer.name.as_ref(), "email" => buyer.email.as_ref(), "phone" => buyer.cellphone.as_ref(),
        },
        "productId" => cart.lines.iter().map(|line| Json::from(line.product.to_string())).collect::<Vec<_>>(),
        "lastStep" => "payment-sent",
        "producerId" => of.id,
        "href" => format!("https://pay.example.com/c_{}?contentId={}", cart.key, cart.id),
        "updatedAt" => at.with_millis(),
    }
}

/// The producer as MyEduzz and Sun write it.
fn producer(producer: &Producer) -> Json {
    object! {
        "id" => producer.id.to_string(), "name" => &producer.name, "email" => &producer.email,
    }
}
