//! The error pages of the consent flow.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::page;
use crate::record::Why;

/// An error of the consent flow.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Missing parameters.
    Missing {
        client_id: bool,
        response_type: bool,
        redirect_to: bool,
        redirect_uri_sent: bool,
    },
    /// A repeated parameter.
    Repeated(&'static str),
    /// A response type other than `code`.
    ResponseType(String),
    /// An unknown application.
    UnknownApp(String),
    /// A return URL that is not registered.
    UnregisteredReturn {
        app: String,
        asked: String,
        registered: Vec<String>,
    },
    /// A form without its session's token.
    Forged,
    /// An unknown request, or one that expired.
    Expired,
    /// A request that was answered before.
    Answered,
    /// No account, or an unknown one.
    UnknownAccount,
    /// No answer, or an unknown one.
    NoAnswer,
    /// A form that is too large.
    TooLarge,
}

impl Refusal {
    const fn status(&self) -> StatusCode {
        match self {
            Self::UnknownApp(_) => StatusCode::NOT_FOUND,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::Answered => StatusCode::CONFLICT,
            Self::Expired => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Missing { .. }
            | Self::Repeated(_)
            | Self::ResponseType(_)
            | Self::UnregisteredReturn { .. }
            | Self::UnknownAccount
            | Self::NoAnswer => StatusCode::BAD_REQUEST,
        }
    }

    const fn title(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "Faltam parâmetros neste endereço",
            Self::Repeated(_) => "Há um parâmetro repetido neste endereço",
            Self::ResponseType(_) => "Este tipo de resposta não existe",
            Self::UnknownApp(_) => "Aplicativo não encontrado",
            Self::UnregisteredReturn { .. } => "URL de retorno não cadastrada",
            Self::Forged => "Este formulário não é desta página",
            Self::Expired => "Este pedido não está mais aberto",
            Self::Answered => "Este pedido já foi respondido",
            Self::UnknownAccount => "Nenhuma conta escolhida",
            Self::NoAnswer => "Nenhuma resposta foi escolhida",
            Self::TooLarge => "Formulário grande demais",
        }
    }

    /// The title for the panel in English.
    const fn english(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "The address lacks parameters",
            Self::Repeated(_) => "The address has a parameter twice",
            Self::ResponseType(_) => "This response type does not exist",
            Self::UnknownApp(_) => "No application has this client_id",
            Self::UnregisteredReturn { .. } => {
                "The return URL is not registered: it is compared letter by letter"
            }
            Self::Forged => "The form is not of this browser's page",
            Self::Expired => "The authorization request is not open any more",
            Self::Answered => "The authorization request was answered before",
            Self::UnknownAccount => "No account was chosen",
            Self::NoAnswer => "No answer was chosen",
            Self::TooLarge => "The form is too large",
        }
    }

    const fn quirks(&self) -> &'static [u16] {
        match self {
            Self::Missing { .. } => &[2, 3],
            Self::ResponseType(_) => &[2],
            _ => &[],
        }
    }

    /// The explanation for a person who only wanted to sign in.
    const fn meaning(&self) -> &'static str {
        match self {
            Self::Missing { .. } | Self::Repeated(_) | Self::ResponseType(_) => {
                "O aplicativo que trouxe você até aqui enviou um pedido incompleto ou inválido."
            }
            Self::UnknownApp(_) => "O aplicativo que trouxe você até aqui não existe neste sandbox.",
            Self::UnregisteredReturn { .. } => {
                "O aplicativo pediu para levar você a um endereço que ele não cadastrou. Por segurança, paramos aqui."
            }
            Self::Forged => {
                "Ele veio de outro site, de outra janela ou de uma página antiga. Por segurança, nada foi feito."
            }
            Self::Expired => "A página ficou aberta por muito tempo, ou a conta foi trocada em outra janela.",
            Self::Answered => "Cada pedido vale uma resposta só. Nada mudou desta vez.",
            Self::UnknownAccount => "Escolha uma das contas do sandbox antes de responder.",
            Self::NoAnswer => "Os botões da página são “Autorizar” e “Cancelar”.",
            Self::TooLarge => "Os formulários deste sandbox são bem menores do que isso.",
        }
    }

    /// The explanation for the developer.
    fn hint(&self) -> Markup {
        match self {
            Self::Missing {
                client_id,
                response_type,
                redirect_to,
                redirect_uri_sent,
            } => html! {
                p { "Acrescente à URL de " code { "/oauth/authorize" } ":" }
                ul {
                    @if *client_id { li { code { "client_id" } ", o id do aplicativo" } }
                    @if *response_type {
                        li { code { "responseType=code" } " (ou " code { "response_type=code" } ")" }
                    }
                    @if *redirect_to { li { code { "redirectTo" } ", a URL de retorno cadastrada" } }
                }
                @if *redirect_to && *redirect_uri_sent {
                    p {
                        "Foi enviado " code { "redirect_uri" } ". Aqui o nome é " code { "redirectTo" } "; "
                        code { "redirect_uri" } " é o nome na troca do código."
                    }
                }
            },
            Self::Repeated(name) => html! { p { "Envie " code { (name) } " uma vez só." } },
            Self::ResponseType(given) => html! {
                p { "Foi enviado:" }
                p.value { code { (given) } }
                p { "O único valor aceito é " code { "code" } "." }
            },
            Self::UnknownApp(given) => html! {
                p { "Nenhum aplicativo tem este " code { "client_id" } ":" }
                p.value { code { (given) } }
                p { "Os aplicativos deste sandbox estão na " a href="/" { "página inicial" } "." }
            },
            Self::UnregisteredReturn {
                app,
                asked,
                registered,
            } => html! {
                p { "O pedido traz em " code { "redirectTo" } ":" }
                p.value { code { (asked) } }
                @if registered.is_empty() {
                    p { strong { (app) } " não tem nenhuma URL cadastrada." }
                } @else {
                    p { "URLs cadastradas de " strong { (app) } ":" }
                    ul.values { @for url in registered { li { code { (url) } } } }
                    p { "A comparação é letra por letra, com porta, caminho e barra final." }
                }
            },
            Self::Forged | Self::Expired | Self::Answered | Self::UnknownAccount | Self::NoAnswer => html! {
                p { "Volte ao aplicativo e comece de novo: cada ida a " code { "/oauth/authorize" } " abre um pedido." }
            },
            Self::TooLarge => html! { p { "O limite é de 1 MiB." } },
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = html! {
            main.card {
                p.status { "Erro " (self.status().as_u16()) }
                h1 { (self.title()) }
                p.lead { (self.meaning()) }
                section.hint {
                    h2 { "Para quem desenvolve" }
                    (self.hint())
                }
            }
        };
        let mut response = page(self.status(), self.title(), &body);
        let why =
            Why::new(format!("{}.", self.title()), format!("{}.", self.english())).citing(self.quirks());
        response.extensions_mut().insert(why);
        response
    }
}
