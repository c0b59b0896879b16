//! `PATCH /myeduzz/v1/financial/affiliate/fiscal-documents/:id/change-status` — changes the status.

use eduzz_types::myeduzz::{FiscalDocumentId, FiscalDocumentStatus, FiscalDocumentUpdate};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes the status of an affiliate's fiscal document (docs page
/// `/reference/api/patch-myeduzz-v1-financial-affiliate-fiscal-documents-id-change-status`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangeAffiliateFiscalDocumentStatus {
    /// The document.
    #[serde(skip_serializing)]
    pub id: FiscalDocumentId,
    /// The new status.
    pub status: FiscalDocumentStatus,
}

builder!(ChangeAffiliateFiscalDocumentStatus {
    /// Changes the document to the status.
    new(id: impl Into<FiscalDocumentId>, status: impl Into<FiscalDocumentStatus>);
});

impl Endpoint for ChangeAffiliateFiscalDocumentStatus {
    const ROUTE: Route = Route::patch("/myeduzz/v1/financial/affiliate/fiscal-documents/:id/change-status")
        .scopes(&["myeduzz_financial_write"]);
    type Output = FiscalDocumentUpdate;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id)
            .require_text("status", self.status.as_str())
            .json(self);
    }
}
