//! The service's error bodies.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::{ErrorCode, FreeForm, PersonalText};

/// The JSON body of an error, in any of the service's forms.
///
/// | Form | Fields | Where |
/// |---|---|---|
/// | documented | `message`, `code`, `link`, `debug`, `errors` | docs page `/docs/api/response` |
/// | MyEduzz | `message`; on 422 the field is in one of `details`, `errors`, `violations`, `error` (Q27) | MyEduzz |
/// | Nutror | `code` (a number, once a text), `message`, `errors` | Nutror |
/// | SafeVideo | `status`, `message` | SafeVideo |
/// | gateway | `error`, `error_description` | 401 of any product (Q16) |
/// | webhook test | `statusCode`, `body`, `timeTaken`: how the receiver answered | webhook test, 404 |
///
/// No field is certain, and reading never fails on a field of an unforeseen kind: it is omitted
/// here, and is in the body that the rejection keeps. The texts may quote the request and do not
/// print.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// Error message for people; the only near-constant field. Its language is not fixed.
    pub message: Option<PersonalText>,
    /// The product's code of the error; a text or a number.
    pub code: Option<ErrorCode>,
    /// Address of a help page about the code.
    pub link: Option<Box<str>>,
    /// Empty in every sample; other values are not known.
    pub debug: Option<FreeForm>,
    /// The refused fields.
    pub errors: Option<FieldProblems>,
    /// The gateway's error name, such as `invalid_token`; MyEduzz may put something else there.
    pub error: Option<FreeForm>,
    /// The gateway's explanation.
    pub error_description: Option<PersonalText>,
    /// One of the places where MyEduzz may name a refused field (Q27).
    pub details: Option<FreeForm>,
    /// One of the places where MyEduzz may name a refused field (Q27).
    pub violations: Option<FreeForm>,
    /// SafeVideo's copy of the HTTP status.
    pub status: Option<u16>,
    /// Webhook test: the status that the receiver answered.
    #[serde(rename = "statusCode")]
    pub status_code: Option<u16>,
    /// Webhook test: the text that the receiver answered.
    pub body: Option<PersonalText>,
    /// Webhook test: how long the receiver took; the unit is not documented.
    #[serde(rename = "timeTaken")]
    pub time_taken: Option<FreeForm>,
}

impl Problem {
    /// Reads the body of an error; `None` when it is not a JSON object.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// The gateway's error name (`invalid_token`), when `error` is a text.
    #[must_use]
    pub fn error_name(&self) -> Option<&str> {
        self.error.as_ref()?.as_str()
    }

    /// Error message for people: the message, else the gateway's explanation. It may quote the
    /// request.
    #[must_use]
    pub fn explanation(&self) -> Option<&PersonalText> {
        self.message.as_ref().or(self.error_description.as_ref())
    }

    /// The refused fields, when the service listed them in the documented form.
    #[must_use]
    pub fn fields(&self) -> &[FieldProblem] {
        match &self.errors {
            Some(FieldProblems::Listed(fields)) => fields,
            _ => &[],
        }
    }
}

/// The `errors` of a [`Problem`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum FieldProblems {
    /// The documented form, an array of `{ field, message, data }`; it may be empty.
    Listed(Vec<FieldProblem>),
    /// Another form, as it came.
    Other(FreeForm),
}

/// One refused field.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FieldProblem {
    /// The field's name.
    pub field: Option<Box<str>>,
    /// The reason, for people.
    pub message: Option<PersonalText>,
    /// Documented as free.
    pub data: Option<FreeForm>,
}

impl ErrorCode {
    /// The code, when it looks like those that are known: a short word of capitals and digits
    /// (`ERR_INP422`, `TRF_001`), or a number of up to four digits (`91`, `0010`). Other text may
    /// be data and must not be logged.
    #[must_use]
    pub fn plain(&self) -> Option<&str> {
        plain_code(self.as_str())
    }
}

/// The text of a code, when it looks like those that are known; see [`ErrorCode::plain`].
pub(crate) fn plain_code(code: &str) -> Option<&str> {
    let word = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    let named = code.bytes().any(|byte| byte.is_ascii_uppercase());
    let short = if named {
        code.len() <= 24
    } else {
        (1..=4).contains(&code.len())
    };
    (short && code.bytes().all(word)).then_some(code)
}

