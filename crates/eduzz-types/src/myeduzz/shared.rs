//! Models shared by several groups of MyEduzz.

use serde::{Deserialize, Serialize};

use crate::PersonalText;
use crate::personal::optional_digits;

/// The telephone number of a customer or of a contract's client, in parts.
///
/// Sales write a telephone number as one text instead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Phone {
    /// Code of the country, without `+`: `55` for Brazil.
    #[serde(default, deserialize_with = "optional_digits")]
    pub country_code: Option<PersonalText>,
    /// Code of the area (DDD), two digits in Brazil.
    #[serde(default, deserialize_with = "optional_digits")]
    pub area_code: Option<PersonalText>,
    /// The number within the area.
    #[serde(default, deserialize_with = "optional_digits")]
    pub number: Option<PersonalText>,
}

open_enum! {
    /// A payment method.
    ///
    /// The reference of the API lists `bankslip`, `creditcard`, `pix` and `unknown`; its newer
    /// examples write `creditCard`. The other values are those of the webhooks' reference, for the
    /// same things.
    PaymentMethod {
        /// Bank slip (boleto).
        Bankslip = "bankslip",
        /// Credit card; `creditcard` on older pages.
        CreditCard = "creditCard",
        /// Pix.
        Pix = "pix",
        /// The service's own word for a method that it does not reveal.
        Unknown = "unknown",
        /// Several methods for one sale; named by the webhooks only.
        CombinedPayment = "combinedPayment",
        /// Bank slip in instalments; named by the webhooks only.
        InstallmentBankslip = "installmentBankslip",
        /// The balance of an Eduzz account; named by the webhooks of contracts only.
        EduzzBalance = "eduzzBalance",
    }
}

open_enum! {
    /// A payment method, more exact than the [`PaymentMethod`] says.
    ///
    /// The values are not documented: one is in an example of the API, one in an example of the
    /// webhooks.
    PaymentDetail {
        /// Visa credit card.
        VisaCreditCard = "visaCreditCard",
        /// Automatic Pix; seen in an example of the webhooks.
        AutomaticPix = "automaticPix",
    }
}

open_enum! {
    /// Kind of a product (docs page `/reference/api/get-myeduzz-v1-products`).
    ProductType {
        /// A digital product.
        Digital = "digital",
        /// A physical product.
        Physical = "physical",
        /// A service.
        Service = "service",
        /// A ticket to an event.
        Ticket = "ticket",
        /// Sold through a shop.
        Ecommerce = "ecommerce",
        /// A package of products.
        Package = "package",
        /// A project.
        Project = "project",
    }
}
