//! Texts about calls and their answers.

use eduzz_wire::{JsonKind, Reason};

use crate::lang::Lang;

texts! {
    unknown_call() { pt: "esta chamada não está na lista do SDK", en: "this call is not in the SDK's list" }
    unknown_route() {
        pt: "esta rota não está na lista do SDK (escreva \"GET /caminho/:id\")",
        en: "this route is not in the SDK's list (write \"GET /path/:id\")",
    }
    see_endpoints() { pt: "veja `eduzz endpoints`", en: "see `eduzz endpoints`" }
    exchange_is_login() {
        pt: "a troca do código faz parte do login\nuse `eduzz login`",
        en: "the exchange of the code is part of the sign-in\nuse `eduzz login`",
    }
    not_paged(call: &str) {
        pt: "{call} não responde em páginas, então --all não faz sentido aqui\nfaça a chamada sem --all",
        en: "{call} does not answer in pages, so --all has no meaning here\nmake the call without --all",
    }
    not_an_assignment(option: &str) { pt: "`{option}` espera nome=valor", en: "`{option}` takes name=value" }
    no_fields(call: &str) {
        pt: "{call} não tem campos; faça a chamada sem --set",
        en: "{call} has no fields; make the call without --set",
    }
    unknown_field(call: &str, names: &str) {
        pt: "{call} não tem este campo\nos campos são: {names}",
        en: "{call} has no such field\nthe fields are: {names}",
    }
    field_twice(name: &str) { pt: "o campo `{name}` foi informado duas vezes", en: "the field `{name}` was given twice" }
    missing_fields(call: &str, names: &str, options: &str) {
        pt: "campos obrigatórios de {call} que faltam: {names}\npasse {options}; veja `eduzz call {call} --help`",
        en: "required fields of {call} that are missing: {names}\ngive {options}; see `eduzz call {call} --help`",
    }
    bad_field(call: &str, name: &str) {
        pt: "o valor do campo `{name}` é inválido para {call}",
        en: "the value of the field `{name}` is invalid for {call}",
    }
    bad_fields(call: &str) { pt: "os campos são inválidos para {call}", en: "the fields are invalid for {call}" }
    answer_not_writable() {
        pt: "não foi possível gerar o JSON da resposta",
        en: "the answer could not be written as JSON",
    }
    answer_not_json(status: u16) {
        pt: "a Eduzz respondeu {status} com um corpo que não é JSON\nsem --json ele é mostrado como veio",
        en: "Eduzz answered {status} with a body that is not JSON\nwithout --json it is shown as it came",
    }

    no_client() {
        pt: "não foi possível criar o cliente: os certificados deste sistema não podem ser lidos\ninstale os certificados raiz (no Debian, o pacote ca-certificates)",
        en: "the client could not be made: this system's certificates cannot be read\ninstall the root certificates (on Debian, the package ca-certificates)",
    }
    bad_proxy(name: &str) {
        pt: "a variável {name} não contém o endereço de um proxy\nuse a forma http://host:porta ou socks5://host:porta, ou remova a variável",
        en: "the variable {name} does not hold the address of a proxy\nuse the form http://host:port or socks5://host:port, or unset it",
    }
    bad_token() {
        pt: "EDUZZ_TOKEN não pode ser um token: tem espaços, quebras de linha ou acentos\ncopie-o de novo, sem aspas",
        en: "EDUZZ_TOKEN cannot be a token: it has spaces, line breaks or accents\ncopy it again, without quotes",
    }
    bad_path_value(name: &str) {
        pt: "o campo `{name}` faz parte do caminho e não pode ser vazio, `.` nem `..`",
        en: "the field `{name}` goes into the path, and cannot be empty, `.` or `..`",
    }
    missing_value(name: &str) {
        pt: "o campo `{name}` está vazio ou não foi informado; nada foi enviado",
        en: "the field `{name}` is empty or was not given; nothing was sent",
    }
    no_such_moment(name: &str) {
        pt: "`{name}` não é uma data, com ou sem hora; use AAAA-MM-DD ou AAAA-MM-DDTHH:MM:SSZ",
        en: "`{name}` is neither a day nor a moment; write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ",
    }
    backwards() { pt: "o último dia vem antes do primeiro", en: "the last day is before the first" }
    bad_path() {
        pt: "o caminho precisa começar com uma `/` só e estar codificado (%20), sem `?` nem `#`\nos parâmetros vão em --query chave=valor",
        en: "the path must start with a single `/` and be percent-encoded, without `?` and `#`\nparameters go into --query key=value",
    }
    bad_method() {
        pt: "método inválido; use GET, POST, PUT, PATCH ou DELETE",
        en: "invalid method; use GET, POST, PUT, PATCH or DELETE",
    }
    bad_body() { pt: "o corpo não é JSON", en: "the body is not JSON" }
    bad_request() { pt: "não foi possível montar a chamada", en: "the call could not be written" }

    raw_call(method: &str) { pt: "{method} (chamada avulsa)", en: "{method} (raw call)" }
    network(route: &str, why: &str) { pt: "{route}: {why}", en: "{route}: {why}" }
    network_tls() {
        pt: "a conexão segura (TLS) falhou\nconfira a data do sistema, os certificados e o proxy",
        en: "the secure connection (TLS) failed\ncheck the system's date, its certificates and the proxy",
    }
    network_proxy() {
        pt: "a conexão pelo proxy falhou\nconfira HTTPS_PROXY, ALL_PROXY e NO_PROXY",
        en: "the connection through the proxy failed\ncheck HTTPS_PROXY, ALL_PROXY and NO_PROXY",
    }
    network_timeout() {
        pt: "a resposta não chegou a tempo\ntente de novo daqui a pouco",
        en: "the answer did not come in time\ntry again in a while",
    }
    network_connect() {
        pt: "não foi possível conectar\nconfira a internet e, se usa um sandbox, se ele está no ar e EDUZZ_SANDBOX é o endereço dele",
        en: "could not connect\ncheck the network and, if you use a sandbox, that it runs and EDUZZ_SANDBOX is its address",
    }
    network_too_large() {
        pt: "a resposta é maior que o limite\npeça menos itens por vez",
        en: "the answer is larger than the limit\nrequest fewer items at a time",
    }
    network_cut() {
        pt: "a conexão caiu antes do fim da resposta\ntente de novo",
        en: "the connection ended before the whole answer came\ntry again",
    }
    network_protocol() {
        pt: "a resposta não é HTTP\nveja se há um proxy no meio",
        en: "the answer is not HTTP\ncheck whether a proxy is in between",
    }
    network_other() { pt: "falha de rede\ntente de novo", en: "the network failed\ntry again" }

    rejected(route: &str, status: u16, what: &str) {
        pt: "{route} foi recusada com {status}: {what}",
        en: "{route} was rejected with {status}: {what}",
    }
    rejected_code(code: &str) { pt: " (código {code})", en: " (code {code})" }
    rejected_fields(names: &str) { pt: "campos recusados: {names}", en: "rejected fields: {names}" }
    needed_scopes(names: &str) {
        pt: "a chamada precisa dos escopos {names}; salve-os no aplicativo e faça login de novo",
        en: "the call needs the scopes {names}; save them with the application and sign in again",
    }
    retry_after(seconds: u64) { pt: "tente de novo em {seconds} s", en: "try again in {seconds} s" }
    rejected_token() { pt: "o token não é aceito", en: "the token is not accepted" }
    rejected_scope() { pt: "falta um escopo ao token", en: "the token lacks a scope" }
    rejected_forbidden() { pt: "a conta não pode fazer isso", en: "the account may not do this" }
    rejected_not_found() { pt: "não encontrado", en: "not found" }
    rejected_receiver() {
        pt: "o receptor do webhook não respondeu com sucesso",
        en: "the webhook's receiver did not answer with success",
    }
    rejected_malformed() { pt: "a requisição está malformada", en: "the request is malformed" }
    rejected_invalid() { pt: "um valor é inválido", en: "a value is invalid" }
    rejected_method() { pt: "esta operação não existe", en: "there is no such operation" }
    rejected_conflict() { pt: "o estado atual não permite isso", en: "the current state does not allow this" }
    rejected_too_many() { pt: "requisições demais", en: "too many requests" }
    rejected_redirect() {
        pt: "a resposta é um redirecionamento, que não foi seguido",
        en: "the answer is a redirect, which was not followed",
    }
    rejected_server() { pt: "erro no servidor da Eduzz", en: "Eduzz's server failed" }
    rejected_unavailable() { pt: "a Eduzz está fora do ar", en: "Eduzz is not available" }
    rejected_other() { pt: "o status não está documentado", en: "the status is not documented" }
    token_of_environment() {
        pt: "o token veio de EDUZZ_TOKEN; copie um novo no console da Eduzz, ou apague a variável e faça login com `eduzz login`",
        en: "the token came from EDUZZ_TOKEN; copy a new one in Eduzz's console, or unset it and sign in with `eduzz login`",
    }
    other_answer(route: &str) {
        pt: "{route} terminou com um erro desconhecido por este programa",
        en: "{route} ended with an error that this program does not know",
    }
    unreadable_answer(route: &str, status: u16, why: &str) {
        pt: "{route} respondeu {status}, mas {why}\na chamada foi feita; para ver o corpo como veio, use `eduzz api` ou --show-body",
        en: "{route} answered {status}, but {why}\nthe call was carried out; to see the body as it came, use `eduzz api` or --show-body",
    }

    unreadable_body(what: &str, why: &str) { pt: "{what}: ilegível: {why}", en: "{what}: unreadable: {why}" }
    body_empty() { pt: "o corpo está vazio", en: "the body is empty" }
    body_html() { pt: "o corpo é uma página HTML, não JSON", en: "the body is an HTML page, not JSON" }
    body_cut(length: usize) {
        pt: "o corpo termina no meio, depois de {length} bytes",
        en: "the body ends in the middle, after {length} bytes",
    }
    body_syntax(line: usize, column: usize) {
        pt: "o corpo não é JSON (linha {line}, coluna {column})",
        en: "the body is not JSON (line {line}, column {column})",
    }
    body_shape(reason: &str) {
        pt: "o corpo não tem o formato esperado: {reason}",
        en: "the body does not have the expected form: {reason}",
    }
    body_shape_at(path: &str, reason: &str) {
        pt: "o corpo não tem o formato esperado em {path}: {reason}",
        en: "the body does not have the expected form at {path}: {reason}",
    }
    body_unreadable() { pt: "não foi possível ler o corpo", en: "the body could not be read" }

    shape_missing(field: &str) { pt: "falta o campo `{field}`", en: "the field `{field}` is missing" }
    shape_twice(field: &str) { pt: "o campo `{field}` aparece duas vezes", en: "the field `{field}` appears twice" }
    shape_found(kind: &str) { pt: "veio {kind}, mas o modelo espera outro tipo", en: "the value is {kind}, and the model expects something else" }
    shape_other() { pt: "o valor não é do tipo documentado", en: "the value is not of the documented kind" }
    kind_text() { pt: "um texto", en: "a text" }
    kind_number() { pt: "um número", en: "a number" }
    kind_boolean() { pt: "um booleano", en: "a boolean" }
    kind_object() { pt: "um objeto", en: "an object" }
    kind_array() { pt: "uma lista", en: "a list" }
    kind_null() { pt: "null", en: "null" }
    kind_other() { pt: "outro tipo", en: "another kind" }
}

impl Lang {
    /// The reason of a reading error.
    pub(crate) fn shape(self, reason: &Reason) -> String {
        let found = match reason {
            Reason::Missing { field } => return self.shape_missing(field),
            Reason::Duplicate { field } => return self.shape_twice(field),
            Reason::WrongKind { found, .. } | Reason::WrongValue { found, .. } => found,
            _ => return self.shape_other(),
        };
        self.shape_found(&match found {
            JsonKind::String => self.kind_text(),
            JsonKind::Integer | JsonKind::Float => self.kind_number(),
            JsonKind::Boolean => self.kind_boolean(),
            JsonKind::Map => self.kind_object(),
            JsonKind::Sequence => self.kind_array(),
            JsonKind::Null => self.kind_null(),
            _ => self.kind_other(),
        })
    }
}
