//! `eduzz me`: the account of the token.

use clap::Args;
use eduzz_api::accounts::GetMe;
use eduzz_types::PersonalText;

use crate::client::Api;
use crate::failure::Failure;
use crate::lists::BodyOption;
use crate::output::Output;

/// Mostra a conta do token | Shows the account of the token
#[derive(Debug, Args)]
pub(crate) struct Me {
    #[command(flatten)]
    body: BodyOption,
}

impl Me {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let api = Api::new(output, self.body)?;
        let me = api.call(&GetMe::new()).await?;
        if output.json {
            return output.json(&me);
        }
        let text = |text: &Option<PersonalText>| text.as_ref().map_or("–", PersonalText::as_str).to_owned();
        output.table(
            &[],
            [
                vec![lang.me_id(), me.id.as_str().to_owned()],
                vec![lang.me_name(), text(&me.name)],
                vec![lang.me_email(), text(&me.email)],
            ],
        )
    }
}
