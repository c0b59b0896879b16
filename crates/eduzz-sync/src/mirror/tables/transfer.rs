//! Transfers to a bank account: `GET /myeduzz/v1/financial/transfers`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use super::{Table, Transfer, fields};

impl Table for Transfer {
    fields! {
        [Text] "id", "id", "The number of the transfer.", |transfer| Some(transfer.id.as_str());
        [Text] "status", "status", "The status, such as `confirmed`, `pending`, `failed`.",
            |transfer| Some(transfer.status.as_str());
        [Amount] "value", "value", "The amount.", |transfer| Some(transfer.value);
        [Time] "requested", "requestedAt", "When it was requested; a day without a time is usual (Q33).",
            |transfer| transfer.requested_at.as_ref();
        [Time] "completed", "completedAt", "When it was done; a day without a time is usual (Q33).",
            |transfer| transfer.completed_at.as_ref();
        [Time] "created", "createdAt", "When it was made; a day without a time is usual (Q33).",
            |transfer| transfer.created_at.as_ref();
        personal [Text] "details", "details", "Details, as a text for people.",
            |transfer| Some(transfer.details.as_ref()?.as_str());
        [Text] "bank_account_type", "bankAccount.type", "`checkingAccount` or `savingsAccount`.",
            |transfer| Some(transfer.bank_account.as_ref()?.kind.as_ref()?.as_str());
        personal [Text] "bank_account_bank_code", "bankAccount.bankCode", "The bank's number.",
            |transfer| Some(transfer.bank_account.as_ref()?.bank_code.as_ref()?.as_str());
        personal [Text] "bank_account_agency", "bankAccount.agency", "The branch.",
            |transfer| Some(transfer.bank_account.as_ref()?.agency.as_ref()?.as_str());
        personal [Text] "bank_account_account", "bankAccount.account", "The number of the account.",
            |transfer| Some(transfer.bank_account.as_ref()?.account.as_ref()?.as_str());
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }

    fn status(&self) -> Option<&str> {
        Some(self.status.as_str())
    }
}
