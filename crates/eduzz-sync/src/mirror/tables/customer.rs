//! Customers: `GET /myeduzz/v1/customers`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use super::{CustomerSummary, Table, fields, int};

impl Table for CustomerSummary {
    fields! {
        customer [Text] "id", "id", "The number of the customer at Eduzz; sales call it `buyer_id`.",
            |customer| Some(customer.id.as_str());
        personal [Text] "name", "name", "The name.", |customer| Some(customer.name.as_ref()?.as_str());
        personal [Text] "email", "email", "The e-mail address.",
            |customer| Some(customer.email.as_ref()?.as_str());
        personal [Text] "phone_country_code", "phone.countryCode",
            "The country's code of the telephone, without `+`.",
            |customer| Some(customer.phone.as_ref()?.country_code.as_ref()?.as_str());
        personal [Text] "phone_area_code", "phone.areaCode", "The area's code (DDD) of the telephone.",
            |customer| Some(customer.phone.as_ref()?.area_code.as_ref()?.as_str());
        personal [Text] "phone_number", "phone.number", "The number of the telephone within the area.",
            |customer| Some(customer.phone.as_ref()?.number.as_ref()?.as_str());
        [Int] "purchase_history_overview_products_quantity", "purchaseHistoryOverview.productsQuantity",
            "How many products the customer bought from the producer.",
            |customer| int(customer.purchase_history_overview.as_ref()?.products_quantity);
        [Amount] "purchase_history_overview_net", "purchaseHistoryOverview.net",
            "The net total of the payments; the deductions are not documented.",
            |customer| customer.purchase_history_overview.as_ref()?.net;
        [Amount] "purchase_history_overview_gross", "purchaseHistoryOverview.gross",
            "The total of the payments.",
            |customer| customer.purchase_history_overview.as_ref()?.gross;
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }
}
