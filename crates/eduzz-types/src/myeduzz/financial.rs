//! Money: the statement, transfers, fiscal documents.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::{FiscalDocumentId, FiscalFileStatus, SaleId, StatementEntryId, TransferId};
use crate::{DateTime, EduzzId, ExactNumber, Money, PersonalText, ProductId};

/// An entry of the statement: the item of `GET /myeduzz/v2/financial/statement` (docs page
/// `/reference/api/get-myeduzz-v2-financial-statement`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StatementEntry {
    /// Id of the entry.
    pub id: StatementEntryId,
    /// When it counts.
    pub credit_date: Option<DateTime>,
    /// A Portuguese description for people; it may contain a person's name.
    pub description: Option<PersonalText>,
    /// The sale that it belongs to; `None` for transfers and fees, as integrations report.
    pub sale_id: Option<SaleId>,
    /// Its kind; `None` for transfers and fees, as integrations report.
    #[serde(rename = "type")]
    pub kind: Option<StatementEntryType>,
    /// The amount; outgoing amounts are negative.
    pub value: Money,
}

open_enum! {
    /// Kind of an entry of the statement.
    StatementEntryType {
        /// A sale (documented by an example).
        Sale = "sale",
        /// A refund (seen).
        Refund = "refund",
        /// A sale of an affiliate; the misspelling is the service's, and known at second hand only
        /// (Q48).
        AffiliateSale = "affiliante_sale",
    }
}

/// A transfer to a bank account: the item of `GET /myeduzz/v1/financial/transfers` (docs page
/// `/reference/api/get-myeduzz-v1-financial-transfers`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Transfer {
    /// Id of the transfer.
    pub id: TransferId,
    /// The amount.
    pub value: Money,
    /// When it was requested; a bare date in the example (Q33).
    pub requested_at: Option<DateTime>,
    /// When it was done; a bare date in the example (Q33).
    pub completed_at: Option<DateTime>,
    /// When it was made; a bare date in the example (Q33).
    pub created_at: Option<DateTime>,
    /// Its status.
    pub status: TransferStatus,
    /// Details, as text for people.
    pub details: Option<PersonalText>,
    /// The receiving account.
    pub bank_account: Option<BankAccount>,
}

open_enum! {
    /// Status of a transfer; the documentation names these values without explaining them.
    TransferStatus {
        /// Done.
        Confirmed = "confirmed",
        /// Cancelled.
        Canceled = "canceled",
        /// The bank sent a message back.
        ReturnedMessage = "returnedMessage",
        /// Not begun.
        Pending = "pending",
        /// The bank has not answered yet.
        AwaitingBankReturn = "awaitingBankReturn",
        /// Under way.
        InProgress = "inProgress",
        /// Stopped.
        Blocked = "blocked",
        /// About to be transferred.
        AwaitingTransfer = "awaitingTransfer",
        /// Being worked on.
        InProcess = "inProcess",
        /// Waiting for its turn.
        InQueue = "inQueue",
        /// Failed.
        Failed = "failed",
        /// Its invoices are being registered.
        RegisteringInvoices = "registeringInvoices",
    }
}

/// A bank account that money is transferred to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BankAccount {
    /// Kind of account; the documentation says that it can be null.
    #[serde(rename = "type")]
    pub kind: Option<BankAccountType>,
    /// The bank's number.
    pub bank_code: Option<PersonalText>,
    /// The branch (`agência`).
    pub agency: Option<PersonalText>,
    /// The number of the account.
    pub account: Option<PersonalText>,
}

open_enum! {
    /// Kind of a bank account.
    BankAccountType {
        /// A checking account (`conta corrente`).
        CheckingAccount = "checkingAccount",
        /// A savings account (`conta poupança`).
        SavingsAccount = "savingsAccount",
    }
}

/// A fiscal document of an affiliate: the item of
/// `GET /myeduzz/v1/financial/affiliate/fiscal-documents` (docs page
/// `/reference/api/get-myeduzz-v1-financial-affiliate-fiscal-documents`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AffiliateFiscalDocument {
    /// The document itself.
    pub document: FiscalDocumentDetails,
    /// The issuer.
    pub source: Option<FiscalIssuer>,
    /// The recipient.
    pub destination: Option<FiscalRecipient>,
    /// The sale that it is for.
    pub sale: Option<FiscalDocumentSale>,
    /// The client of the sale.
    pub client: Option<AffiliateFiscalClient>,
    /// The product.
    pub product: Option<FiscalDocumentProduct>,
}

