//! Texts about the mirror.

use crate::lang::Lang;

impl Lang {
    /// The columns of `eduzz mirror status`.
    pub(crate) const fn mirror_columns(self) -> [&'static str; 11] {
        match self {
            Self::Pt => [
                "tipo",
                "linhas",
                "provadas",
                "abertas",
                "duvidosas",
                "esperam",
                "discordam",
                "ilegíveis",
                "sumiram",
                "deriva",
                "",
            ],
            Self::En => [
                "kind",
                "rows",
                "proven",
                "open",
                "doubtful",
                "waiting",
                "disagree",
                "unreadable",
                "gone",
                "drift",
                "",
            ],
        }
    }
}

texts! {
    mirror_not_made() {
        pt: "o banco de dados não tem um espelho desta conta\ncrie-o com `eduzz mirror init`",
        en: "the database has no mirror of this account\nmake it with `eduzz mirror init`",
    }
    mirror_of_others() {
        pt: "o espelho deste banco de dados é de outra conta\nconfira o token (`eduzz me`) e `--db`; `eduzz mirror init` junta esta conta às outras",
        en: "the mirror of this database is of another account\ncheck the token (`eduzz me`) and `--db`; `eduzz mirror init` adds this account to the others",
    }
    mirror_which(accounts: &str) {
        pt: "o banco de dados tem espelhos de várias contas\npasse `--account` com uma delas: {accounts}",
        en: "the database has mirrors of several accounts\ngive `--account` with one of them: {accounts}",
    }
    mirror_day() {
        pt: "um dia do espelho está fora dos anos 1 a 9999\nrepita `eduzz mirror init` com outro `--since`",
        en: "a day of the mirror is not in the years 1 to 9999\nrepeat `eduzz mirror init` with another `--since`",
    }
    mirror_made(place: &str) {
        pt: "espelho criado em {place}; copie com `eduzz mirror run`",
        en: "the mirror is made in {place}; copy with `eduzz mirror run`",
    }
    mirror_done(new: u64, changed: u64, windows: u64, calls: u64) {
        pt: "{new} novas, {changed} mudaram, {windows} janelas lidas, {calls} chamadas",
        en: "{new} new, {changed} changed, {windows} windows read, {calls} calls",
    }
    mirror_drifted(rows: u64) {
        pt: "deriva: {rows} linhas mudaram sem que nada tivesse avisado",
        en: "drift: {rows} rows changed of which nothing had told",
    }
    mirror_no_gaps() { pt: "nenhuma lacuna", en: "no gaps" }
    mirror_has_gaps(windows: usize) {
        pt: "janelas não provadas: {windows}\n`eduzz mirror run --once` as lê de novo quando chega a vez",
        en: "windows that are not proven: {windows}\n`eduzz mirror run --once` reads them again when they are due",
    }
    mirror_whole() { pt: "lista inteira", en: "whole list" }
    doubt_not_read() { pt: "ainda não foi lida até o fim", en: "not read to its end yet" }
    doubt_not_over() { pt: "o último dia não acabou há 26 horas", en: "its last day is not over for 26 hours" }
    doubt_moved() { pt: "mudou enquanto era lida", en: "it changed while it was read" }
    doubt_total() {
        pt: "o serviço diz outro número de linhas do que mostrou",
        en: "the service says another number of rows than it showed",
    }
    doubt_rows() {
        pt: "o espelho tem outras linhas do que o serviço mostrou",
        en: "the mirror has other rows than the service showed",
    }
    doubt_unsettled() { pt: "linhas esperam uma resposta da API", en: "rows wait for an answer of the API" }
    doubt_list_ends() {
        pt: "o serviço termina a lista antes da última linha (Nutror: 50 páginas)",
        en: "the service ends the list before its last row (Nutror: 50 pages)",
    }
    doubt_refused() {
        pt: "o serviço recusa a lista a este token; `eduzz mirror status` mostra o escopo",
        en: "the service refuses the list to this token; `eduzz mirror status` shows the scope",
    }
    doubt_changed() { pt: "não é mais o que foi provado", en: "it is not what was proven any more" }
    contradicts_summary() {
        pt: "provada, mas o resumo das vendas soma outros ganhos",
        en: "proven, but the summary of sales has other gains",
    }
    contradicts_statement() {
        pt: "provada, mas os ganhos líquidos das vendas são outros",
        en: "proven, but the net gains of the sales are others",
    }
    mirror_contradicted(windows: usize) {
        pt: "janelas provadas de que o resumo das vendas ou o extrato diz outra coisa: {windows} (`eduzz mirror gaps`)",
        en: "proven windows of which the summary of sales or the statement says something else: {windows} (`eduzz mirror gaps`)",
    }
    mirror_proven() { pt: "provado", en: "proven" }
    mirror_refused(scopes: &str) {
        pt: "recusado; precisa do escopo {scopes} e do produto",
        en: "refused; needs the scope {scopes} and the product",
    }
    mirror_unknown_kind(kinds: &str) {
        pt: "`--only` não conhece um dos tipos\nos tipos são: all, {kinds}",
        en: "`--only` does not know one of the kinds\nthe kinds are: all, {kinds}",
    }
    mirror_needs_community() {
        pt: "nenhuma chamada lista as comunidades do HeyCamp\npasse `--community` com os ids delas",
        en: "no call lists the communities of HeyCamp\ngive `--community` with their ids",
    }
    mirror_refused_lists(lists: u64) {
        pt: "o serviço recusou listas a este token: {lists}\n`eduzz mirror status` mostra os tipos e os escopos",
        en: "the service refused lists to this token: {lists}\n`eduzz mirror status` shows the kinds and the scopes",
    }
    mirror_unfilled() { pt: "falta ler", en: "not all read" }
    mirror_doubtful() { pt: "duvidoso", en: "doubtful" }
    mirror_has_doubts(kinds: usize) {
        pt: "tipos com dúvidas: {kinds}\n`eduzz mirror gaps` mostra as janelas; `eduzz mirror run --once` lê o que está na vez",
        en: "kinds with doubts: {kinds}\n`eduzz mirror gaps` shows the windows; `eduzz mirror run --once` reads what is due",
    }
    mirror_sound() {
        pt: "o banco de dados está íntegro: as colunas são as do JSON, as somas as provadas",
        en: "the database is sound: the columns are those of the JSON, the sums those that were proven",
    }
    mirror_has_flaws(windows: usize) {
        pt: "janelas mexidas no banco de dados: {windows}\n`eduzz mirror run --once` as lê de novo, e isso as conserta",
        en: "windows that were changed in the database: {windows}\n`eduzz mirror run --once` reads them again, which mends them",
    }
    forget_unreadable() { pt: "linhas ilegíveis", en: "unreadable rows" }
    forget_events() { pt: "corpos de eventos", en: "bodies of events" }
    forget_waiting() { pt: "eventos que ainda esperam", en: "events that still wait" }
    forget_customers() { pt: "números de cliente deste e-mail", en: "customers' numbers of this e-mail" }
    forget_other_emails() {
        pt: "outros e-mails destes clientes (sem o número, não são apagados)",
        en: "other e-mails of these customers (they stay where the number is missing)",
    }
    forget_question() {
        pt: "apagar esta pessoa? não há volta [s/N]",
        en: "forget this person? there is no way back [y/N]",
    }
    forget_needs_yes() {
        pt: "sem terminal não há a quem perguntar\npasse --yes para apagar, ou --dry-run para só contar",
        en: "without a terminal there is nobody to ask\ngive --yes to forget, or --dry-run only to count",
    }
    forget_not_agreed() { pt: "nada foi apagado", en: "nothing was forgotten" }
    forget_nothing() {
        pt: "nada foi encontrado; o que ainda chegar desta pessoa entra sem os dados pessoais",
        en: "nothing was found; what still comes of this person is stored without personal data",
    }
    forget_done() {
        pt: "a pessoa foi apagada; backups e exportações anteriores são com você",
        en: "the person is forgotten; backups and earlier exports are yours to look after",
    }
    forget_not_an_address() { pt: "espera-se um e-mail", en: "an e-mail address is expected" }
    export_unknown_kind() {
        pt: "espera-se um tipo: sales, subscriptions, invoices, customers, products, offers, statement, transfers, chargebacks, affiliations",
        en: "a kind is expected: sales, subscriptions, invoices, customers, products, offers, statement, transfers, chargebacks, affiliations",
    }
    export_no_days() {
        pt: "este tipo não tem dias\ntire --from e --to",
        en: "this kind has no days\nleave out --from and --to",
    }
    export_left_out(rows: u64) {
        pt: "{rows} registros ficaram de fora: só um evento falou deles, ou têm números longos demais; `--format parquet` traz o que se sabe",
        en: "{rows} records were left out: only an event told of them, or their numbers are too long; `--format parquet` has what is known",
    }
    export_only_parquet() {
        pt: "este tipo só sai em parquet\npasse --format parquet",
        en: "this kind is exported as parquet only\ngive --format parquet",
    }
    #[cfg(not(feature = "parquet"))]
    export_no_parquet() {
        pt: "este programa foi compilado sem parquet\ncompile-o com `cargo install --locked --path crates/eduzz-cli --features parquet`",
        en: "this program was built without parquet\nbuild it with `cargo install --locked --path crates/eduzz-cli --features parquet`",
    }
    #[cfg(feature = "parquet")]
    export_parquet_needs_out() {
        pt: "parquet é gravado num arquivo\npasse --out ARQUIVO",
        en: "parquet is written to a file\ngive --out FILE",
    }
    #[cfg(feature = "parquet")]
    export_too_long(values: u64) {
        pt: "{values} decimais com mais de 10 casas ou 38 dígitos ficaram vazios; `--format jsonl` os traz",
        en: "{values} decimals with more than 10 places or 38 digits are empty; `--format jsonl` has them",
    }
}
