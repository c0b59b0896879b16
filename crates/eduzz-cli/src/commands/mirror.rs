//! `eduzz mirror`: a copy of an account in a database, with proof.

mod back_fill;
pub(crate) mod copy;
mod export;
mod forget;
mod gaps;
mod init;
mod parquet;
mod progress;
pub(crate) mod report;
mod run;
mod status;
mod verify;

commands! {
    /// Espelho: copia a conta para um banco de dados seu, e diz o que está provado
    /// | A mirror: copies the account to a database of yours, and says what is proven
    #[command(after_help = "\
Comece com `eduzz mirror init` e siga com `eduzz mirror run`. As tabelas estão em
docs/mirror-tables.md; consultas prontas, em docs/mirror-recipes.md.

O banco de dados é o de --db: sqlite:ARQUIVO ou postgres://USUÁRIO@SERVIDOR/BANCO. Sem --db, vale
EDUZZ_DB; sem essa variável, o arquivo da caixa de entrada, na sua pasta de dados. Os eventos que
`eduzz inbox serve` guarda no mesmo banco de dados também atualizam o espelho.

Escopos: myeduzz_sales_read, myeduzz_subscriptions_read, myeduzz_customers_read,
myeduzz_products_read, myeduzz_financial_read, myeduzz_affiliates_read, nutror_my_students_read,
blinket_read, alpaclass_team_read, alpaclass_student_read, heycamp_read_members. Sem um deles, os
tipos que dependem dele ficam de fora, e `eduzz mirror status` diz quais. Para escolher os tipos,
use `eduzz mirror init --only`.

Saída: 0 sucesso, tudo provado · 1 há dúvidas, ou a API recusou · 2 uso errado, ou um banco de
       dados que não serve · 3 rede · 4 sem login
 | \n\
Begin with `eduzz mirror init`, then `eduzz mirror run`. The tables are in docs/mirror-tables.md,
ready queries in docs/mirror-recipes.md.

The database is --db: sqlite:FILE, or postgres://USER@HOST/NAME. Without --db it is EDUZZ_DB;
without that, the inbox's file in your data folder. The events that `eduzz inbox serve` stores in
the same database also update the mirror.

Scopes: myeduzz_sales_read, myeduzz_subscriptions_read, myeduzz_customers_read,
myeduzz_products_read, myeduzz_financial_read, myeduzz_affiliates_read, nutror_my_students_read,
blinket_read, alpaclass_team_read, alpaclass_student_read, heycamp_read_members. Without one of
them, the kinds that need it are left out, and `eduzz mirror status` lists them. To choose the
kinds, use `eduzz mirror init --only`.

Exit: 0 success, all proven · 1 there are doubts, or the API rejected a call · 2 wrong usage, or
      an unusable database · 3 network · 4 not signed in")]
    Mirror {
        Init(init::Init),
        Run(run::Run),
        BackFill(back_fill::BackFill),
        Status(status::Status),
        Verify(verify::Verify),
        Gaps(gaps::Gaps),
        Report(report::Report),
        Export(export::Export),
        Forget(forget::Forget),
    }
}
