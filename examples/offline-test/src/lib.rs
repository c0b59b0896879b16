//! A function of a program, and its test against a sandbox without a socket.
#![allow(clippy::missing_errors_doc, reason = "an example")]

use eduzz::api::ListSales;
use eduzz::types::SaleStatus;
use eduzz::{Account, CallError, Days};

/// Counts the paid sales of these days.
pub async fn paid_count(account: &Account, days: &Days) -> Result<u64, CallError> {
    let list = ListSales::new(days).status(SaleStatus::Paid);
    Ok(account.call(&list).await?.total_items)
}

#[cfg(test)]
mod tests {
    use eduzz::sandbox::{Config, Transport};
    use eduzz::{AccessToken, Client, Date, Grant, Timestamp};

    use super::*;

    #[tokio::test]
    async fn new_sales_are_counted() -> Result<(), Box<dyn std::error::Error>> {
        let sandbox = Transport::new(Config::default())?;
        let client = Client::builder().transport(sandbox.clone()).build()?;
        let token = AccessToken::new(&*sandbox.person().personal_token);
        let account = client.signed_in(Grant::personal(token));
        let today = Date::in_brasilia(Timestamp::now())?;
        let days = Days::new(&today, today.plus_days(1)?)?;

        let before = paid_count(&account, &days).await?;
        sandbox.control().sell(2);
        assert_eq!(paid_count(&account, &days).await?, before + 2);
        Ok(())
    }
}
