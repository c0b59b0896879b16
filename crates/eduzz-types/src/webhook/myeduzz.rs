//! MyEduzz: invoices, subscriptions and commissions.

mod attempts;
mod commissions;
mod contracts;
mod invoices;
mod items;

pub use attempts::{
    AttemptedBankSlip, AttemptedContract, AttemptedContractPayment, AttemptedCustomer, AttemptedInvoice,
    AttemptedPayment, AttemptedPix, ContractAttempt, FailReason,
};
pub use commissions::{CommissionProcessed, CommissionShare, Commissions};
pub use contracts::{
    ContentAccess, Contract, ContractChange, ContractChangeReason, ContractCustomer, ContractPayment,
    ContractPlan, ContractProducer, ContractProduct, Recurrence, RecurrenceCharges,
};
pub use invoices::{
    Affiliate, BankSlipInstallment, Buyer, BuyerAddress, Chargeback, Fees, Gains, Invoice, InvoiceContract,
    InvoicePayment, InvoicePrice, InvoiceProducer, InvoiceStatus, Refund, Student, Tracker, Transaction,
};
pub use items::{DurationType, InvoiceItem, ItemCoupon, RefundPeriod};

id! {
    /// Id of the transaction that paid an invoice, which the thank-you page gets as
    /// `transaction_id`. It is not the [`InvoiceId`](crate::InvoiceId): mixing them up breaks
    /// matching (Q90).
    TransactionId;
    /// Id of a coupon.
    CouponId;
    /// Id of a plan of a product that is subscribed to.
    PlanId;
    /// Id of a party that gets a part of a sale: producer, coproducer or affiliate. It is probably
    /// their [`EduzzId`](crate::EduzzId), which is not documented.
    CommissionPartyId;
}
