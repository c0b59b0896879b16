//! Why a request was answered as it was.

use std::borrow::Cow;

/// Why a request was answered as it was: a rule of the sandbox, a fault, or a quirk of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Why {
    /// The explanation in Portuguese.
    pub pt: Cow<'static, str>,
    /// The explanation in English.
    pub en: Cow<'static, str>,
    /// The numbers of quirks in `docs/quirks.md` that it comes from.
    pub quirks: Vec<u16>,
}

impl Why {
    pub(crate) fn new(pt: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self {
            pt: pt.into(),
            en: en.into(),
            quirks: Vec::new(),
        }
    }

    pub(crate) fn citing(mut self, quirks: &[u16]) -> Self {
        self.quirks.extend_from_slice(quirks);
        self
    }

    /// The explanation of an invalid field.
    pub(crate) fn of_field(field: &str, message: &'static str) -> Self {
        let pt = portuguese(message).unwrap_or(message);
        Self::new(
            format!("Campo {field}: {pt}."),
            format!("Field {field}: {message}."),
        )
    }

    /// The explanation of a refusal whose message says why.
    pub(crate) fn of_message(message: &'static str) -> Self {
        let pt = portuguese(message).unwrap_or(message).trim_end_matches('.');
        let message = message.trim_end_matches('.');
        Self::new(
            format!("Regra do sandbox: {pt}."),
            format!("A rule of the sandbox: {message}."),
        )
    }
}

/// The messages of refusals in Portuguese. The API answers in English.
fn portuguese(message: &str) -> Option<&'static str> {
    let known = MESSAGES.iter().find(|(english, _)| *english == message);
    known.map(|(_, portuguese)| *portuguese)
}

const MESSAGES: &[(&str, &str)] = &[
    ("is required", "é obrigatório"),
    ("is required, or another field", "é obrigatório, ou outro campo"),
    (
        "is not one of the known values",
        "não é um dos valores conhecidos",
    ),
    (
        "must be 24 hexadecimal digits",
        "deve ter 24 dígitos hexadecimais",
    ),
    ("must be a day, YYYY-MM-DD", "deve ser um dia, AAAA-MM-DD"),
    (
        "must be a day, or a moment with its zone",
        "deve ser um dia, ou uma data com hora e fuso",
    ),
    ("must be a list of ids", "deve ser uma lista de ids"),
    (
        "must be a whole number, 1 or more",
        "deve ser um número inteiro, 1 ou mais",
    ),
    ("must not be before startDate", "não pode ser antes de startDate"),
    ("no call has this path", "nenhuma chamada da API tem este caminho"),
    (
        "this path does not answer this method",
        "este caminho não responde a este método",
    ),
    ("the body is not a JSON object", "o corpo não é um objeto JSON"),
    ("the body is not JSON", "o corpo não é JSON"),
    (
        "the body is too large",
        "o corpo é grande demais; o limite é de 1 MiB",
    ),
    ("the body could not be read", "o corpo não pôde ser lido"),
    (
        "the fields of the body must be text",
        "os campos do corpo devem ser textos",
    ),
    ("only the producer may do this", "só o produtor pode fazer isto"),
    (
        "a member has this e-mail address",
        "já há um membro com este e-mail",
    ),
    ("the enrolment is blocked", "a matrícula está bloqueada"),
    ("there is no such event", "este evento não existe"),
    ("event is unknown", "o evento não existe"),
    ("events has an unknown name", "um dos eventos não existe"),
    (
        "status must be active or disabled",
        "status deve ser active ou disabled",
    ),
    (
        "the sandbox answers only for 127.0.0.1, localhost and [::1]",
        "o sandbox só responde por 127.0.0.1, localhost e [::1]",
    ),
    (
        "the receiver did not answer the ping with a status from 200 to 299; the subscription stays disabled",
        "o receptor não respondeu ao ping com um status de 200 a 299; a assinatura continua desativada",
    ),
    (
        "the application has no subscription of this id",
        "o aplicativo não tem uma assinatura com este id",
    ),
    (
        "the producer has no product of this id",
        "o produtor não tem um produto com este id",
    ),
    ("the token's account is gone", "a conta do token não existe mais"),
];
