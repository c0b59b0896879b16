//! MyEduzz: sales, affiliates, customers.

mod affiliates;
mod customers;
mod sales;
mod shared;

pub use affiliates::{AffiliateAccount, AffiliatedProduct, Affiliation, AffiliationStatus};
pub use customers::{Customer, CustomerAddress, CustomerSummary, PurchaseOverview};
pub use sales::{
    AffiliateShare, BillingType, BuyerAddress, Chargeback, ChargebackStatus, FreightType, Offer, OrderBump,
    PartnerShare, Producer, RecoveringStatus, Refund, RefundType, Sale, SaleAffiliate, SaleBuyer,
    SaleChargeback, SaleItem, SalePayment, SalePerson, SaleProduct, SaleReferenceDate, SaleStatus,
    SalesSummary, Utm,
};
pub use shared::{PaymentDetail, PaymentMethod, Phone, ProductType};
