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

id! {
    /// Id of a subscription, which is a contract: `contractId` elsewhere.
    SubscriptionId;
    /// Id of a sale of MyEduzz.
    ///
    /// One integrator reports that a sale is one invoice: one instalment of a bank slip, or one
    /// charge of a contract, not the whole purchase (Q36).
    SaleId;
    /// Id of an entry of the statement.
    StatementEntryId;
    /// Id of a transfer to a bank account.
    TransferId;
    /// Id of a fiscal document.
    FiscalDocumentId;
    /// Code of the state of a fiscal document's file, such as `5`; their meaning is not documented.
    FiscalFileStatus;
    /// Id of a product's campaign.
    CampaignId;
    /// Id of a product's offer.
    OfferId;
    /// Id of a product's partner.
    PartnerId;
    /// Id of a line of a sale.
    SaleItemId;
    /// Id of an affiliate, as sales name it. That it is the affiliate's [`EduzzId`](crate::EduzzId)
    /// is likely, but not documented.
    AffiliateId;
    /// Id of an affiliation, which links one product and one affiliate.
    AffiliationId;
}
