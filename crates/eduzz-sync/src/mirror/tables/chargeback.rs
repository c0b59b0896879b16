//! Chargebacks: `GET /myeduzz/v1/sales/chargebacks`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use super::{SaleChargeback, Table, fields};

impl Table for SaleChargeback {
    fields! {
        [Text] "id", "id", "The number of the sale; a chargeback has none of its own.",
            |sale| Some(sale.id.as_str());
        [Text] "status", "chargeback.status", "The status, such as `lost`, `underReview`.",
            |sale| Some(sale.chargeback.status.as_str());
        [Amount] "total", "total", "The price of the sale.", |sale| Some(sale.total);
        [Time] "requested", "chargeback.requestedAt", "When the payer's bank asked for the money.",
            |sale| sale.chargeback.requested_at.as_ref();
        [Time] "limit", "chargeback.limitDate", "The deadline for the answer.",
            |sale| sale.chargeback.limit_date.as_ref();
        [Time] "documents_uploaded", "chargeback.documentsUploadedAt",
            "When the answer's documents were submitted.",
            |sale| sale.chargeback.documents_uploaded_at.as_ref();
        [Text] "affiliate_id", "affiliate.id", "The affiliate who sold.",
            |sale| Some(sale.affiliate.as_ref()?.id.as_ref()?.as_str());
        personal [Text] "affiliate_name", "affiliate.name", "The affiliate's name.",
            |sale| Some(sale.affiliate.as_ref()?.name.as_ref()?.as_str());
        [Text] "product_id", "product.id", "The product.",
            |sale| Some(sale.product.as_ref()?.id.as_str());
        [Text] "product_name", "product.name", "The product's name.",
            |sale| sale.product.as_ref()?.name.as_deref();
        [Text] "product_type", "product.type", "The product's kind, such as `digital`.",
            |sale| Some(sale.product.as_ref()?.kind.as_ref()?.as_str());
        [Text] "product_sku", "product.sku", "The producer's own code of the product.",
            |sale| sale.product.as_ref()?.sku.as_deref();
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
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }

    fn status(&self) -> Option<&str> {
        Some(self.chargeback.status.as_str())
    }
}
