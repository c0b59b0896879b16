//! Sales: `GET /myeduzz/v1/sales`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::DateTime;

use super::{Sale, Table, fields, int};

impl Table for Sale {
    fields! {
        [Text] "id", "id", "The number of the sale: one charge, not the whole purchase (Q36).",
            |sale| Some(sale.id.as_str());
        [Text] "contract_id", "contractId", "The subscription that it is a charge of.",
            |sale| Some(sale.contract_id.as_ref()?.as_str());
        [Text] "status", "status", "The status, such as `paid`, `waiting_refund`, `refunded`.",
            |sale| Some(sale.status.as_str());
        [Amount] "gross_gain", "grossGain", "The proceeds before deductions.", |sale| sale.gross_gain;
        [Amount] "net_gain", "netGain", "The producer's proceeds; 0 before payment, by one report (Q38).",
            |sale| sale.net_gain;
        [Amount] "partners_gain", "partnersGain", "The commissions of the partners.",
            |sale| sale.partners_gain;
        [Amount] "affiliates_gain", "affiliatesGain", "The commissions of the affiliates.",
            |sale| sale.affiliates_gain;
        [Amount] "fee", "fee", "Eduzz's fee.", |sale| sale.fee;
        [Amount] "total", "total", "The amount due, without interest.", |sale| Some(sale.total);
        [Amount] "total_interest", "totalInterest", "The amount due, with interest.",
            |sale| sale.total_interest;
        [Int] "installments", "installments", "The number of instalments.", |sale| int(sale.installments);
        [Amount] "alumy_fee", "alumyFee", "Alumy's fee.", |sale| sale.alumy_fee;
        [Amount] "others", "others", "Other fees.", |sale| sale.others;
        [Text] "currency", "currency", "The currency of the sale; each amount has its own beside it.",
            |sale| Some(sale.currency.as_ref()?.as_str());
        [Text] "locale", "locale", "Language and country of the sale, such as `pt-BR`.",
            |sale| sale.locale.as_deref();
        [Time] "due", "dueDate", "When the payment is due.", |sale| sale.due_date.as_ref();
        [Time] "paid", "paidAt", "When it was paid; missing before.", |sale| sale.paid_at.as_ref();
        [Time] "credit", "creditDate", "When the money appears in the statement.",
            |sale| sale.credit_date.as_ref();
        [Flag] "is_infinite_funnel", "isInfiniteFunnel", "Whether it came from an infinite funnel.",
            |sale| sale.is_infinite_funnel;
        [Text] "payment_method", "payment.method",
            "The means of payment; from `paymentMethod` where the answer has only that (Q39).",
            |sale| Some(sale.method()?.as_str());
        [Text] "payment_detail", "payment.detail", "The means of payment, more exactly.",
            |sale| Some(sale.payment.as_ref()?.detail.as_ref()?.as_str());
        personal [Text] "payment_link", "payment.link",
            "Where to pay; seen of open bank slips only (Q39).",
            |sale| Some(sale.payment.as_ref()?.link.as_ref()?.as_str());
        [Text] "recovering_status", "recoveringStatus", "Whether the buyer is being reminded to pay.",
            |sale| Some(sale.recovering_status.as_ref()?.as_str());
        [Text] "tracker", "tracker", "The first tracker: a free text from the checkout's address.",
            |sale| Some(sale.tracker.as_ref()?.as_str());
        [Text] "tracker2", "tracker2", "The second tracker.",
            |sale| Some(sale.tracker2.as_ref()?.as_str());
        [Text] "tracker3", "tracker3", "The third tracker.",
            |sale| Some(sale.tracker3.as_ref()?.as_str());
        [Time] "created", "createdAt", "When it was made.", |sale| sale.created_at.as_ref();
        [Time] "updated", "updatedAt", "When it last changed.", |sale| sale.updated_at.as_ref();
        [Text] "product_id", "product.id", "The product.",
            |sale| Some(sale.product.as_ref()?.id.as_str());
        [Text] "product_name", "product.name", "The product's name.",
            |sale| sale.product.as_ref()?.name.as_deref();
        [Text] "product_type", "product.type", "The product's kind, such as `digital`.",
            |sale| Some(sale.product.as_ref()?.kind.as_ref()?.as_str());
        [Text] "product_billing_type", "product.billingType", "How it is charged, such as `single`.",
            |sale| Some(sale.product.as_ref()?.billing_type.as_ref()?.as_str());
        [Text] "product_sku", "product.sku", "The producer's own code of the product.",
            |sale| sale.product.as_ref()?.sku.as_deref();
        [Text] "refund_type", "refund.type", "Whether the refund is `common` (whole) or `partial`.",
            |sale| Some(sale.refund.as_ref()?.kind.as_ref()?.as_str());
        [Amount] "refund_value", "refund.value", "The amount of the refund.",
            |sale| sale.refund.as_ref()?.value;
        [Amount] "refund_partial_value", "refund.partialValue", "The amount of a partial refund.",
            |sale| sale.refund.as_ref()?.partial_value;
        [Time] "refunded", "refund.refundedAt", "When it was refunded.",
            |sale| sale.refund.as_ref()?.refunded_at.as_ref();
        [Text] "affiliate_id", "affiliate.id", "The affiliate who sold.",
            |sale| Some(sale.affiliate.as_ref()?.id.as_ref()?.as_str());
        personal [Text] "affiliate_name", "affiliate.name", "The affiliate's name.",
            |sale| Some(sale.affiliate.as_ref()?.name.as_ref()?.as_str());
        customer [Text] "recipient_id", "recipient.id", "The recipient: the student, or the receiver of a gift.",
            |sale| Some(sale.recipient.as_ref()?.id.as_ref()?.as_str());
        personal [Text] "recipient_name", "recipient.name", "The recipient's name.",
            |sale| Some(sale.recipient.as_ref()?.name.as_ref()?.as_str());
        personal [Text] "recipient_email", "recipient.email", "The recipient's e-mail address.",
            |sale| Some(sale.recipient.as_ref()?.email.as_ref()?.as_str());
        personal [Text] "recipient_document", "recipient.document", "The recipient's CPF or CNPJ.",
            |sale| Some(sale.recipient.as_ref()?.document.as_ref()?.as_str());
        personal [Text] "recipient_phone", "recipient.phone", "The recipient's telephone number.",
            |sale| Some(sale.recipient.as_ref()?.phone.as_ref()?.as_str());
        customer [Text] "buyer_id", "buyer.id", "The buyer.",
            |sale| Some(sale.buyer.as_ref()?.id.as_ref()?.as_str());
        personal [Text] "buyer_name", "buyer.name", "The buyer's name.",
            |sale| Some(sale.buyer.as_ref()?.name.as_ref()?.as_str());
        personal [Text] "buyer_email", "buyer.email", "The buyer's e-mail address.",
            |sale| Some(sale.buyer.as_ref()?.email.as_ref()?.as_str());
        personal [Text] "buyer_document", "buyer.document", "The buyer's CPF or CNPJ.",
            |sale| Some(sale.buyer.as_ref()?.document.as_ref()?.as_str());
        personal [Text] "buyer_phone", "buyer.phone", "The buyer's telephone number.",
            |sale| Some(sale.buyer.as_ref()?.phone.as_ref()?.as_str());
        [Text] "producer_id", "producer.id", "The producer of the product.",
            |sale| Some(sale.producer.as_ref()?.id.as_str());
        personal [Text] "producer_name", "producer.name", "The producer's name.",
            |sale| Some(sale.producer.as_ref()?.name.as_ref()?.as_str());
        [Text] "offer_name", "offer.name", "The name of the chosen offer.",
            |sale| sale.offer.as_ref()?.name.as_deref();
        [Text] "utm_source", "utm.source", "`utm_source` of the checkout's address.",
            |sale| sale.utm.as_ref()?.source.as_deref();
        [Text] "utm_campaign", "utm.campaign", "`utm_campaign` of the checkout's address.",
            |sale| sale.utm.as_ref()?.campaign.as_deref();
        [Text] "utm_medium", "utm.medium", "`utm_medium` of the checkout's address.",
            |sale| sale.utm.as_ref()?.medium.as_deref();
        [Text] "utm_content", "utm.content", "`utm_content` of the checkout's address.",
            |sale| sale.utm.as_ref()?.content.as_deref();
        [Text] "utm_term", "utm.term", "`utm_term` of the checkout's address.",
            |sale| sale.utm.as_ref()?.term.as_deref();
        [Flag] "order_bump_has", "orderBump.has", "Whether there is an order bump.",
            |sale| sale.order_bump.as_ref()?.has;
        [Flag] "order_bump_is_main_sale", "orderBump.isMainSale",
            "Whether this is the sale that the order bump was added to.",
            |sale| sale.order_bump.as_ref()?.is_main_sale;
        [Text] "order_bump_main_sale_id", "orderBump.mainSaleId", "The sale that this one was added to.",
            |sale| Some(sale.order_bump.as_ref()?.main_sale_id.as_ref()?.as_str());
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
}
