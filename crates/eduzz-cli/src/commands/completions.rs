//! `eduzz completions`: the commands and options, for a shell.

use clap::{Args, ValueEnum};
use clap_complete::Shell as Kind;

use crate::cli;
use crate::failure::Failure;
use crate::output::Output;

/// Mostra o script que completa comandos e opções no shell
/// | Prints the script that completes commands and options in a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Para instalar, no seu shell:

  bash        mkdir -p ~/.local/share/bash-completion/completions
              eduzz completions bash > ~/.local/share/bash-completion/completions/eduzz
  zsh         eduzz completions zsh > ~/.zfunc/_eduzz
              (e no .zshrc, antes de compinit: fpath+=~/.zfunc)
  fish        eduzz completions fish > ~/.config/fish/completions/eduzz.fish
  powershell  eduzz completions powershell >> $PROFILE

Abra outro terminal. Depois de atualizar o programa, repita.
 | \n\
To install it, in your shell:

  bash        mkdir -p ~/.local/share/bash-completion/completions
              eduzz completions bash > ~/.local/share/bash-completion/completions/eduzz
  zsh         eduzz completions zsh > ~/.zfunc/_eduzz
              (and in .zshrc, before compinit: fpath+=~/.zfunc)
  fish        eduzz completions fish > ~/.config/fish/completions/eduzz.fish
  powershell  eduzz completions powershell >> $PROFILE

Open another terminal. Do it again after an update of the program.")]
pub(crate) struct Completions {
    /// bash, zsh, fish ou powershell | bash, zsh, fish or powershell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl Completions {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let kind = match self.shell {
            Shell::Bash => Kind::Bash,
            Shell::Zsh => Kind::Zsh,
            Shell::Fish => Kind::Fish,
            Shell::Powershell => Kind::PowerShell,
        };
        let mut script = Vec::new();
        clap_complete::generate(kind, &mut cli::command(output.lang), "eduzz", &mut script);
        output.bytes(&script)
    }
}
