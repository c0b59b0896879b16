//! Texts about wrong usage, and those that every command needs.

texts! {
    error_prefix() { pt: "erro", en: "error" }
    cannot_write_output() {
        pt: "não foi possível gravar a saída (disco cheio?)",
        en: "the output cannot be written (is the disk full?)",
    }
    interrupted() { pt: "interrompido", en: "interrupted" }
    cannot_start_runtime() {
        pt: "o sistema não tem recursos para iniciar o programa",
        en: "the system has no resources to start the program",
    }
    variable_not_text(name: &str) {
        pt: "a variável {name} não é um texto UTF-8; defina-a de novo",
        en: "the variable {name} is not UTF-8 text; set it again",
    }
    sandbox_not_loopback() {
        pt: "EDUZZ_SANDBOX não é o endereço de um sandbox desta máquina\nuse http://127.0.0.1:PORTA, como `eduzz sandbox` mostra",
        en: "EDUZZ_SANDBOX is not the address of a sandbox on this machine\nwrite http://127.0.0.1:PORT, as `eduzz sandbox` shows it",
    }

    see_help(command: &str) { pt: "veja `{command} --help`", en: "see `{command} --help`" }
    unknown_command() { pt: "este comando não existe", en: "there is no such command" }
    unknown_command_named(given: &str) { pt: "o comando `{given}` não existe", en: "there is no command `{given}`" }
    unknown_option(given: &str) { pt: "a opção `{given}` não existe aqui", en: "there is no option `{given}` here" }
    too_many_words() {
        pt: "há um argumento a mais (segredos e tokens nunca são argumentos)",
        en: "there is an extra argument (secrets and tokens are never arguments)",
    }
    did_you_mean(names: &str) { pt: "você quis dizer {names}?", en: "did you mean {names}?" }
    missing_arguments(names: &str) { pt: "falta {names}", en: "{names} is missing" }
    missing_command() { pt: "falta o comando", en: "the command is missing" }
    bad_value(argument: &str) { pt: "o valor de `{argument}` é inválido", en: "the value of `{argument}` is invalid" }
    bad_sort() {
        pt: "o valor de `--sort` não é uma ordem\nuse campo:asc ou campo:desc, vários separados por vírgula",
        en: "the value of `--sort` is not an order\nwrite field:asc or field:desc, several separated by commas",
    }
    value_missing(argument: &str) { pt: "`{argument}` precisa de um valor", en: "`{argument}` needs a value" }
    value_not_taken(argument: &str) { pt: "`{argument}` não aceita valor", en: "`{argument}` takes no value" }
    given_twice(argument: &str) { pt: "`{argument}` só pode ser usado uma vez", en: "`{argument}` can be given only once" }
    conflict(argument: &str, other: &str) {
        pt: "`{argument}` e {other} não podem ser usados juntos",
        en: "`{argument}` and {other} cannot be used together",
    }
    not_text() { pt: "um argumento não é texto UTF-8", en: "an argument is not UTF-8 text" }
    bad_usage() { pt: "não foi possível entender o comando", en: "the command could not be read" }

    cannot_read_file(path: &str, why: &str) { pt: "não foi possível ler {path}: {why}", en: "{path} cannot be read: {why}" }
    cannot_read_stdin() { pt: "não foi possível ler a entrada padrão", en: "the standard input cannot be read" }
    why_not_found() { pt: "não existe", en: "it does not exist" }
    why_denied() { pt: "sem permissão", en: "permission denied" }
    why_directory() { pt: "é um diretório", en: "it is a directory" }
    why_full() { pt: "o disco está cheio", en: "the disk is full" }
    why_read_only() { pt: "o sistema de arquivos é só de leitura", en: "the file system is read-only" }
    why_other() { pt: "o sistema recusou", en: "the system refused" }
    reading_stdin() {
        pt: "lendo da entrada padrão; termine com Ctrl-D",
        en: "reading from the standard input; end with Ctrl-D",
    }
}
