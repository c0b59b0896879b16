//! Products with their campaigns, offers and partners, and the coupons.

use std::sync::Arc;

use eduzz_types::myeduzz::{
    AffiliationStatus, Delivery, ProductModeration, ProductPaymentType, ProductStatus, ProductType,
};
use serde::{Deserialize, Serialize};

use super::people::Human;
use crate::random::Random;
use crate::state::calendar::Moment;
use crate::state::interned::{self, Word};
use crate::state::money::Cents;

/// A product.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Product {
    pub(crate) id: u64,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) name: Word,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) description: Word,
    pub(crate) kind: ProductType,
    pub(crate) status: ProductStatus,
    pub(crate) moderation: ProductModeration,
    pub(crate) payment: ProductPaymentType,
    pub(crate) price: Cents,
    /// The membership fee of a subscription.
    pub(crate) membership_fee: Cents,
    pub(crate) delivery: Delivery,
    pub(crate) sku: Option<String>,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    pub(crate) offers: Vec<Offer>,
    pub(crate) campaigns: Vec<Campaign>,
    /// The partner, with the share of the rest in hundredths.
    pub(crate) partner: Option<(Arc<Human>, i64)>,
    /// How often it is bought, relative to the others.
    pub(super) weight: u64,
}

impl Product {
    pub(crate) fn is_subscription(&self) -> bool {
        self.payment == ProductPaymentType::Subscription
    }
}

/// A price of a product.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Offer {
    pub(crate) id: u64,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) name: Word,
    pub(crate) is_default: bool,
    pub(crate) price: Cents,
    pub(crate) key: String,
}

/// A campaign of a product.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Campaign {
    pub(crate) id: u64,
    pub(crate) key: String,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) title: Word,
    pub(crate) for_affiliate: Cents,
    pub(crate) for_producer: Cents,
    pub(crate) is_infinite: bool,
    pub(crate) is_active: bool,
    pub(crate) created: Moment,
}

/// The tie between an affiliate and a product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Affiliation {
    pub(crate) id: u64,
    pub(crate) status: AffiliationStatus,
    pub(crate) requested: Moment,
    pub(crate) approved: Option<Moment>,
    pub(crate) updated: Moment,
    pub(crate) product: Arc<Product>,
    pub(crate) affiliate: Arc<Human>,
    /// The affiliate's share of a sale, in hundredths.
    pub(crate) share: i64,
}

/// A coupon.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Coupon {
    #[serde(deserialize_with = "interned::word")]
    pub(crate) code: Word,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) description: Word,
    pub(crate) discount: Discount,
    pub(crate) quantity: u64,
    pub(crate) limit: Moment,
    pub(crate) products: Vec<Arc<Product>>,
}

/// The discount of a coupon.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Discount {
    /// Hundredths of the price.
    Percentage(i64),
    /// An amount.
    Value(Cents),
}

impl Coupon {
    /// Whether it is for the product with this id.
    pub(super) fn is_for(&self, product: u64) -> bool {
        self.products.iter().any(|with| with.id == product)
    }

    /// The discount of a price.
    pub(crate) fn off(&self, price: Cents) -> Cents {
        match self.discount {
            Discount::Percentage(hundredths) => price.percent(hundredths),
            Discount::Value(value) => value.min(price),
        }
    }
}

type Draft = (
    &'static str,
    &'static str,
    ProductType,
    ProductPaymentType,
    i64,
    Delivery,
    u64,
);

macro_rules! drafts {
    ($($name:literal, $about:literal: $kind:ident $payment:ident $price:literal $delivery:ident $weight:literal;)+) => {
        [$((
            $name, $about, ProductType::$kind, ProductPaymentType::$payment, $price, Delivery::$delivery, $weight,
        )),+]
    };
}

