//! Texts about the mirror.

use crate::lang::Lang;

impl Lang {
    /// The columns of `eduzz mirror status`.
    pub(crate) const fn mirror_columns(self) -> [&'static str; 12] {
        match self {
            Self::Pt => [
                "TIPO",
                "LINHAS",
                "PROVADAS",
                "ABERTAS",
                "DUVIDOSAS",
                "ESPERAM",
                "DISCORDAM",
                "ILEGÍVEIS",
                "SUMIRAM",
                "DERIVA",
                "FALTA",
                "SITUAÇÃO",
            ],
            Self::En => [
                "KIND",
                "ROWS",
                "PROVEN",
                "OPEN",
                "DOUBTFUL",
                "WAITING",
                "DISAGREE",
                "UNREADABLE",
                "GONE",
                "DRIFT",
                "LEFT",
                "STANDING",
            ],
        }
    }
}

texts! {
    mirror_not_made() {
        pt: "o banco de dados não tem um espelho desta conta\ncrie-o com `eduzz mirror init`",
        en: "the database has no mirror of this account\ncreate it with `eduzz mirror init`",
    }
    mirror_of_others() {
        pt: "o espelho deste banco de dados é de outra conta\nconfira o token (`eduzz me`) e `--db`; `eduzz mirror init` junta esta conta às outras",
        en: "the mirror in this database belongs to another account\ncheck the token (`eduzz me`) and `--db`; `eduzz mirror init` adds this account to the others",
    }
    mirror_which(accounts: &str) {
        pt: "o banco de dados tem espelhos de várias contas\npasse `--account` com uma delas: {accounts}",
        en: "the database has mirrors of several accounts\ngive `--account` with one of them: {accounts}",
    }
    mirror_day() {
        pt: "um dia do espelho está fora dos anos 1 a 9999\nrepita `eduzz mirror init` com outro `--since`",
        en: "a day of the mirror is outside the years 1 to 9999\nrepeat `eduzz mirror init` with another `--since`",
    }
    mirror_made(place: &str) {
        pt: "espelho criado em {place}; copie com `eduzz mirror run`",
        en: "the mirror was created in {place}; copy with `eduzz mirror run`",
    }
    mirror_done(new: u64, changed: u64, windows: u64, calls: u64) {
        pt: "{new} novas, {changed} mudaram, {windows} janelas lidas, {calls} chamadas",
        en: "{new} new, {changed} changed, {windows} windows read, {calls} calls",
    }
    mirror_drifted(rows: u64) {
        pt: "deriva: {rows} linhas mudaram sem nenhum aviso",
        en: "drift: {rows} rows changed without any notice",
    }
    mirror_no_gaps() { pt: "nenhuma lacuna", en: "no gaps" }
    mirror_has_gaps(windows: usize) {
        pt: "janelas não provadas: {windows}\n`eduzz mirror run --once` as lê de novo na próxima leitura prevista",
        en: "windows not proven: {windows}\n`eduzz mirror run --once` reads them again when they are due",
    }
    mirror_whole() { pt: "lista inteira", en: "whole list" }
    doubt_not_read() { pt: "ainda não foi lida até o fim", en: "not yet read to its end" }
    doubt_not_over() {
        pt: "fica aberta até 26 horas depois do último dia",
        en: "it stays open until 26 hours after its last day",
    }
    doubt_moved() { pt: "mudou enquanto era lida", en: "it changed while it was read" }
    doubt_total() {
        pt: "o serviço conta mais ou menos linhas do que mostrou",
        en: "the service counts more or fewer rows than it showed",
    }
    doubt_rows() {
        pt: "as linhas do espelho não são as que o serviço mostrou",
        en: "the mirror's rows are not the ones that the service showed",
    }
    doubt_unsettled() {
        pt: "há linhas à espera de uma resposta da API",
        en: "rows still wait for an answer of the API",
    }
    doubt_list_ends() {
        pt: "o serviço termina a lista antes da última linha (Nutror: 50 páginas)",
        en: "the service ends the list before its last row (Nutror: 50 pages)",
    }
    doubt_refused() {
        pt: "o serviço recusa a lista a este token; `eduzz mirror status` mostra o escopo",
        en: "the service refuses the list to this token; `eduzz mirror status` shows the scope",
    }
    doubt_changed() { pt: "não é mais o que foi provado", en: "it is no longer what was proven" }
    contradicts_summary() {
        pt: "provada, mas o resumo das vendas soma outros ganhos",
        en: "proven, but the summary of sales adds up to other gains",
    }
    contradicts_statement() {
        pt: "provada, mas o extrato soma outros ganhos líquidos",
        en: "proven, but the statement adds up to other net gains",
    }
    mirror_contradicted(windows: usize) {
        pt: "janelas provadas que não batem com o resumo das vendas ou com o extrato: {windows} (`eduzz mirror gaps`)",
        en: "proven windows that disagree with the summary of sales or the statement: {windows} (`eduzz mirror gaps`)",
    }
    mirror_proven() { pt: "provado", en: "proven" }
    mirror_refused(scopes: &str) {
        pt: "recusado; precisa do escopo {scopes} e do produto",
        en: "refused; needs the scope {scopes} and the product",
    }
    mirror_unknown_kind(kinds: &str) {
        pt: "um dos tipos de `--only` não existe\nos tipos são: all, {kinds}",
        en: "one of the kinds of `--only` does not exist\nthe kinds are: all, {kinds}",
    }
    mirror_needs_community() {
        pt: "nenhuma chamada lista as comunidades do HeyCamp\npasse `--community` com os ids delas",
        en: "no call lists HeyCamp's communities\ngive `--community` with their ids",
    }
    mirror_refused_lists(lists: u64) {
        pt: "listas que o serviço recusou a este token: {lists}\n`eduzz mirror status` mostra os tipos e os escopos",
        en: "lists that the service refused to this token: {lists}\n`eduzz mirror status` shows the kinds and the scopes",
    }
    mirror_unfilled() { pt: "falta ler", en: "not all read" }
    mirror_waits() { pt: "espera respostas da API", en: "waits for answers of the API" }
    mirror_doubtful() { pt: "duvidoso", en: "doubtful" }
    mirror_has_doubts(kinds: usize) {
        pt: "tipos com algo duvidoso: {kinds}\n`eduzz mirror gaps` mostra as janelas; `eduzz mirror run --once` lê o que está pendente",
        en: "kinds with doubts: {kinds}\n`eduzz mirror gaps` shows the windows; `eduzz mirror run --once` reads what is due",
    }
    mirror_sound() {
        pt: "o banco de dados está íntegro: as colunas batem com o JSON, e as somas são as provadas",
        en: "the database is sound: the columns match the JSON, and the sums are the proven ones",
    }
    mirror_has_flaws(windows: usize) {
        pt: "janelas alteradas por fora no banco de dados: {windows}\n`eduzz mirror run --once` as lê de novo e as conserta",
        en: "windows that something else changed in the database: {windows}\n`eduzz mirror run --once` reads them again, which repairs them",
    }
    forget_unreadable() { pt: "linhas ilegíveis", en: "unreadable rows" }
    forget_events() { pt: "corpos de eventos", en: "bodies of events" }
    forget_waiting() { pt: "eventos que ainda esperam", en: "events that still wait" }
    forget_customers() { pt: "números de cliente deste e-mail", en: "customer numbers of this e-mail" }
    forget_other_emails() {
        pt: "outros e-mails destes clientes (ficam onde não há o número de cliente)",
        en: "other e-mails of these customers (they stay where the customer number is missing)",
    }
    forget_question() {
        pt: "apagar esta pessoa? isso não pode ser desfeito [s/N]",
        en: "forget this person? this cannot be undone [y/N]",
    }
    forget_needs_yes() {
        pt: "sem um terminal não há como perguntar\npasse --yes para apagar, ou --dry-run para só contar",
        en: "there is no terminal to ask on\ngive --yes to forget, or --dry-run to only count",
    }
    forget_not_agreed() { pt: "nada foi apagado", en: "nothing was forgotten" }
    forget_nothing() {
        pt: "nada foi encontrado; o que ainda chegar desta pessoa será guardado sem os dados pessoais",
        en: "nothing was found; later records of this person are stored without personal data",
    }
    forget_done() {
        pt: "a pessoa foi apagada; backups e exportações anteriores ficam por sua conta",
        en: "the person is forgotten; backups and earlier exports are your responsibility",
    }
    forget_not_an_address() { pt: "informe um e-mail", en: "give an e-mail address" }
    export_unknown_kind() {
        pt: "informe um tipo: sales, subscriptions, invoices, customers, products, offers, statement, transfers, chargebacks, affiliations",
        en: "give a kind: sales, subscriptions, invoices, customers, products, offers, statement, transfers, chargebacks, affiliations",
    }
    export_no_days() {
        pt: "os registros deste tipo não têm data\nremova --from e --to",
        en: "records of this kind have no date\nleave out --from and --to",
    }
    export_left_out(rows: u64) {
        pt: "{rows} registros ficaram de fora: só um evento os citou, ou eles têm números longos demais; `--format parquet` traz o que se sabe",
        en: "{rows} records were left out: only an event mentions them, or their numbers are too long; `--format parquet` has what is known",
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
