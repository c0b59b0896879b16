//! MyEduzz: sales, subscriptions, money, products, and the people in them.

mod affiliates;
mod customers;
mod financial;
mod products;
mod sales;
mod shared;
mod subscriptions;

pub use affiliates::{AffiliateAccount, AffiliatedProduct, Affiliation, AffiliationStatus};
pub use customers::{Customer, CustomerAddress, CustomerSummary, PurchaseOverview};
pub use financial::{
    AffiliateFiscalClient, AffiliateFiscalDocument, BankAccount, BankAccountType, BuyerFiscalClient,
    BuyerFiscalDocument, FiscalClientAddress, FiscalDocumentDetails, FiscalDocumentProduct,
    FiscalDocumentSale, FiscalDocumentStatus, FiscalDocumentUpdate, FiscalIssuer, FiscalIssuerAddress,
    FiscalRecipient, FiscalRecipientAddress, StatementEntry, StatementEntryType, TaxType, Transfer,
    TransferStatus,
};
pub use products::{
    CampaignResult, Coupon, CouponProduct, CouponType, PartnerCommission, PartnerCommissionType,
    PartnerPermission, Product, ProductCampaign, ProductModeration, ProductOffer, ProductPartner,
    ProductPayment, ProductPaymentMethods, ProductPaymentType, ProductStatus,
};
pub use sales::{
    AffiliateShare, BillingType, BuyerAddress, Chargeback, ChargebackStatus, FreightType, Offer, OrderBump,
    PartnerShare, Producer, RecoveringStatus, Refund, RefundType, Sale, SaleAffiliate, SaleBuyer,
    SaleChargeback, SaleItem, SalePayment, SalePerson, SaleProduct, SaleReferenceDate, SaleStatus,
    SalesSummary, Utm,
};
pub use shared::{PaymentDetail, PaymentMethod, Phone, ProductType};
pub use subscriptions::{
    CustomerSubscription, CustomerSubscriptionProduct, CustomerSubscriptions, Delivery, DueDateDay,
    DueDateMotive, Frequency, FrequencyType, Interruption, InterruptionOrigin, InterruptionType, InvoiceItem,
    InvoiceItemAmount, InvoicePayment, InvoiceProduct, InvoiceState, InvoiceStatus, Subscription,
    SubscriptionCharges, SubscriptionClient, SubscriptionDateFilter, SubscriptionInvoice,
    SubscriptionPayment, SubscriptionProduct, SubscriptionRecurrence, SubscriptionStatus,
};