/// Kind, payment, price in cents, delivery, and how often it is bought among the others; 0 is not
/// for sale.
const DRAFTS: [Draft; 12] = drafts! {
    "Curso de Violão Caipira", "Do zero à primeira moda": Digital OneTime 29_700 Nutror 18;
    "Planilha do Orçamento", "As contas da casa em dia": Digital OneTime 4_790 Files 22;
    "Clube de Leitura da Serra", "Um livro por mês": Service Subscription 4_990 Nutror 7;
    "Mentoria Horta em Casa", "Doze semanas de acompanhamento": Service OneTime 89_990 External 4;
    "Caderno de Receitas", "Impresso, com espiral": Physical OneTime 8_950 External 9;
    "Imersão em Cerâmica", "Dois dias de torno": Ticket OneTime 34_900 External 5;
    "Comunidade Fotografia", "Aulas e críticas toda semana": Digital Subscription 7_900 AlpaClass 4;
    "Pacote Música Completa", "Violão, viola e canto": Package OneTime 64_700 Nutror 5;
    "E-book Pão de Fermentação", "Trinta receitas testadas": Digital OneTime 2_990 Files 20;
    "Oficina de Bordado", "Pontos livres para começar": Digital OneTime 14_735 AlpaClass 8;
    "Agenda da Colheita", "O calendário de quem planta": Physical OneTime 5_933 External 6;
    "Curso de Inglês Antigo", "Retirado de venda": Digital OneTime 19_900 Files 0;
};

/// The products, the oldest first.
pub(super) fn products(
    random: &mut Random,
    first_id: u64,
    partners: &[Arc<Human>],
    opened: Moment,
) -> Vec<Arc<Product>> {
    let mut id = first_id + 2_100_000 + random.below(9_000);
    let (mut offer_id, mut campaign_id) = (first_id + 430_000, first_id + 52_000);
    let make = |(place, (name, description, kind, payment, price, delivery, weight)): (usize, Draft)| {
        id += 1 + random.below(90);
        let place_days = i64::try_from(place).unwrap_or_default();
        let created = opened
            .plus_days(-60 + 3 * place_days)
            .plus(random.between(0, 40_000));
        let for_sale = weight > 0;
        let price = Cents(price);
        let mut offers = Vec::new();
        for (number, (offer, hundredths)) in [("Oferta padrão", 100), ("Lançamento", 80)]
            .into_iter()
            .enumerate()
        {
            if number == 0 || random.percent(40) {
                offer_id += 1;
                let key = random.hex(4);
                offers.push(Offer {
                    id: offer_id,
                    name: offer,
                    is_default: number == 0,
                    price: price.percent(hundredths),
                    key,
                });
            }
        }
        let mut campaigns = Vec::new();
        for title in ["Lançamento", "Funil perpétuo"] {
            if random.percent(60) {
                campaign_id += 1;
                campaigns.push(Campaign {
                    id: campaign_id,
                    key: random.hex(3).to_uppercase(),
                    title,
                    for_affiliate: Cents(random.between(20, 400)),
                    for_producer: Cents(random.between(50, 900)),
                    is_infinite: title == "Funil perpétuo",
                    is_active: for_sale && random.percent(80),
                    created: created.plus_days(random.between(1, 20)),
                });
            }
        }
        let has_partner = place % 4 == 3;
        let partner = has_partner.then(|| random.pick(partners).cloned()).flatten();
        let has_fee = payment == ProductPaymentType::Subscription && place > 4;
        let (status, moderation) = if for_sale {
            (ProductStatus::Active, ProductModeration::Approved)
        } else {
            (ProductStatus::Inactive, ProductModeration::Refused)
        };
        Arc::new(Product {
            id,
            name,
            description,
            sku: (kind == ProductType::Physical).then(|| format!("SKU-{id}")),
            kind,
            status,
            moderation,
            membership_fee: Cents(if has_fee { 1_990 } else { 0 }),
            payment,
            price,
            delivery,
            created,
            updated: created.plus_days(random.between(1, 30)),
            offers,
            campaigns,
            partner: partner.map(|partner| (partner, 20)),
            weight,
        })
    };
    DRAFTS.into_iter().enumerate().map(make).collect()
}

/// The coupons.
pub(super) fn coupons(products: &[Arc<Product>], now: Moment) -> Vec<Arc<Coupon>> {
    let once = |product: &&Arc<Product>| !product.is_subscription() && product.weight > 0;
    let of = |count: usize| products.iter().filter(once).take(count).cloned().collect();
    let coupon = |code, description, discount, quantity, products, days| {
        let limit = now.day().plus(days).end();
        Arc::new(Coupon {
            code,
            description,
            discount,
            quantity,
            limit,
            products,
        })
    };
    vec![
        coupon("VERAO15", "Verão", Discount::Percentage(15), 200, of(4), 60),
        coupon(
            "VOLTA10",
            "Quem volta",
            Discount::Value(Cents(1_000)),
            50,
            of(6),
            30,
        ),
        coupon(
            "AULAO",
            "Aulão ao vivo",
            Discount::Percentage(25),
            100,
            of(2),
            -10,
        ),
    ]
}
