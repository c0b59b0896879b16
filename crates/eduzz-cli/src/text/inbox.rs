//! Texts about the inbox.

texts! {
    store_url() {
        pt: "o banco de dados de `--db` (ou EDUZZ_DB) é inválido\nescreva sqlite:ARQUIVO ou postgres://USUÁRIO@SERVIDOR/BANCO",
        en: "the database of `--db` (or EDUZZ_DB) is invalid\nwrite sqlite:FILE or postgres://USER@HOST/NAME",
    }
    store_missing(path: &str) {
        pt: "o banco de dados {path} não existe\nconfira `--db` e EDUZZ_DB; `eduzz inbox serve` ou `eduzz mirror init` o cria",
        en: "the database {path} does not exist\ncheck `--db` and EDUZZ_DB; `eduzz inbox serve` or `eduzz mirror init` creates it",
    }
    store_file(path: &str, why: &str) {
        pt: "não foi possível abrir o banco de dados {path}: {why}\nconfira a pasta, o dono do arquivo e `--db`",
        en: "the database {path} cannot be opened: {why}\ncheck its folder, its owner and `--db`",
    }
    store_file_gone() {
        pt: "não foi possível abrir o arquivo do banco de dados\nconfira a pasta, o dono do arquivo e o disco",
        en: "the database's file cannot be opened\ncheck its folder, its owner and the disk",
    }
    why_closed_folder() {
        pt: "a pasta não permite criar arquivos ao lado dele",
        en: "its folder does not allow other files beside it",
    }
    why_not_a_database() { pt: "não é um banco de dados SQLite", en: "it is not a SQLite database" }
    store_network_file_system() {
        pt: "o arquivo fica num sistema de arquivos de rede, onde o SQLite pode perder gravações\nuse um disco local, ou PostgreSQL",
        en: "the file is on a network file system, where SQLite can lose writes\nuse a local disk, or PostgreSQL",
    }
    store_full() {
        pt: "o disco do banco de dados está cheio\nlibere espaço; a Eduzz tenta de novo o que não foi guardado",
        en: "the database's disk is full\nfree some space; Eduzz retries the deliveries that were not stored",
    }
    store_read_only() {
        pt: "o banco de dados é só de leitura\nconfira o dono e as permissões do arquivo e da pasta, o disco ou o servidor",
        en: "the database is read-only\ncheck the owner and permissions of the file and its folder, the disk, or the server",
    }
    store_busy() {
        pt: "outro programa ocupa o banco de dados\nencerre esse programa, ou tente de novo",
        en: "another program holds the database's lock, or all of its connections\nend that program, or try again",
    }
    store_damaged() {
        pt: "o banco de dados está danificado\nrestaure um backup",
        en: "the database is damaged\nrestore a backup",
    }
    store_unreachable() {
        pt: "o servidor do banco de dados não responde\nconfira o endereço de `--db` (ou EDUZZ_DB), e se o servidor está no ar",
        en: "the database's server does not answer\ncheck the address of `--db` (or EDUZZ_DB), and that the server runs",
    }
    store_tls() {
        pt: "a conexão com o servidor do banco de dados não pôde ser cifrada, ou o certificado dele não é confiável\ninstale o certificado no sistema (no Linux, também SSL_CERT_FILE), ou confira sslmode na URL",
        en: "the connection to the database's server cannot be encrypted, or its certificate is not trusted\ninstall the certificate (on Linux also SSL_CERT_FILE), or check sslmode in the URL",
    }
    store_url_sslmode() {
        pt: "o sslmode de `--db` (ou EDUZZ_DB) não existe aqui\nescreva sslmode=require, que aqui já confere o certificado e o nome do servidor",
        en: "the sslmode in `--db` (or EDUZZ_DB) does not exist here\nwrite sslmode=require, which here verifies the server's certificate and name",
    }
    store_url_parts() {
        pt: "a URL do banco de dados em `--db` (ou EDUZZ_DB) tem uma parte que não pode ser lida\nna senha escreva %40 por @ e %25 por %; sslmode é disable, prefer ou require; no lugar de sslrootcert, defina SSL_CERT_FILE",
        en: "the URL of the database in `--db` (or EDUZZ_DB) has a part that cannot be read\nin the password write %40 for @ and %25 for %; sslmode is disable, prefer or require; for sslrootcert set SSL_CERT_FILE",
    }
    store_refused_user() {
        pt: "o servidor do banco de dados recusou o usuário ou a senha\nconfira `--db` (ou EDUZZ_DB), e as regras do servidor (pg_hba.conf)",
        en: "the database's server refused the user or the password\ncheck `--db` (or EDUZZ_DB), and the server's rules (pg_hba.conf)",
    }
    store_refused_database() {
        pt: "o banco de dados não existe no servidor\ncrie-o, ou confira o nome em `--db` (ou EDUZZ_DB)",
        en: "the server has no database of this name\ncreate it, or check the name in `--db` (or EDUZZ_DB)",
    }
    store_refused_right() {
        pt: "falta uma permissão ao usuário do banco de dados\nele precisa poder criar as tabelas ou, se elas já existem, usar as tabelas e a sequência delas (docs/inbox.pt-BR.md)",
        en: "the database's user lacks a privilege\nit must be allowed to create the tables or, if they exist, to use them and their sequence (docs/inbox.md)",
    }
    store_timed_out() {
        pt: "o banco de dados não respondeu a tempo\ntente de novo; se continuar, confira o servidor e o disco",
        en: "the database did not answer in time\ntry again; if that does not help, check the server and the disk",
    }
    store_newer_schema() {
        pt: "o banco de dados é de uma versão mais nova deste programa\natualize o programa",
        en: "the database was made by a newer version of this program\nupdate the program",
    }
    store_other_schema() {
        pt: "as tabelas deste banco de dados não são as deste programa\nuse outro banco de dados",
        en: "the tables of this database are not those of this program\nuse another database",
    }
    store_failed(detail: &str) {
        pt: "o banco de dados falhou ({detail})\ntente de novo; se continuar, confira o disco e o servidor",
        en: "the database failed ({detail})\ntry again; if that does not help, check the disk and the server",
    }
    no_data_folder() {
        pt: "não foi possível descobrir a sua pasta pessoal\npasse `--db`, ou defina EDUZZ_DB",
        en: "your home folder cannot be found\ngive `--db`, or set EDUZZ_DB",
    }

    bad_host() {
        pt: "o valor de `--host` não é um endereço IP; use 127.0.0.1, 0.0.0.0 ou ::",
        en: "the value of `--host` is not an IP address; write 127.0.0.1, 0.0.0.0 or ::",
    }
    bad_limit() {
        pt: "o valor de `--limit` é inválido; use um número de 1 a 1000000",
        en: "the value of `--limit` is invalid; write a number from 1 to 1000000",
    }
    bad_concurrency() {
        pt: "o valor de `--concurrency` é inválido; use um número de 1 a 1000",
        en: "the value of `--concurrency` is invalid; write a number from 1 to 1000",
    }
    bad_age() {
        pt: "o valor de `--older` não é uma idade; use um número de dias, como 90d",
        en: "the value of `--older` is not an age; write a number of days, such as 90d",
    }
    bad_state() {
        pt: "o valor de `--state` não é um estado\nuse ready, claimed, parked, done, ignored ou dead, vários separados por vírgula",
        en: "the value of `--state` is not a state\nwrite ready, claimed, parked, done, ignored or dead, several with commas",
    }
    bad_event_name() {
        pt: "o valor de `--event` não é o nome de um evento\nveja `eduzz webhook events`",
        en: "the value of `--event` is not the name of an event\nsee `eduzz webhook events`",
    }
    bad_seq() {
        pt: "um número de evento é inválido; `eduzz inbox list` mostra os números",
        en: "the number of an event is invalid; `eduzz inbox list` shows the numbers",
    }
    retry_which() {
        pt: "falta dizer quais eventos: os números, ou --dead",
        en: "say which events: their numbers, or --dead",
    }
    replay_which() {
        pt: "falta dizer quais eventos: os números, --unknown, --event NOME ou --since DIA",
        en: "say which events: their numbers, --unknown, --event NAME or --since DAY",
    }

    keys_open_to_others(path: &str) {
        pt: "outros usuários podem ler {path}, que guarda segredos\nrestrinja o acesso (chmod o-rwx) e, se alguém pode ter lido o arquivo, troque os segredos",
        en: "other users can read {path}, which holds secrets\nrestrict it (chmod o-rwx), and replace the secrets if somebody may have read them",
    }
    keys_bad_line(path: &str, line: usize) {
        pt: "a linha {line} de {path} não é `nome=segredo`\nescreva uma chave por linha; linhas com # são comentários",
        en: "line {line} of {path} is not `label=secret`\nwrite one key per line; lines with # are comments",
    }
    keys_none(path: &str) {
        pt: "{path} não tem nenhuma chave\nescreva uma por linha: nome=segredo",
        en: "{path} has no key\nwrite one per line: label=secret",
    }

    address_in_use(address: &str, option: &str) {
        pt: "o endereço {address} está em uso\nencerre o programa que o usa, ou escolha outra porta com {option}",
        en: "the address {address} is in use\nend the program that uses it, or choose another port with {option}",
    }
    cannot_listen_at(address: &str, why: &str, option: &str) {
        pt: "não foi possível escutar em {address}: {why}\nescolha outro endereço com {option}",
        en: "{address} cannot be listened on: {why}\nchoose another address with {option}",
    }
    inbox_at(place: &str) { pt: "Guardando em {place}.", en: "Storing in {place}." }
    inbox_only_stores() {
        pt: "Sem --forward-to, os eventos ficam guardados à espera de um worker do seu programa.",
        en: "Without --forward-to, the events are stored and wait for a worker of your program.",
    }
    inbox_open_host() {
        pt: "Esta porta não tem TLS: deixe-a atrás de um proxy com https.",
        en: "This port has no TLS: put it behind a proxy with https.",
    }
    inbox_status_at(url: &str) {
        pt: "Saúde em {url}/health, métricas em {url}/metrics.",
        en: "Health at {url}/health, metrics at {url}/metrics.",
    }
    inbox_stops() {
        pt: "Encerrando: terminando o que está em andamento (até 20 s; outro Ctrl-C encerra já).",
        en: "Stopping: ending the work in progress (up to 20 s; another Ctrl-C ends it now).",
    }
    lines_dropped(count: u64) {
        pt: "ninguém leu a saída a tempo: {count} linhas não foram mostradas",
        en: "nobody read the output in time: {count} lines were not shown",
    }
    stored_new() { pt: "guardado", en: "stored" }
    stored_copy() { pt: "repetido", en: "copy" }
    stored_differs() { pt: "repetido, com outro conteúdo", en: "copy with another body" }
    not_stored(why: &str) { pt: "não guardado: {why}", en: "not stored: {why}" }
    attempt_failed(code: &str, attempt: u32, most: u32) {
        pt: "falhou: {code} (tentativa {attempt} de {most})",
        en: "failed: {code} (attempt {attempt} of {most})",
    }
    attempt_dead(code: &str) {
        pt: "morto: {code}; veja com `eduzz inbox show`, e tente de novo com `eduzz inbox retry`",
        en: "dead: {code}; see it with `eduzz inbox show`, and try again with `eduzz inbox retry`",
    }

    column_seq() { pt: "Nº", en: "NO." }
    column_received() { pt: "RECEBIDO EM", en: "RECEIVED" }
    column_state() { pt: "ESTADO", en: "STATE" }
    column_subject() { pt: "ASSUNTO", en: "SUBJECT" }
    column_attempts() { pt: "TENTATIVAS", en: "ATTEMPTS" }
    column_error() { pt: "ERRO", en: "ERROR" }
    field_seq() { pt: "Número", en: "Number" }
    field_event() { pt: "Evento", en: "Event" }
    field_subject() { pt: "Assunto", en: "Subject" }
    field_received() { pt: "Recebido em", en: "Received" }
    field_state() { pt: "Estado", en: "State" }
    field_attempts() { pt: "Tentativas", en: "Attempts" }
    field_error() { pt: "Último erro", en: "Last error" }
    field_account() { pt: "Conta", en: "Account" }
    field_key() { pt: "Chave", en: "Key" }
    field_due() { pt: "Próxima tentativa", en: "Next attempt" }
    field_ended() { pt: "Encerrado em", en: "Ended" }
    field_copies() { pt: "Cópias", en: "Copies" }
    field_handled() { pt: "Aceito por", en: "Accepted by" }
    field_body() { pt: "Corpo", en: "Body" }
    copies_differing(copies: u64, differing: u64) {
        pt: "{copies}, das quais {differing} com outro conteúdo",
        en: "{copies}, {differing} of them with another body",
    }
    body_pruned() { pt: "apagado por `eduzz inbox prune`", en: "deleted by `eduzz inbox prune`" }
    body_of(bytes: usize) {
        pt: "{bytes} bytes; --body mostra (tem dados pessoais)",
        en: "{bytes} bytes; --body shows it (it holds personal data)",
    }
    more_events(limit: u32) {
        pt: "há mais de {limit} eventos; --limit mostra mais",
        en: "there are more than {limit} events; --limit shows more",
    }
    event_not_listed() {
        pt: "o SDK não conhece este nome de evento; veja `eduzz webhook events`",
        en: "the SDK does not know this event name; see `eduzz webhook events`",
    }
    no_such_event(seq: i64) {
        pt: "o evento {seq} não existe neste banco de dados\n`eduzz inbox list` mostra os que existem",
        en: "event {seq} does not exist in this database\n`eduzz inbox list` shows those that do",
    }

    counts_waiting() { pt: "Esperando", en: "Waiting" }
    counts_oldest() { pt: "O mais antigo espera há", en: "The oldest has waited" }
    counts_dead() { pt: "Mortos", en: "Dead" }
    counts_done() { pt: "Tratados", en: "Done" }
    counts_ignored() { pt: "Ignorados", en: "Ignored" }
    counts_copies() { pt: "Cópias", en: "Copies" }
    counts_line(waiting: u64, oldest: &str, dead: u64, done: u64, ignored: u64, copies: u64) {
        pt: "Esperando: {waiting}{oldest} · mortos: {dead} · tratados: {done} · ignorados: {ignored} · cópias: {copies}",
        en: "Waiting: {waiting}{oldest} · dead: {dead} · done: {done} · ignored: {ignored} · copies: {copies}",
    }
    oldest_for(time: &str) { pt: " (o mais antigo há {time})", en: " (the oldest for {time})" }

    reopened(count: u64) { pt: "De volta à fila: {count}", en: "Back in the queue: {count}" }
    pruned(count: u64) { pt: "Corpos apagados: {count}", en: "Bodies deleted: {count}" }
    not_reopened(list: &str) { pt: "não voltaram à fila: {list}", en: "not back in the queue: {list}" }
    not_there() { pt: "não existe", en: "it does not exist" }
    not_dead(state: &str) {
        pt: "está {state}, e `retry` é para dead; use `replay`",
        en: "it is {state}, and `retry` is for dead; use `replay`",
    }
    is_claimed() { pt: "um worker está com ele", en: "a worker has it" }
    has_no_body() { pt: "o corpo foi apagado", en: "its body was deleted" }
}