/// A fiscal document of a buyer: the item of `GET /myeduzz/v1/financial/buyer/fiscal-documents`
/// (docs page `/reference/api/get-myeduzz-v1-financial-buyer-fiscal-documents`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BuyerFiscalDocument {
    /// The document itself; the fields about file and tax are of affiliates' documents only.
    pub document: FiscalDocumentDetails,
    /// The issuer.
    pub source: Option<FiscalIssuer>,
    /// The recipient.
    pub destination: Option<FiscalRecipient>,
    /// The sale that it is for.
    pub sale: Option<FiscalDocumentSale>,
    /// The client of the sale.
    pub client: Option<BuyerFiscalClient>,
    /// The product.
    pub product: Option<FiscalDocumentProduct>,
    /// Whether the service's new system created it.
    pub generated_by_new_system: Option<bool>,
}

/// The document in an [`AffiliateFiscalDocument`] or a [`BuyerFiscalDocument`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalDocumentDetails {
    /// Id of the document.
    pub id: FiscalDocumentId,
    /// Its name; in the examples it holds the name and the document number of the person.
    pub name: Option<PersonalText>,
    /// Its status: a Portuguese label for people (`Pendente`, `Novo`), not one of the values of
    /// [`FiscalDocumentStatus`] that a change takes (Q49).
    pub status: Option<Box<str>>,
    /// A Portuguese label for people.
    #[serde(rename = "type")]
    pub kind: Option<Box<str>>,
    /// Its amount.
    pub base_value: Option<Money>,
    /// When it was issued.
    pub emission_date: Option<DateTime>,
    /// The day that it refers to.
    pub reference_date: Option<DateTime>,
    /// When it was, or will be, processed.
    pub processing_date: Option<DateTime>,
    /// Affiliates' documents only: a code of the state of its file.
    pub file_status: Option<FiscalFileStatus>,
    /// Affiliates' documents only: the base of the tax; its unit is not documented.
    pub tax_base: Option<ExactNumber>,
    /// Affiliates' documents only: a percentage, judging by its name.
    pub base_percent: Option<ExactNumber>,
    /// Affiliates' documents only: the tax.
    pub tax_value: Option<Money>,
}

open_enum! {
    /// The status that a fiscal document can be given (docs page
    /// `/reference/api/patch-myeduzz-v1-financial-affiliate-fiscal-documents-id-change-status` and
    /// its buyers' twin).
    ///
    /// The lists do not show these values: they have a label in Portuguese (Q49).
    FiscalDocumentStatus {
        /// New.
        New = "new",
        /// Pending.
        Pending = "pending",
        /// Waiting for the document.
        WaitingDocument = "waitingDocument",
        /// Cancelled.
        Canceled = "canceled",
        /// Processed.
        Processed = "processed",
        /// Approved.
        Approved = "approved",
        /// Its file was created.
        FileGenerated = "fileGenerated",
        /// Being processed.
        Processing = "processing",
        /// Deleted.
        Deleted = "deleted",
    }
}

open_enum! {
    /// Whether a party is a company or a person; a letter in the examples.
    TaxType {
        /// A company (`pessoa jurídica`).
        Company = "J",
        /// A person (`pessoa física`).
        Person = "F",
    }
}

/// The issuer of a fiscal document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalIssuer {
    /// Whether it is a company or a person; null in an example.
    pub tax_type: Option<TaxType>,
    /// The company's, or person's, name.
    pub company_name: Option<PersonalText>,
    /// Number of its document (CNPJ or CPF).
    pub document: Option<PersonalText>,
    /// State registration (`inscrição estadual`), or `ISENTO` if exempt.
    pub ie: Option<PersonalText>,
    /// Municipal registration (`inscrição municipal`); null in an example.
    pub im: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// A phone number; null in an example.
    pub tel: Option<PersonalText>,
    /// Another phone number.
    pub tel2: Option<PersonalText>,
    /// A mobile phone's number; null in an example.
    pub cell: Option<PersonalText>,
    /// Where it is.
    pub address: Option<FiscalIssuerAddress>,
}

/// Address of the issuer of a fiscal document, which has a form of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalIssuerAddress {
    /// Street.
    pub street: Option<PersonalText>,
    /// Number in the street.
    pub number: Option<PersonalText>,
    /// Reference point.
    pub complement: Option<PersonalText>,
    /// District (`bairro`).
    pub district: Option<PersonalText>,
    /// Postal code (`CEP`).
    pub zip_code: Option<PersonalText>,
    /// City.
    pub city: Option<PersonalText>,
    /// State, by its two letters.
    pub uf: Option<PersonalText>,
}

