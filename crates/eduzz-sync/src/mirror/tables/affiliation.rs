//! Affiliations: `GET /myeduzz/v1/affiliates`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::DateTime;

use super::{Affiliation, Table, fields};

impl Table for Affiliation {
    fields! {
        [Text] "id", "id", "The number of the affiliation: one product and one affiliate.",
            |affiliation| Some(affiliation.id.as_str());
        [Text] "status", "status", "The status: `approved`, `canceled`, `pending`, `removed`.",
            |affiliation| Some(affiliation.status.as_str());
        [Time] "requested", "requestedAt", "When the affiliate asked.",
            |affiliation| affiliation.requested_at.as_ref();
        [Time] "approved", "approvedAt", "When the producer agreed.",
            |affiliation| affiliation.approved_at.as_ref();
        [Time] "updated", "updatedAt", "When it last changed.",
            |affiliation| affiliation.updated_at.as_ref();
        [Time] "created", "createdAt", "When it was recorded.",
            |affiliation| affiliation.created_at.as_ref();
        [Text] "product_id", "product.id", "The product.",
            |affiliation| Some(affiliation.product.as_ref()?.id.as_str());
        [Text] "product_name", "product.name", "The product's name.",
            |affiliation| affiliation.product.as_ref()?.name.as_deref();
        customer [Text] "customer_id", "customer.id", "The affiliate's account at Eduzz.",
            |affiliation| Some(affiliation.customer.as_ref()?.id.as_str());
        personal [Text] "customer_name", "customer.name", "The affiliate's name.",
            |affiliation| Some(affiliation.customer.as_ref()?.name.as_ref()?.as_str());
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
