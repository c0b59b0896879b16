//! Products: `GET /myeduzz/v1/products`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::DateTime;

use super::{Product, Table, fields};

impl Table for Product {
    fields! {
        [Text] "id", "id", "The number of the product.", |product| Some(product.id.as_str());
        [Text] "name", "name", "The name.", |product| Some(&product.name);
        [Text] "description", "description", "The producer's description.",
            |product| product.description.as_deref();
        [Text] "producer_id", "producerId", "The account that sells it.",
            |product| Some(product.producer_id.as_ref()?.as_str());
        [Text] "type", "type", "The kind, such as `digital`.",
            |product| Some(product.kind.as_ref()?.as_str());
        [Text] "status", "status", "Whether it can be bought: `active` or `inactive`.",
            |product| Some(product.status.as_str());
        personal [Text] "author", "author", "The author.",
            |product| Some(product.author.as_ref()?.as_str());
        [Text] "moderation", "moderation", "Whether Eduzz approved it.",
            |product| Some(product.moderation.as_ref()?.as_str());
        [Text] "image_url", "imageUrl", "The address of its picture.",
            |product| product.image_url.as_deref();
        [Time] "created", "createdAt", "When it was made.", |product| product.created_at.as_ref();
        [Time] "updated", "updatedAt", "When it last changed.", |product| product.updated_at.as_ref();
        [Text] "payment_type", "payment.type",
            "How it is charged: once is `oneTime` or `normal` (Q50), else `subscription`, `free`, `open`.",
            |product| Some(product.payment.as_ref()?.kind.as_ref()?.as_str());
        [Amount] "payment_price", "payment.price", "The price.",
            |product| product.payment.as_ref()?.price;
        [Flag] "payment_methods_bankslip", "payment.methods.bankslip", "Whether it can be paid by bank slip.",
            |product| product.payment.as_ref()?.methods.as_ref()?.bankslip;
        [Flag] "payment_methods_pix", "payment.methods.pix", "Whether it can be paid by Pix.",
            |product| product.payment.as_ref()?.methods.as_ref()?.pix;
        [Flag] "payment_methods_card", "payment.methods.card", "Whether it can be paid by card.",
            |product| product.payment.as_ref()?.methods.as_ref()?.card;
        [Flag] "payment_methods_multiple_cards", "payment.methods.multipleCards",
            "Whether it can be paid by several cards together.",
            |product| product.payment.as_ref()?.methods.as_ref()?.multiple_cards;
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
