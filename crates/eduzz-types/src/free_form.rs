//! JSON without a documented form.

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A JSON value whose form the service does not document, kept as it came.
///
/// It may hold anything, a person's data too, so `Debug` shows only its kind.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FreeForm(Value);

impl FreeForm {
    /// The JSON value.
    #[must_use]
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// Unwraps the JSON value.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }

    /// The text, when the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_str()
    }
}

impl From<Value> for FreeForm {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl fmt::Debug for FreeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Value::Null => "FreeForm(null)",
            Value::Bool(_) => "FreeForm(boolean)",
            Value::Number(_) => "FreeForm(number)",
            Value::String(_) => "FreeForm(text)",
            Value::Array(_) => "FreeForm(array)",
            Value::Object(_) => "FreeForm(object)",
        })
    }
}