impl FieldProblem {
    /// The field's name, when it looks like one: words with points and indices between
    /// (`items[0].price`). Other text may be data and must not be logged.
    #[must_use]
    pub fn plain_field(&self) -> Option<&str> {
        let field = self.field.as_deref()?;
        let word = |word: &str| {
            let (name, index) = word
                .split_once('[')
                .map_or((word, None), |(name, rest)| (name, rest.strip_suffix(']')));
            let indexed = !word.contains('[')
                || index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()));
            let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            indexed
                && !name.is_empty()
                && name.bytes().all(letters)
                && !name.bytes().all(|byte| byte.is_ascii_digit())
        };
        (field.len() <= 60 && field.split('.').all(word)).then_some(field)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("message", &self.message)
            .field(
                "code",
                &self.code.as_ref().map(|code| code.plain().unwrap_or("***")),
            )
            .field("errors", &self.errors)
            .field("error", &self.error)
            .field("status", &self.status)
            .field("status_code", &self.status_code)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldProblem")
            .field(
                "field",
                &self.field.as_ref().map(|_| self.plain_field().unwrap_or("***")),
            )
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Fields(Map::deserialize(deserializer)?);
        Ok(Self {
            message: fields.text("message"),
            code: fields.code("code"),
            link: fields
                .take_if("link", Value::is_string)
                .and_then(into_text)
                .map(Into::into),
            debug: fields.free("debug"),
            errors: fields.free("errors").map(FieldProblems::from),
            error: fields.free("error"),
            error_description: fields.text("error_description"),
            details: fields.free("details"),
            violations: fields.free("violations"),
            status: fields.status("status"),
            status_code: fields.status("statusCode"),
            body: fields.text("body"),
            time_taken: fields.free("timeTaken"),
        })
    }
}

impl From<FreeForm> for FieldProblems {
    fn from(errors: FreeForm) -> Self {
        match errors.as_value() {
            Value::Array(items) if items.iter().all(FieldProblem::is_form_of) => Self::Listed(
                items
                    .iter()
                    .filter_map(Value::as_object)
                    .map(|item| {
                        let mut fields = Fields(item.clone());
                        FieldProblem {
                            field: fields
                                .take_if("field", Value::is_string)
                                .and_then(into_text)
                                .map(Into::into),
                            message: fields.text("message"),
                            data: fields.free("data"),
                        }
                    })
                    .collect(),
            ),
            _ => Self::Other(errors),
        }
    }
}

impl FieldProblem {
    /// Whether the value is of the documented form, give or take fields that are added later; else
    /// the whole list stays free.
    fn is_form_of(value: &Value) -> bool {
        let text = |name| {
            value
                .get(name)
                .filter(|value| !value.is_null())
                .map(Value::is_string)
        };
        matches!(
            (text("field"), text("message")),
            (Some(true), Some(true) | None) | (None, Some(true))
        )
    }
}

/// The fields of a JSON object, each taken only if it is of the foreseen kind.
struct Fields(Map<String, Value>);

impl Fields {
    fn take_if(&mut self, name: &str, is: impl Fn(&Value) -> bool) -> Option<Value> {
        self.0
            .get(name)
            .is_some_and(is)
            .then(|| self.0.remove(name))
            .flatten()
    }

    fn free(&mut self, name: &str) -> Option<FreeForm> {
        self.take_if(name, |value| !value.is_null()).map(FreeForm::from)
    }

    fn text(&mut self, name: &str) -> Option<PersonalText> {
        self.take_if(name, Value::is_string)
            .and_then(into_text)
            .map(PersonalText::from)
    }

    fn code(&mut self, name: &str) -> Option<ErrorCode> {
        let value = self.take_if(name, |value| value.is_string() || value.is_number())?;
        ErrorCode::deserialize(value).ok()
    }

    fn status(&mut self, name: &str) -> Option<u16> {
        self.take_if(name, |value| {
            value.as_u64().is_some_and(|n| u16::try_from(n).is_ok())
        })?
        .as_u64()?
        .try_into()
        .ok()
    }
}

fn into_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
