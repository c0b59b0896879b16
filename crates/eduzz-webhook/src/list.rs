//! The one list of the events.

/// Hands every event to a macro, as `(origin, event, Data, Variant)` in the order of the documentation: the one list, from
/// which the type of events, the command line, the sandbox and the generic properties are made. `Data` is a type of
/// `eduzz_types::webhook::<origin>`. It is used as an item or a statement.
///
/// ```
/// macro_rules! print_names {
///     ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
///         $(println!("{}", concat!(stringify!($origin), ".", stringify!($event)));)+
///     };
/// }
///
/// eduzz_webhook::for_each_event!(print_names);
/// ```
#[macro_export]
macro_rules! for_each_event {
    ($callback:path) => {
        $callback! {
            (myeduzz, commission_processed, CommissionProcessed, MyeduzzCommissionProcessed),
            (myeduzz, contract_bankslip_attempted, ContractAttempt, MyeduzzContractBankslipAttempted),
            (myeduzz, contract_card_attempted, ContractAttempt, MyeduzzContractCardAttempted),
            (myeduzz, contract_created, ContractChange, MyeduzzContractCreated),
            (myeduzz, contract_eduzz_balance_attempted, ContractAttempt, MyeduzzContractEduzzBalanceAttempted),
            (myeduzz, contract_pix_attempted, ContractAttempt, MyeduzzContractPixAttempted),
            (myeduzz, contract_updated, ContractChange, MyeduzzContractUpdated),
            (myeduzz, invoice_canceled, Invoice, MyeduzzInvoiceCanceled),
            (myeduzz, invoice_chargeback, Invoice, MyeduzzInvoiceChargeback),
            (myeduzz, invoice_expired, Invoice, MyeduzzInvoiceExpired),
            (myeduzz, invoice_negotiated, Invoice, MyeduzzInvoiceNegotiated),
            (myeduzz, invoice_opened, Invoice, MyeduzzInvoiceOpened),
            (myeduzz, invoice_paid, Invoice, MyeduzzInvoicePaid),
            (myeduzz, invoice_recovering, Invoice, MyeduzzInvoiceRecovering),
            (myeduzz, invoice_refunded, Invoice, MyeduzzInvoiceRefunded),
            (myeduzz, invoice_scheduled, Invoice, MyeduzzInvoiceScheduled),
            (myeduzz, invoice_waiting_payment, Invoice, MyeduzzInvoiceWaitingPayment),
            (myeduzz, invoice_waiting_refund, Invoice, MyeduzzInvoiceWaitingRefund),
            (safevideo, encoder_started, EncoderStarted, SafevideoEncoderStarted),
            (sun, cart_abandonment, CartAbandonment, SunCartAbandonment),
        }
    };
}
