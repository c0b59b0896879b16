//! Customers who bought from the producer.

use serde::{Deserialize, Serialize};

use super::Phone;
use crate::scalar::optional_count;
use crate::{EduzzId, Money, PersonalText};

/// A customer in the list (docs page `/reference/api/get-myeduzz-v1-customers`).
///
/// Only the page's example is known: no field is documented as nullable or as always present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerSummary {
    /// Number of the customer at Eduzz.
    pub id: EduzzId,
    /// The customer's name.
    pub name: Option<PersonalText>,
    /// The e-mail address, which identifies the customer.
    pub email: Option<PersonalText>,
    /// The telephone number.
    pub phone: Option<Phone>,
    /// Totals of the customer's purchases from the producer.
    pub purchase_history_overview: Option<PurchaseOverview>,
}

/// Totals of a customer's purchases from the producer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PurchaseOverview {
    /// How many products.
    #[serde(default, deserialize_with = "optional_count")]
    pub products_quantity: Option<u64>,
    /// The net total of the payments. The deductions are not documented.
    pub net: Option<Money>,
    /// The paid amount.
    pub gross: Option<Money>,
}

/// A customer's details (docs page `/reference/api/get-myeduzz-v1-customers-email`).
///
/// Only the page's example is known: no field is documented as nullable or as always present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Customer {
    /// Number of the customer at Eduzz.
    pub id: EduzzId,
    /// The customer's name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The telephone number.
    pub phone: Option<Phone>,
    /// The address.
    pub address: Option<CustomerAddress>,
}

/// The address of a [`Customer`]; the example has no city, and its names differ from those of other
/// addresses (Q37).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerAddress {
    /// The street.
    pub street: Option<PersonalText>,
    /// The number in the street.
    pub number: Option<PersonalText>,
    /// Address complement (complemento): flat, block.
    pub supplement: Option<PersonalText>,
    /// The postal code (CEP).
    pub cep: Option<PersonalText>,
    /// The state, two letters in the example.
    pub state: Option<PersonalText>,
    /// The country, two letters in the example.
    pub country: Option<PersonalText>,
}
