//! Subscriptions: `GET /myeduzz/v1/subscriptions`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::DateTime;

use super::{Subscription, Table, fields, int};

impl Table for Subscription {
    fields! {
        [Text] "id", "id", "The number of the subscription; sales call it `contract_id`.",
            |subscription| Some(subscription.id.as_str());
        [Text] "status", "status", "The status, such as `upToDate`, `late`, `canceled`.",
            |subscription| Some(subscription.status.as_str());
        [Time] "created", "createdAt", "When it was made.",
            |subscription| subscription.created_at.as_ref();
        [Time] "updated", "updatedAt", "When it last changed; missing if it never did.",
            |subscription| subscription.updated_at.as_ref();
        [Text] "first_invoice_id", "firstInvoiceId", "The first invoice.",
            |subscription| Some(subscription.first_invoice_id.as_ref()?.as_str());
        [Flag] "is_finite", "isFinite", "Whether it has an end.",
            |subscription| subscription.is_finite;
        [Flag] "is_unlimited_installments", "isUnlimitedInstallments",
            "Whether it is one price in unlimited instalments (parcelamento sem limite).",
            |subscription| subscription.is_unlimited_installments;
        [Flag] "has_negotiation", "hasNegotiation", "Whether arrears were negotiated.",
            |subscription| subscription.has_negotiation;
        [Time] "interruption_created", "interruption.createdAt", "When it was interrupted.",
            |subscription| subscription.interruption.as_ref()?.created_at.as_ref();
        [Text] "interruption_type", "interruption.type", "The kind of interruption, such as `cancel`.",
            |subscription| Some(subscription.interruption.as_ref()?.kind.as_ref()?.as_str());
        [Time] "interruption_remove_access", "interruption.removeAccessDate",
            "When the access ends; can be a day that does not exist (Q33).",
            |subscription| subscription.interruption.as_ref()?.remove_access_date.as_ref();
        personal [Text] "interruption_reason", "interruption.reason", "The reason, as free text.",
            |subscription| Some(subscription.interruption.as_ref()?.reason.as_ref()?.as_str());
        [Text] "interruption_origin", "interruption.origin", "Where it was made, such as `MyEduzz`.",
            |subscription| Some(subscription.interruption.as_ref()?.origin.as_ref()?.as_str());
        [Text] "interruption_previous_status", "interruption.previousStatus", "The status before.",
            |subscription| Some(subscription.interruption.as_ref()?.previous_status.as_ref()?.as_str());
        personal [Text] "interruption_responsible", "interruption.responsible", "The person who did it.",
            |subscription| Some(subscription.interruption.as_ref()?.responsible.as_ref()?.as_str());
        [Time] "recurrence_starts", "recurrence.startsAt", "When it starts.",
            |subscription| subscription.recurrence.as_ref()?.starts_at.as_ref();
        [Time] "recurrence_next_due", "recurrence.nextDueDate", "When the next charge is due.",
            |subscription| subscription.recurrence.as_ref()?.next_due_date.as_ref();
        [Time] "recurrence_current_due", "recurrence.currentDueDate", "When the current charge is due.",
            |subscription| subscription.recurrence.as_ref()?.current_due_date.as_ref();
        [Time] "recurrence_final_due", "recurrence.finalDueDate", "When the last charge is due.",
            |subscription| subscription.recurrence.as_ref()?.final_due_date.as_ref();
        [Time] "recurrence_finishes", "recurrence.finishesAt", "When the subscription ends.",
            |subscription| subscription.recurrence.as_ref()?.finishes_at.as_ref();
        [Text] "recurrence_frequency_type", "recurrence.frequency.type",
            "The unit between charges: `monthly` or `month` (Q53).",
            |subscription| {
                let frequency = subscription.recurrence.as_ref()?.frequency.as_ref()?;
                Some(frequency.kind.as_ref()?.as_str())
            };
        [Int] "recurrence_frequency_value", "recurrence.frequency.value",
            "How many of these units lie between two charges.",
            |subscription| int(subscription.recurrence.as_ref()?.frequency.as_ref()?.value);
        [Int] "charges_total", "charges.total", "How many charges it has.",
            |subscription| int(subscription.charges.as_ref()?.total);
        [Int] "charges_current", "charges.current", "The number of the current charge.",
            |subscription| int(subscription.charges.as_ref()?.current);
        [Int] "charges_paid", "charges.paid", "How many charges are paid.",
            |subscription| int(subscription.charges.as_ref()?.paid);
        [Int] "charges_pending", "charges.pending", "How many charges are not paid yet.",
            |subscription| int(subscription.charges.as_ref()?.pending);
        [Int] "charges_negotiated", "charges.negotiated", "How many charges were negotiated.",
            |subscription| int(subscription.charges.as_ref()?.negotiated);
        [Int] "products", "products[]", "How many products it has; the columns below are of the first.",
            |subscription| i64::try_from(subscription.products.len()).ok();
        [Text] "product_id", "products[0].id", "The first product.",
            |subscription| Some(subscription.products.first()?.id.as_str());
        [Text] "product_title", "products[0].title", "The first product's title.",
            |subscription| subscription.products.first()?.title.as_deref();
        [Flag] "product_has_membership_fee", "products[0].hasMembershipFee",
            "Whether the first product has a joining fee.",
            |subscription| subscription.products.first()?.has_membership_fee;
        [Amount] "product_membership_fee", "products[0].membershipFee",
            "The joining fee of the first product.",
            |subscription| subscription.products.first()?.membership_fee;
        [Amount] "payment_price", "payment.price", "The price of a charge.",
            |subscription| subscription.payment.as_ref()?.price;
        [Text] "payment_method", "payment.method", "The means of payment.",
            |subscription| Some(subscription.payment.as_ref()?.method.as_ref()?.as_str());
        [Int] "payment_installments", "payment.installments", "The number of instalments of a charge.",
            |subscription| int(subscription.payment.as_ref()?.installments);
        personal [Text] "client_name", "client.name", "The payer's name.",
            |subscription| Some(subscription.client.as_ref()?.name.as_ref()?.as_str());
        personal [Text] "client_email", "client.email", "The payer's e-mail address.",
            |subscription| Some(subscription.client.as_ref()?.email.as_ref()?.as_str());
        personal [Text] "client_phone_country_code", "client.phone.countryCode",
            "The country's code of the payer's telephone, without `+`.",
            |subscription| {
                let phone = subscription.client.as_ref()?.phone.as_ref()?;
                Some(phone.country_code.as_ref()?.as_str())
            };
        personal [Text] "client_phone_area_code", "client.phone.areaCode",
            "The area's code (DDD) of the payer's telephone.",
            |subscription| Some(subscription.client.as_ref()?.phone.as_ref()?.area_code.as_ref()?.as_str());
        personal [Text] "client_phone_number", "client.phone.number",
            "The number of the payer's telephone within the area.",
            |subscription| Some(subscription.client.as_ref()?.phone.as_ref()?.number.as_ref()?.as_str());
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
