//! The statement, transfers, and fiscal documents.

use eduzz_types::myeduzz::FiscalDocumentStatus;
use rust_decimal::Decimal;

use super::json::{Json, object};
use super::patched;
use crate::state::calendar::{Day, Moment};
use crate::state::shop::{Entry, FiscalDocument, FiscalKind, Human, Sale, Shop, Transfer};
use crate::world::WorldKind;

pub(crate) fn statement_entry(shop: &Shop, entry: &Entry) -> Json {
    let row = object! {
        "id" => entry.id.to_string(),
        "creditDate" => entry.credit.with_millis(),
        "description" => &entry.description,
        "saleId" => entry.sale.map(|id| id.to_string()), // Q48
        "type" => entry.kind.as_ref().map(|kind| kind.as_str().to_owned()), // Q48
        "value" => entry.value,
    };
    let row = row.in_currency(entry.currency);
    patched(shop, WorldKind::StatementEntry, entry.id, row)
}

pub(crate) fn transfer(shop: &Shop, made: &Transfer) -> Json {
    // Q33: bare days.
    let row = object! {
        "id" => made.id.to_string(),
        "value" => made.value,
        "requestedAt" => made.requested.written(),
        "completedAt" => made.completed.map(Day::written),
        "createdAt" => made.requested.written(),
        "status" => made.status.as_str().to_owned(),
        "details" => made.details,
        "bankAccount" => object! { "type" => "checkingAccount", "bankCode" => "000", "agency" => "0001", "account" => "00000-0" },
    };
    patched(shop, WorldKind::Transfer, made.id, row)
}

/// The Portuguese label of a status; only `Novo` and `Pendente` are documented (Q49).
fn label(status: &FiscalDocumentStatus) -> &'static str {
    match status {
        FiscalDocumentStatus::New => "Novo",
        FiscalDocumentStatus::Pending => "Pendente",
        FiscalDocumentStatus::WaitingDocument => "Aguardando documento",
        FiscalDocumentStatus::Canceled => "Cancelado",
        FiscalDocumentStatus::Processed => "Processado",
        FiscalDocumentStatus::Approved => "Aprovado",
        FiscalDocumentStatus::FileGenerated => "Arquivo gerado",
        FiscalDocumentStatus::Processing => "Processando",
        FiscalDocumentStatus::Deleted => "Excluído",
        _ => "Desconhecido",
    }
}

pub(crate) fn fiscal_document(shop: &Shop, document: &FiscalDocument, sale: &Sale) -> Json {
    let affiliate = sale.affiliate.as_ref().map(|(affiliate, _)| affiliate);
    let is_affiliates = document.kind == FiscalKind::Affiliate;
    let recipient = affiliate.filter(|_| is_affiliates).unwrap_or(&sale.buyer);
    let base = match document.kind {
        FiscalKind::Affiliate => sale.gains.affiliates,
        FiscalKind::Buyer => sale.gross(),
    };
    let mut details = object! {
        "id" => document.id.to_string(),
        "name" => format!("{} - {}", recipient.name, recipient.document),
        "status" => label(&document.status), // Q49
        "type" => if is_affiliates { "Afiliados" } else { "Alunos / Clientes" },
        "baseValue" => base,
        "emissionDate" => document.emitted.with_millis(),
        "referenceDate" => sale.paid.map(Moment::with_millis),
        "processingDate" => document.emitted.plus_days(1).with_millis(),
    };
    if is_affiliates {
        details = details.and(object! {
            "fileStatus" => "5",
            "taxBase" => Decimal::from(2),
            "basePercent" => Decimal::from(5),
            "taxValue" => base.percent(5),
        });
    }
    let cellphone = format!("+55{}", recipient.flat_phone());
    // Q37: an address for each.
    let json = object! {
        "document" => details,
        "source" => object! {
            "taxType" => "J",
            "companyName" => &shop.producer.name,
            "document" => "00000000000000",
            "ie" => "ISENTO",
            "im" => Json::Null,
            "email" => &shop.producer.email,
            "tel" => Json::Null,
            "tel2" => "1190000000",
            "cell" => Json::Null,
            "address" => object! {
                "street" => "Rua da Amostra", "number" => "1", "complement" => "Sala 2", "district" => "Centro",
                "zipCode" => "00000000", "city" => "São Paulo", "uf" => "SP",
            },
        },
        "destination" => object! {
            "companyName" => &recipient.name,
            "taxType" => "F",
            "taxId" => &recipient.document,
            "ie" => "ISENTO",
            "im" => Json::Null,
            "email" => &recipient.email,
            "tel" => Json::Null,
            "tel2" => Json::Null,
            "cell" => cellphone.clone(),
            "address" => object! {
                "street" => recipient.street, "number" => &recipient.number, "complement" => recipient.complement,
                "district" => recipient.quarter, "zipCode" => &recipient.postal_code, "countryForeign" => Json::Null,
                "city" => recipient.city, "uf" => recipient.state, "country" => "BR",
            },
        },
        "sale" => object! {
            "id" => sale.id.to_string(),
            "paymentDate" => sale.paid.map(Moment::with_millis),
            "total" => sale.total(),
        },
        "client" => client(recipient, cellphone, document.kind),
        "product" => object! { "id" => sale.product.id.to_string(), "title" => sale.product.name },
    };
    let (kind, row) = if is_affiliates {
        (WorldKind::AffiliateFiscalDocument, json)
    } else {
        let json = json.and(object! { "generatedByNewSystem" => true });
        (WorldKind::BuyerFiscalDocument, json)
    };
    patched(shop, kind, document.id, row)
}

fn client(human: &Human, cellphone: String, kind: FiscalKind) -> Json {
    let head = object! {
        "id" => human.id.to_string(), "name" => &human.name, "document" => &human.document, "email" => &human.email,
    };
    let phones = match kind {
        FiscalKind::Affiliate => object! { "tel" => Json::Null, "tel2" => Json::Null, "cell" => cellphone },
        FiscalKind::Buyer => {
            object! { "telephone" => Json::Null, "telephone2" => Json::Null, "cellphone" => cellphone }
        }
    };
    head.and(phones).and(object! {
        "address" => object! {
            "street" => human.street, "number" => &human.number, "complement" => human.complement,
            "neighborhood" => human.quarter, "zipCode" => &human.postal_code, "city" => human.city, "state" => human.state,
        },
    })
}
