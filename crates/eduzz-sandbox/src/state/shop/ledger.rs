//! Bookkeeping of sales and transfers.

use eduzz_types::Currency;
use eduzz_types::myeduzz::{FiscalDocumentStatus, TransferStatus};

use super::books::Shop;
use super::entries::{Entry, FiscalDocument, FiscalKind, Transfer};
use crate::random::Random;
use crate::state::calendar::{Day, Moment};
use crate::state::money::Cents;
use crate::state::next_id;

impl Shop {
    /// Books a paid sale: its entries of the statement, its documents.
    pub(super) fn book(&mut self, place: usize) {
        let Some(sale) = self.sales.get(place) else { return };
        let (Some(paid), Some(_)) = (sale.paid, sale.credit) else {
            return;
        };
        let (id, has_affiliate) = (sale.id, sale.affiliate.is_some());
        let entry = Entry::of(next_id(&mut self.ids.entry), sale, false);
        self.entries.push(entry);
        self.book_refund(id);
        self.document(FiscalKind::Buyer, id, paid);
        if has_affiliate {
            self.document(FiscalKind::Affiliate, id, paid);
        }
    }

    /// Books the refund of a sale, if there is one.
    pub(super) fn book_refund(&mut self, id: u64) {
        let Some(sale) = self.sale(id) else { return };
        if sale.refund.as_ref().and_then(|refund| refund.refunded).is_none() {
            return;
        }
        let mut entry = Entry::of(0, sale, true);
        entry.id = next_id(&mut self.ids.entry);
        self.entries.push(entry);
    }

    /// Books what concerns no sale.
    fn enter(&mut self, credit: Moment, description: String, value: Cents) {
        let id = next_id(&mut self.ids.entry);
        self.entries.push(Entry {
            id,
            credit,
            description,
            sale: None,
            kind: None,
            currency: Currency::Brl,
            value,
        });
    }

    fn document(&mut self, kind: FiscalKind, sale: u64, paid: Moment) {
        let id = next_id(&mut self.ids.document);
        let status = match id % 5 {
            0 => FiscalDocumentStatus::Pending,
            1 => FiscalDocumentStatus::Processed,
            2 => FiscalDocumentStatus::Approved,
            3 => FiscalDocumentStatus::FileGenerated,
            _ => FiscalDocumentStatus::New,
        };
        self.documents.push(FiscalDocument {
            id,
            kind,
            sale,
            emitted: paid.plus(3_600),
            status,
        });
    }

    /// Transfers most of the balance every thirty days.
    pub(super) fn transfer_by_month(&mut self, random: &mut Random, first: Day, now: Moment) {
        let mut day = first.plus(30);
        loop {
            let asked = day.at(10 * 3_600);
            if asked > now {
                break;
            }
            let there = self.entries.iter().filter(|entry| entry.credit <= asked);
            let value = there.map(|entry| entry.value).sum::<Cents>().percent(80);
            let fails = random.percent(10);
            let completed = day.next_business(); // Q187
            if value > Cents(1_000) {
                let id = next_id(&mut self.ids.transfer);
                let (status, completed, details) = if completed >= now.day() {
                    (TransferStatus::InProgress, None, None)
                } else if fails {
                    (TransferStatus::Failed, None, Some("Conta bancária inválida"))
                } else {
                    (TransferStatus::Confirmed, Some(completed), None)
                };
                // Q187: it leaves the statement at once.
                if status != TransferStatus::Failed {
                    self.enter(asked, format!("Transferência {id}"), -value); // Q48
                    self.enter(asked, "Tarifa de transferência".to_owned(), Cents(-290)); // Q48
                }
                self.transfers.push(Transfer {
                    id,
                    value,
                    requested: day,
                    completed,
                    status,
                    details,
                });
            }
            day = day.plus(30);
        }
    }

    /// Changes the status of a document; false if it had it already, `None` for an unknown
    /// document.
    pub(crate) fn change_document(
        &mut self,
        kind: FiscalKind,
        id: &str,
        status: FiscalDocumentStatus,
    ) -> Option<bool> {
        let id: u64 = id.parse().ok()?;
        let document = self
            .documents
            .find_mut(|document| document.id == id && document.kind == kind)?;
        let changes = document.status != status;
        document.status = status;
        Some(changes)
    }
}
