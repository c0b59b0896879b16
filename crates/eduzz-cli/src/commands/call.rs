//! `eduzz call`: a call of the SDK's list.

use clap::Args;

use crate::calls::Known;
use crate::client::Api;
use crate::failure::Failure;
use crate::fields::Given;
use crate::lists::BodyOption;
use crate::output::Output;

/// Faz uma chamada da lista | Makes a call of the list
#[derive(Debug, Args)]
pub(crate) struct CallCommand {
    /// Nome da chamada, como em `eduzz endpoints` (GetMe, get_me e get-me são equivalentes)
    /// | The call's name, as in `eduzz endpoints` (GetMe, get_me and get-me are the same)
    #[arg(value_name = "NOME | NAME")]
    name: String,
    /// Preenche um campo da chamada: JSON, se o campo aceitar, senão texto; pode repetir
    /// | Sets a field of the call: JSON if the field takes it, else text; may be repeated
    #[arg(long, value_name = "CAMPO=VALOR | FIELD=VALUE")]
    set: Vec<String>,
    /// Percorre todas as páginas | Walks all the pages
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    body: BodyOption,
}

impl CallCommand {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let known = Known::named(lang, &self.name)?;
        let given = Given::read(lang, self.set.iter(), known.name, known.fields)?;
        // Wrong usage is found before a token is needed.
        let answer = if self.all {
            let walk = known.prepare_walk(lang, &given)?;
            walk.walk(output, &Api::new(output, self.body)?).await?
        } else {
            let call = known.prepare(lang, &given)?;
            call.send(&Api::new(output, self.body)?).await?
        };
        output.body(&answer)
    }
}
