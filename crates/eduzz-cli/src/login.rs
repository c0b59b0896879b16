//! The parts of a sign-in: the receiver of the browser, its pages, and the errors.

mod pages;
pub(crate) mod paste;
pub(crate) mod receiver;

use eduzz_hyper::{CallError, ExchangeFailure};
use eduzz_oauth::{CallbackErrorKind, ExchangeError, ExchangeRefusal, ReturnUrlError};
use eduzz_wire::UnreadableReason;

use crate::client;
use crate::failure::Failure;
use crate::lang::Lang;

/// The end of a sign-in, for the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Refused,
    Failed,
}

/// The error of an invalid return URL.
pub(crate) fn return_url_error(lang: Lang, error: ReturnUrlError) -> Failure {
    Failure::usage(match error {
        ReturnUrlError::Fragment => lang.return_url_fragment(),
        ReturnUrlError::TakenParameter => lang.return_url_taken_parameter(),
        ReturnUrlError::PlainHttp => lang.return_url_plain_http(),
        _ => lang.bad_return_url(),
    })
}

/// The error of a callback that ended the sign-in. The service's own text is left out: it may quote
/// the request.
pub(crate) fn ended(lang: Lang, kind: &CallbackErrorKind) -> Failure {
    Failure::rejected(match kind {
        CallbackErrorKind::Refused => lang.refused(),
        CallbackErrorKind::Failed(_) => lang.service_failed_sign_in(),
        _ => lang.strange_callback(),
    })
}

/// The error of an exchange without a token.
pub(crate) fn exchange_failure(lang: Lang, failure: ExchangeFailure) -> Failure {
    let why = failure
        .cause
        .as_deref()
        .and_then(CallError::network)
        .map(|error| client::network(lang, error));
    match failure.error {
        ExchangeError::Refused(refused) => {
            let status = refused.rejection.status.as_u16();
            Failure::rejected(match refused.kind {
                ExchangeRefusal::AppUnknown => lang.exchange_app_unknown(),
                ExchangeRefusal::CodeUnknown => lang.exchange_code_unknown(),
                ExchangeRefusal::CodeSpent => lang.exchange_code_spent(),
                ExchangeRefusal::CodeExpired => lang.exchange_code_expired(),
                ExchangeRefusal::UserUnknown => lang.exchange_user_unknown(),
                ExchangeRefusal::CodeOrAppUnknown => lang.exchange_code_or_app_unknown(),
                ExchangeRefusal::WrongSecret => lang.exchange_wrong_secret(),
                ExchangeRefusal::ReturnUrlMismatch => lang.exchange_return_url(),
                ExchangeRefusal::TooManyRequests => lang.exchange_too_many(),
                ExchangeRefusal::Redirected => lang.exchange_redirected(),
                ExchangeRefusal::ServiceFailed => lang.exchange_service_failed(status),
                _ => lang.exchange_unclear(status),
            })
        }
        ExchangeError::Unreadable(unreadable) => Failure::rejected(match unreadable.reason() {
            UnreadableReason::NotJson | UnreadableReason::Html => lang.exchange_not_json(),
            _ => lang.exchange_unreadable(),
        }),
        ExchangeError::NotSent(_) => {
            Failure::network(lang.exchange_not_sent(&why.unwrap_or_else(|| lang.network_other())))
        }
        _ => Failure::network(lang.exchange_fate_unknown()),
    }
}
