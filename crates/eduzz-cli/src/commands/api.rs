//! `eduzz api`: a call that is not modelled.

use clap::Args;
use eduzz_types::AccessToken;
use eduzz_wire::{Origins, RawCall};
use http::Method;
use serde_json::value::RawValue;

use crate::client::{self, Api};
use crate::failure::Failure;
use crate::lists::BodyOption;
use crate::output::Output;
use crate::{files, json};

/// Faz qualquer chamada, mesmo uma que o SDK não conhece
/// | Makes any call, even one that the SDK does not know
#[derive(Debug, Args)]
pub(crate) struct ApiCommand {
    /// GET, POST, PUT, PATCH ou DELETE | GET, POST, PUT, PATCH or DELETE
    #[arg(value_name = "MÉTODO | METHOD")]
    method: String,
    /// Caminho com os valores já preenchidos: /myeduzz/v1/sales/123
    /// | Path with its values in place: /myeduzz/v1/sales/123
    #[arg(value_name = "CAMINHO | PATH")]
    path: String,
    /// Parâmetro da consulta; pode repetir | A query parameter; may be repeated
    #[arg(long, value_name = "CHAVE=VALOR | KEY=VALUE")]
    query: Vec<String>,
    /// Arquivo com o corpo JSON; - é a entrada padrão
    /// | File with the JSON body; - is the standard input
    #[arg(long, value_name = "ARQUIVO | FILE")]
    body: Option<String>,
    /// Se a Eduzz recusar, mostra o corpo que veio (pode ter dados pessoais)
    /// | If Eduzz rejects the call, shows the body that came (it may hold personal data)
    #[arg(long)]
    show_body: bool,
    /// Mostra os bytes do corpo como vieram, sem reformatar o JSON nem neutralizar os que mudam a
    /// cor ou o título, movem o cursor ou reordenam o texto do terminal
    /// | Prints the bytes of the body as they came, without laying out JSON: they may change colours
    /// and title, move the cursor, and reorder the text of the terminal
    #[arg(long, conflicts_with = "json")]
    raw: bool,
}

impl ApiCommand {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let methods = [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ];
        let is_given = |method: &Method| method.as_str().eq_ignore_ascii_case(&self.method);
        let method = methods.into_iter().find(is_given);
        let method = method.ok_or_else(|| Failure::usage(lang.bad_method()))?;
        let mut call = RawCall::new(method, self.path.as_str());
        for pair in &self.query {
            let (name, value) = pair
                .split_once('=')
                .ok_or_else(|| Failure::usage(lang.not_an_assignment("--query")))?;
            call = call.query(name, value);
        }
        if let Some(file) = &self.body {
            let body = files::read(output, Some(file)).await?;
            // The text is sent as it is: numbers keep their digits, and fields their order.
            let body: &RawValue =
                serde_json::from_slice(&body).map_err(|_| Failure::usage(lang.bad_body()))?;
            call = call.json(&body).map_err(|_| Failure::usage(lang.bad_body()))?;
        }
        // Find errors of the call before a token is needed: this request goes nowhere.
        call.request(&Origins::production(), Some(&AccessToken::new("-")))
            .map_err(|error| Failure::usage(client::encode(lang, error)))?;
        let shown = BodyOption::new(self.show_body, self.raw);
        let answer = Api::new(output, shown)?.raw(&call).await?;
        if self.raw {
            return output.bytes(&answer.body);
        }
        if answer.body.trim_ascii().is_empty() {
            return Ok(());
        }
        if output.json && !json::is_json(&answer.body) {
            return Err(Failure::rejected(lang.answer_not_json(answer.status.as_u16())));
        }
        output.body(&answer.body)
    }
}
