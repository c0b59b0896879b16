//! The bodies that are served and read. The token's and the account's have the documentation's
//! forms; the page of sales has the documented fields with made-up values.

use std::fmt::Write as _;

pub(crate) const ME: &[u8] =
    br#"{"id":"0b19bf3d-b1f6-47cf-8a84-9fb22a9ae63b","name":"Loja Exemplo","email":"loja@example.com"}"#;

pub(crate) const TOKEN: &[u8] = br#"{
  "refresh_token": null,
  "id": "16305ca0-e8c1-4eb9-81ec-2c1edeb17200",
  "authenticated_userid": "0b19bf3d-b1f6-47cf-8a84-9fb22a9ae63b ,98239281",
  "credential": {
    "id": "71674a7e-3e45-4d14-8dbc-d6c35682f4c0"
  },
  "access_token": "aW52ZW50ZWQgdG9rZW4gb2YgYSBiZW5jaG1hcmssIG9mIHRoZSB1c3VhbCBsZW5ndGg=",
  "expires_in": 0,
  "scope": "webhook_read webhook_write",
  "ttl": null,
  "created_at": 1709822571,
  "service": null,
  "token_type": "bearer",
  "user": {
    "id": "0b19bf3d-b1f6-47cf-8a84-9fb22a9ae63b ",
    "eduzzId": 98239281,
    "nutrorId": 837462,
    "eduzz_id": 98239281,
    "nutror_id": 837462,
    "name": "Loja Exemplo",
    "email": "loja@example.com",
    "picture": "//cdn.example.com/myeduzz/upload/72/a0/72a099bb921a4277917448d6e38c92c0"
  }
}"#;

/// Sales, some 1.4 kB each, the same each time.
pub(crate) struct Shop {
    sales: Vec<String>,
}

impl Shop {
    pub(crate) fn new(sales: u64) -> Self {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let sales = (0..sales).map(|number| sale(number, &mut seed)).collect();
        Self { sales }
    }

    /// A page, counted from 1.
    pub(crate) fn page(&self, page: usize, size: usize) -> String {
        let count = self.sales.len();
        let from = (page.saturating_sub(1) * size).min(count);
        let rows = self.sales.get(from..(from + size).min(count)).unwrap_or_default();
        let pages = count.div_ceil(size).max(1);
        format!(
            r#"{{"pages":{pages},"page":{page},"itemsPerPage":{size},"totalItems":{count},"items":[{}]}}"#,
            rows.join(",")
        )
    }
}

/// xorshift.
fn next(seed: &mut u64, below: u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed % below
}

fn sale(number: u64, seed: &mut u64) -> String {
    let mut text = format!(r#"{{"id":"{}","#, 81_000_000 + number);
    let money = [
        "grossGain",
        "netGain",
        "partnersGain",
        "affiliatesGain",
        "total",
        "totalInterest",
        "others",
    ];
    for name in money
        .into_iter()
        .chain((!number.is_multiple_of(9)).then_some("fee"))
    {
        let cents = next(seed, 500_000);
        let value = match (cents / 100, cents % 100) {
            (whole, 0) => whole.to_string(),
            (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
            (whole, part) => format!("{whole}.{part:02}"),
        };
        let _ = write!(text, r#""{name}":{{"currency":"BRL","value":{value}}},"#);
    }
    let pick = |texts: [&'static str; 4], seed: &mut u64| {
        let place = usize::try_from(next(seed, 4)).unwrap_or_default();
        texts.get(place).copied().unwrap_or_default()
    };
    let status = pick(["paid", "open", "refunded", "waiting_payment"], seed);
    let method = pick(["pix", "creditcard", "bankslip", "pix"], seed);
    let (month, day, hour) = (number % 12 + 1, next(seed, 28) + 1, next(seed, 24));
    let date = format!(
        "2025-{month:02}-{day:02}T{hour:02}:31:07.{:03}Z",
        next(seed, 1000)
    );
    let _ = write!(
        text,
        concat!(
            r#""contractId":{},"status":"{}","installments":{},"currency":"BRL","locale":"pt-BR","#,
            r#""dueDate":"{}","paidAt":"{}","creditDate":null,"isInfiniteFunnel":{},"paymentMethod":"{}","#,
            r#""recoveringStatus":"inactive","tracker":"lancamento-{}","tracker2":null,"#,
            r#""utm":{{"source":"instagram","campaign":"lancamento-{}-remarketing","medium":"cpc","content":null}},"#,
            r#""producer":{{"id":"98239281","name":"Loja Exemplo","email":"loja@example.com"}},"affiliate":null,"#,
            r#""product":{{"id":"{}","name":"Curso de Confeitaria Avançada","sku":null,"type":"infoproduct","#,
            r#""billingType":"single"}},"buyer":{{"id":"{}","name":"Fulana de Conceição Souza","#,
            r#""email":"fulana.souza.{}@example.com","document":"000.000.000-00","phone":"+5500000000000","#,
            r#""cellphone":null,"address":{{"street":"Avenida das Flores","number":"{}","complement":null,"#,
            r#""neighborhood":"Centro","city":"Sorocaba","state":"SP","zipcode":"00000-000","country":"BR"}}}}}}"#
        ),
        if number.is_multiple_of(3) {
            format!("\"{}\"", 700_000 + number)
        } else {
            "null".to_owned()
        },
        status,
        next(seed, 12) + 1,
        date,
        date,
        number.is_multiple_of(5),
        method,
        number % 7,
        number % 7,
        1_700_000 + number % 11,
        50_000_000 + number,
        number,
        100 + number % 1000,
    );
    text
}
