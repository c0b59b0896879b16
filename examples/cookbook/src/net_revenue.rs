//! Sums the net revenue of sales, and tests the sum without a server.

use eduzz::types::{Sale, SaleStatus};
use eduzz::{Currency, Money};

/// Sums what remains of the paid sales in reais.
pub fn net_revenue<'a>(sales: impl IntoIterator<Item = &'a Sale>) -> Option<Money> {
    let paid = sales.into_iter().filter(|sale| sale.status == SaleStatus::Paid);
    let in_reais = paid
        .filter_map(|sale| sale.net_gain)
        .filter(|net| net.currency == Currency::Brl);
    Money::sum(in_reais)
}

#[cfg(test)]
mod tests {
    use eduzz::api::{GetSale, Sample as _};

    use super::*;

    #[test]
    fn refunded_sale_is_no_revenue() {
        let mut paid = GetSale::sample().unwrap();
        paid.status = SaleStatus::Paid;
        paid.net_gain = Some(Money::brl(90.into()));
        let mut refunded = paid.clone();
        refunded.status = SaleStatus::Refunded;
        assert_eq!(net_revenue([&paid, &refunded]), Some(Money::brl(90.into())));
    }
}