/// The recipient of a fiscal document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalRecipient {
    /// The company's, or person's, name.
    pub company_name: Option<PersonalText>,
    /// Whether it is a company or a person.
    pub tax_type: Option<TaxType>,
    /// Number of its document (CNPJ or CPF).
    pub tax_id: Option<PersonalText>,
    /// State registration (`inscrição estadual`), or `ISENTO` if exempt.
    pub ie: Option<PersonalText>,
    /// Municipal registration (`inscrição municipal`); null in an example.
    pub im: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// A phone number; null in an example.
    pub tel: Option<PersonalText>,
    /// Another phone number; null in an example.
    pub tel2: Option<PersonalText>,
    /// A mobile phone's number.
    pub cell: Option<PersonalText>,
    /// Where it is.
    pub address: Option<FiscalRecipientAddress>,
}

/// Address of the recipient of a fiscal document, which has a form of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalRecipientAddress {
    /// Street.
    pub street: Option<PersonalText>,
    /// Number in the street.
    pub number: Option<PersonalText>,
    /// Reference point; null in an example.
    pub complement: Option<PersonalText>,
    /// District (`bairro`); null in an example.
    pub district: Option<PersonalText>,
    /// Postal code (`CEP`).
    pub zip_code: Option<PersonalText>,
    /// Judging by its name, data of another country; null in the examples.
    pub country_foreign: Option<PersonalText>,
    /// City.
    pub city: Option<PersonalText>,
    /// State, by its two letters; null in an example.
    pub uf: Option<PersonalText>,
    /// Country; null in an example.
    pub country: Option<PersonalText>,
}

/// The sale that a fiscal document is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalDocumentSale {
    /// Id of the sale.
    pub id: SaleId,
    /// When it was paid.
    pub payment_date: Option<DateTime>,
    /// The paid amount.
    pub total: Option<Money>,
}

/// The client in an [`AffiliateFiscalDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AffiliateFiscalClient {
    /// Number of the client at Eduzz.
    pub id: Option<EduzzId>,
    /// The person's or company's name.
    pub name: Option<PersonalText>,
    /// Number of the document (CPF or CNPJ).
    pub document: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// A phone number; null in an example.
    pub tel: Option<PersonalText>,
    /// Another phone number; null in an example.
    pub tel2: Option<PersonalText>,
    /// A mobile phone's number.
    pub cell: Option<PersonalText>,
    /// Where the client is.
    pub address: Option<FiscalClientAddress>,
}

/// The client in a [`BuyerFiscalDocument`]; its telephone fields differ from an affiliate
/// document's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BuyerFiscalClient {
    /// Number of the client at Eduzz.
    pub id: Option<EduzzId>,
    /// The person's or company's name.
    pub name: Option<PersonalText>,
    /// Number of the document (CPF or CNPJ).
    pub document: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// A phone number; null in an example.
    pub telephone: Option<PersonalText>,
    /// Another phone number; null in an example.
    pub telephone2: Option<PersonalText>,
    /// A mobile phone's number.
    pub cellphone: Option<PersonalText>,
    /// Where the client is.
    pub address: Option<FiscalClientAddress>,
}

/// Address of the client in a fiscal document, which has a form of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalClientAddress {
    /// Street.
    pub street: Option<PersonalText>,
    /// Number in the street.
    pub number: Option<PersonalText>,
    /// Reference point; null in an example.
    pub complement: Option<PersonalText>,
    /// Neighbourhood (`bairro`); null in an example.
    pub neighborhood: Option<PersonalText>,
    /// Postal code (`CEP`).
    pub zip_code: Option<PersonalText>,
    /// City.
    pub city: Option<PersonalText>,
    /// State; null in an example.
    pub state: Option<PersonalText>,
}

/// The product of a fiscal document's sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalDocumentProduct {
    /// Id of the product.
    pub id: ProductId,
    /// Its title.
    pub title: Option<Box<str>>,
}

/// The answer to a change of a fiscal document's status: `{ updated }` (docs pages
/// `/reference/api/patch-myeduzz-v1-financial-affiliate-fiscal-documents-id-change-status` and its
/// buyers' twin).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FiscalDocumentUpdate {
    /// Whether the status was changed.
    pub updated: bool,
}
