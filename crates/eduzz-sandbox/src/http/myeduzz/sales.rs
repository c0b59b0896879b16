//! `/myeduzz/v1/sales`: the sales, their sums and their chargebacks.

use axum::response::{IntoResponse, Response};
use eduzz_types::myeduzz::{ChargebackStatus, SaleReferenceDate, SaleStatus};

use super::not_found;
use crate::http::call::Call;
use crate::problem::Problem;
use crate::query::{Days, Query};
use crate::render::{lists, sales};
use crate::state::shop::{Hits, Sale, Shop};

/// `GET /myeduzz/v1/sales`: newest first by creation.
pub(in crate::http) fn list_sales(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let known = |text: &str| Some(SaleReferenceDate::from(text)).filter(SaleReferenceDate::is_known);
    let reference = call.query.word("referenceDate", known)?;
    let shop = call.shown();
    let wanted = Wanted::read(&call.query, reference, &["buyerEmail", "buyerDocument"])?;
    let own: Vec<&Sale> = shop.sales.iter().rev().filter(|sale| wanted.has(sale)).collect();
    let older = wanted.older(&shop);
    let kept = u64::try_from(own.len()).unwrap_or(u64::MAX);
    let total = kept.saturating_add(older.as_ref().map_or(0, Hits::len));
    Ok(paging.of_places(total, |place| match place.checked_sub(kept) {
        None => Some(sales::sale(&shop, own.get(usize::try_from(place).ok()?)?)),
        Some(place) => {
            let number = older.as_ref()?.at(place)?;
            let sale = shop.bulk.as_ref()?.sale(number)?;
            Some(sales::sale(&shop, &sale))
        }
    }))
}

/// `GET /myeduzz/v1/sales/:id`.
pub(in crate::http) fn get_sale(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.shown();
    let made = call.parameter().parse().ok().and_then(|id| shop.any_sale(id));
    let made = made.ok_or(not_found("Sale not found."))?;
    Ok(sales::details(&shop, &made).into_response())
}

/// `GET /myeduzz/v1/sales/summary`: the sums over the list with the same filters.
pub(in crate::http) fn get_sales_summary(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.shown();
    let wanted = Wanted::read(&call.query, None, &[])?;
    let mut sums = sales::Sums::default();
    for sale in shop.sales.iter().filter(|sale| wanted.has(sale)) {
        sums.add(sale);
    }
    if let (Some(bulk), Some(older)) = (&shop.bulk, wanted.older(&shop)) {
        for sale in older.iter().filter_map(|number| bulk.sale(number)) {
            sums.add(&sale);
        }
    }
    Ok(sums.summary().into_response())
}

/// `GET /myeduzz/v1/sales/chargebacks`: by the day of the request.
pub(in crate::http) fn list_chargebacks(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.days()?);
    let known = |text: &str| Some(ChargebackStatus::from(text)).filter(ChargebackStatus::is_known);
    let status = call.query.word("chargebackStatus", known)?;
    let shop = call.shown();
    let rows = lists::chargebacks(&shop).filter(|sale| {
        let chargeback = sale.chargeback.as_ref();
        let is_asked = |made: &&_| lists::is_asked_for(made, days, status.as_ref());
        chargeback.filter(is_asked).is_some()
            && call.query.admits_id("id", Some(sale.id))
            && call.query.admits_text("buyerEmail", &sale.buyer.email)
    });
    Ok(paging.of(rows, |sale| sales::chargeback(&shop, &sale)))
}

/// The filters of the list and of the summary.
struct Wanted<'a> {
    query: &'a Query,
    days: Days,
    reference: SaleReferenceDate,
    status: Option<SaleStatus>,
    /// Filters by the buyer that the call has.
    texts: &'static [&'static str],
}

impl<'a> Wanted<'a> {
    fn read(
        query: &'a Query,
        reference: Option<SaleReferenceDate>,
        texts: &'static [&'static str],
    ) -> Result<Self, Problem> {
        let days = query.days()?;
        let known = |text: &str| Some(SaleStatus::from(text)).filter(SaleStatus::is_known); // Q29
        Ok(Self {
            query,
            days,
            reference: reference.unwrap_or(SaleReferenceDate::CreatedAt),
            status: query.word("status", known)?, // Q15
            texts,
        })
    }

    fn has(&self, sale: &Sale) -> bool {
        let moment = sale.reference(&self.reference);
        moment.is_some_and(|moment| self.days.has(moment))
            && self.status.as_ref().is_none_or(|status| sale.status == *status)
            && self.has_ids(sale)
    }

    fn has_ids(&self, sale: &Sale) -> bool {
        let affiliate = sale.affiliate.as_ref().map(|(affiliate, _)| affiliate.id);
        let text = |name: &str| match name {
            "buyerEmail" => sale.buyer.email.as_str(),
            _ => sale.buyer.document.as_str(),
        };
        self.query.admits_id("contractId", sale.subscription)
            && self.query.admits_id("productId", Some(sale.product.id))
            && self.query.admits_id("affiliateId", affiliate)
            && self
                .texts
                .iter()
                .all(|name| self.query.admits_text(name, text(name)))
    }

    /// The older sales that pass.
    fn older(&self, shop: &Shop) -> Option<Hits> {
        let bulk = shop.bulk.as_ref()?;
        let ids = ["contractId", "productId", "affiliateId"];
        let mut names = ids.iter().chain(self.texts);
        let also: &dyn Fn(&Sale) -> bool = &|sale| self.has_ids(sale);
        let also = names.any(|name| self.query.text(name).is_some()).then_some(also);
        Some(bulk.hits(&self.reference, self.days.moments(), self.status.as_ref(), also))
    }
}
