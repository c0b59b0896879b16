//! `eduzz inbox`: a durable inbox of webhooks.

mod forward;
mod keys;
mod lines;
mod list;
mod log;
pub(super) mod moments;
mod prune;
mod records;
mod reopen;
pub(super) mod serve;
mod show;
mod status;
mod watch;

commands! {
    /// Caixa de entrada durável: guarda as entregas, responde e as repassa até darem certo
    /// | A durable inbox: stores deliveries, answers, and forwards them until they succeed
    #[command(after_help = "\
O banco de dados é o de --db: sqlite:ARQUIVO ou postgres://USUÁRIO@SERVIDOR/BANCO. Sem --db, vale
EDUZZ_DB (melhor se a URL tem uma senha); sem essa variável, um arquivo na sua pasta de dados.

Estados: ready (na fila), claimed (com um worker), parked (espera outro do mesmo assunto), done
(tratado), ignored (amostra, ou o SDK não entende), dead (esgotou as 9 tentativas).

Saída: 0 sucesso · 1 o evento não existe, ou não voltou à fila; o servidor recusou a senha
       2 uso errado, ou um banco de dados que não serve · 3 o banco de dados não responde
 | \n\
The database is --db: sqlite:FILE, or postgres://USER@HOST/NAME. Without --db it is EDUZZ_DB
(better if the URL has a password); without that, a file in your data folder.

States: ready (in the queue), claimed (a worker has it), parked (another event of the same subject
comes first), done, ignored (a sample, or the SDK cannot read it), dead (all 9 attempts failed).

Exit: 0 success · 1 the event does not exist, or is not back in the queue; refused password
      2 wrong usage, or an unusable database · 3 the database does not answer")]
    Inbox {
        Serve(serve::Serve),
        List(list::List),
        Show(show::Show),
        Retry(reopen::Retry),
        Replay(reopen::Replay),
        Prune(prune::Prune),
        Status(status::Status),
    }
}
