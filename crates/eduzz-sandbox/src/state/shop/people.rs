//! Invented people: Brazilian names, and addresses, documents and telephones that are not assigned.

use serde::{Deserialize, Serialize};

use crate::random::Random;
use crate::state::calendar::Moment;
use crate::state::interned::{self, Word};
use crate::state::is_same_email;

/// A list without commas, which rustfmt does not spread over a line for each item.
macro_rules! list {
    ($($item:literal)+) => {
        &[$($item),+]
    };
}

const FIRST: &[&str] = list![
    "Adriana" "Aline" "Ana" "Antônia" "Beatriz" "Bruno" "Caio" "Camila" "Carla" "Cauã" "Cecília"
    "Cláudio" "Cristina" "Daniela" "Davi" "Débora" "Diego" "Eduarda" "Elaine" "Emanuel" "Fábio"
    "Fernanda" "Flávia" "Gabriel" "Giovana" "Heitor" "Helena" "Iara" "Igor" "Inês" "Isabela"
    "Jéssica" "João" "Joaquim" "Juliana" "Larissa" "Leandro" "Letícia" "Lívia" "Luana" "Lucas"
    "Luís" "Marcelo" "Márcia" "Marina" "Mateus" "Miguel" "Natália" "Otávio" "Patrícia" "Paulo"
    "Rafael" "Raquel" "Renata" "Rita" "Rodrigo" "Sabrina" "Sérgio" "Simone" "Tainá" "Thiago"
    "Valéria" "Vinícius" "Yasmin"
];
const MIDDLE: &[&str] = list![
    "da Silva" "de Souza" "dos Santos" "de Oliveira" "da Costa" "de Almeida" "da Rocha"
    "do Carmo"
];
const LAST: &[&str] = list![
    "Alves" "Andrade" "Araújo" "Azevedo" "Barbosa" "Barros" "Batista" "Borges" "Brandão"
    "Campos" "Cardoso" "Castro" "Correia" "Cunha" "Dias" "Duarte" "Farias" "Fernandes"
    "Ferreira" "Freitas" "Gomes" "Gonçalves" "Lima" "Lopes" "Machado" "Martins" "Medeiros"
    "Melo" "Mendes" "Monteiro" "Moraes" "Moreira" "Nascimento" "Novaes" "Nunes" "Peixoto"
    "Pereira" "Pinto" "Pires" "Prado" "Queiroz" "Ramos" "Reis" "Ribeiro" "Rocha" "Sales"
    "Teixeira" "Vieira" "Xavier"
];
/// City, state, area code.
const CITIES: &[(&str, &str, &str)] = &[
    ("São Paulo", "SP", "11"),
    ("Campinas", "SP", "19"),
    ("Sorocaba", "SP", "15"),
    ("Rio de Janeiro", "RJ", "21"),
    ("Niterói", "RJ", "21"),
    ("Belo Horizonte", "MG", "31"),
    ("Uberlândia", "MG", "34"),
    ("Curitiba", "PR", "41"),
    ("Londrina", "PR", "43"),
    ("Florianópolis", "SC", "48"),
    ("Porto Alegre", "RS", "51"),
    ("Salvador", "BA", "71"),
    ("Recife", "PE", "81"),
    ("Fortaleza", "CE", "85"),
    ("Brasília", "DF", "61"),
    ("Goiânia", "GO", "62"),
    ("Manaus", "AM", "92"),
    ("Belém", "PA", "91"),
];
const STREETS: &[&str] = list![
    "Rua das Acácias" "Rua do Ipê Amarelo" "Avenida Inventada" "Travessa do Exemplo"
    "Rua Sete de Março" "Alameda dos Jacarandás" "Rua da Amostra" "Praça do Teste"
];
const QUARTERS: &[&str] = list![
    "Centro" "Jardim Modelo" "Vila Exemplo" "Bela Vista" "Boa Esperança" "Alto da Serra"
];
/// Q171
const COUNTRIES: &[Option<&str>] = &[Some("BR"), Some("Brasil"), Some("Brasil"), Some("Brazil"), None];
const COMPLEMENTS: &[&str] = &["Apto 12", "Bloco B", "Fundos", "Casa 2", "Sala 301"];

/// A customer, an affiliate or a partner.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Human {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) email: String,
    /// Eleven digits that are not a CPF: three zeros first, and no check digits.
    pub(crate) document: String,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) area_code: Word,
    /// Nine digits that are not assigned.
    pub(crate) phone: String,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) street: Word,
    pub(crate) number: String,
    #[serde(deserialize_with = "interned::perhaps")]
    pub(crate) complement: Option<Word>,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) quarter: Word,
    pub(crate) postal_code: String,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) city: Word,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) state: Word,
    /// One of the spellings of the country that deliveries have (Q171).
    #[serde(deserialize_with = "interned::perhaps")]
    pub(crate) country: Option<Word>,
    /// When the person first appeared.
    pub(crate) since: Moment,
}

impl Human {
    /// Invents a person. The number makes the e-mail address unique.
    pub(crate) fn invented(random: &mut Random, id: u64, number: usize, since: Moment) -> Self {
        let mut name = random.pick(FIRST).copied().unwrap_or_default().to_owned();
        if random.percent(30) {
            name.push(' ');
            name.push_str(random.pick(MIDDLE).copied().unwrap_or_default());
        }
        name.push(' ');
        name.push_str(random.pick(LAST).copied().unwrap_or_default());
        let (city, state, area_code) = random.pick(CITIES).copied().unwrap_or_default();
        Self {
            id,
            email: email(&name, number),
            name,
            document: format!("000{:08}", random.below(100_000_000)),
            area_code,
            phone: format!("90000{:04}", random.below(10_000)),
            street: random.pick(STREETS).copied().unwrap_or_default(),
            number: random.between(1, 2_500).to_string(),
            complement: random.perhaps(40, COMPLEMENTS),
            quarter: random.pick(QUARTERS).copied().unwrap_or_default(),
            postal_code: format!("00000{:03}", random.below(1_000)),
            city,
            state,
            country: Random::stream(id, "country").pick(COUNTRIES).copied().flatten(),
            since,
        }
    }

    /// Whether it is this person's address, ignoring case.
    pub(crate) fn is_at(&self, email: &str) -> bool {
        is_same_email(&self.email, email)
    }

    /// The telephone number as sales write it: one text.
    pub(crate) fn flat_phone(&self) -> String {
        format!("{}{}", self.area_code, self.phone)
    }
}

/// About one in a hundred of the addresses needs escaping in a path.
fn email(name: &str, number: usize) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .filter_map(|letter| match letter {
                'á' | 'ã' | 'â' | 'Á' => Some('a'),
                'é' | 'ê' | 'É' => Some('e'),
                'í' => Some('i'),
                'ó' | 'ô' | 'õ' => Some('o'),
                'ú' => Some('u'),
                'ç' => Some('c'),
                ' ' => Some('.'),
                letter if letter.is_ascii_alphanumeric() => Some(letter.to_ascii_lowercase()),
                _ => None,
            })
            .collect()
    };
    let words = |text: &str| text.to_lowercase().replace(' ', ".");
    match number % 200 {
        3 => format!("{}+cursos{number}@example.com", plain(name)),
        53 => match number / 200 % 3 {
            0 => format!("{}/loja{number}@example.com", plain(name)),
            1 => format!("{}.100%25.{number}@example.com", plain(name)),
            _ => format!("{}.ção{number}@example.com", words(name)),
        },
        _ => format!("{}{number}@example.com", plain(name)),
    }
}
