//! Texts of `profiles` and `config`.

texts! {
    bad_profile(place: &str) {
        pt: "o nome do perfil em {place} é inválido\nuse letras minúsculas, dígitos, - e _, até 32, começando com letra ou dígito",
        en: "the name of the profile in {place} is invalid\nuse lower-case letters, digits, - and _, up to 32, starting with a letter or a digit",
    }
    of_profile(name: &str) {
        pt: "este é o perfil {name}: use `eduzz login --profile {name}`, ou veja `eduzz profiles`",
        en: "this is the profile {name}: use `eduzz login --profile {name}`, or see `eduzz profiles`",
    }
    token_and_profile() {
        pt: "--profile escolhe um login salvo, mas EDUZZ_TOKEN está definida e seria usada no lugar dele\nremova a variável, ou não passe --profile",
        en: "--profile chooses a stored sign-in, but EDUZZ_TOKEN is set and would be used instead\nunset it, or do not give --profile",
    }
    no_such_profile(name: &str) {
        pt: "não há nada salvo no perfil {name}\nveja `eduzz profiles`",
        en: "nothing is stored for the profile {name}\nsee `eduzz profiles`",
    }
    remove_question(name: &str) {
        pt: "Apagar o perfil {name} e o login salvo nele? [s/N]",
        en: "Remove the profile {name} and the sign-in stored with it? [y/N]",
    }
    profile_removed(name: &str) {
        pt: "Perfil {name} apagado. O token ainda vale na Eduzz; para invalidá-lo, revogue o aplicativo no console (Aplicativos autorizados).",
        en: "Profile {name} removed. Its token is still valid at Eduzz; to end it, revoke the application in the console (Aplicativos autorizados).",
    }
    profile_without_files(name: &str) {
        pt: "o perfil em uso é {name}, que ainda não tem login: `eduzz login`",
        en: "the profile in use is {name}, which is not signed in yet: `eduzz login`",
    }
    profile_signed_out() { pt: "sem login", en: "not signed in" }
    profile_unusable() { pt: "ilegível; veja `eduzz doctor`", en: "unusable; see `eduzz doctor`" }
    profile_without_end() { pt: "sem prazo", en: "no end" }
    profile_expired(moment: &str) { pt: "expirou em {moment}", en: "expired {moment}" }
    column_used() { pt: "USO", en: "USED" }
    column_profile() { pt: "PERFIL", en: "PROFILE" }
    column_account() { pt: "CONTA", en: "ACCOUNT" }
    column_until() { pt: "VALE ATÉ", en: "UNTIL" }
    column_api() { pt: "API", en: "API" }

    config_broken(path: &str) {
        pt: "{path} não é um arquivo de configuração deste programa, e não foi alterado\ncorrija-o, ou apague-o para voltar aos padrões",
        en: "{path} is not a settings file of this program, and was not changed\ncorrect it, or delete it to go back to the defaults",
    }
    bad_language() { pt: "o idioma é pt ou en", en: "the language is pt or en" }
    config_saved(path: &str) { pt: "Salvo em {path}.", en: "Saved in {path}." }
    config_folder() { pt: "Pasta", en: "Folder" }
    config_session() { pt: "Login salvo", en: "Stored sign-in" }
    config_file() { pt: "Padrões", en: "Defaults" }
    config_language() { pt: "Idioma", en: "Language" }
    config_profile() { pt: "Perfil", en: "Profile" }
    config_api() { pt: "API", en: "API" }
    config_sandbox() { pt: "um sandbox", en: "a sandbox" }
    config_service() { pt: "a Eduzz", en: "Eduzz" }
    config_by_default() { pt: "padrão", en: "default" }
    config_secret() { pt: "definida (não é mostrada)", en: "set (not shown)" }
}
