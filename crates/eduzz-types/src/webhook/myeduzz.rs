//! MyEduzz: invoices, subscriptions and commissions.

mod attempts;
mod commissions;
mod contracts;
mod invoices;

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
    Affiliate, BankSlipInstallment, Buyer, BuyerAddress, Chargeback, DurationType, Fees, Gains, Invoice,
    InvoiceContract, InvoiceItem, InvoicePayment, InvoiceProducer, InvoiceStatus, ItemCoupon, Refund,
    RefundPeriod, Student, Tracker, Transaction,
};
