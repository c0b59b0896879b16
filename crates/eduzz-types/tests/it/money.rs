//! Amounts are exact.

use eduzz_types::{Currency, ExactNumber, Money};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{cases, is_refused};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    #[serde(flatten)]
    money: Money,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Tagged {
    Paid(Money),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Money(Money),
}

/// An amount of up to 15 digits, as text.
fn amounts() -> impl Strategy<Value = String> {
    (any::<bool>(), 0_u64..1_000_000_000_000_000, 0_usize..=15).prop_map(|(negative, digits, decimals)| {
        let text = format!("{digits:015}");
        let (whole, fraction) = text.split_at(15 - decimals);
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        let sign = if negative && digits > 0 { "-" } else { "" };
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    })
}

proptest! {
    #[test]
    fn amounts_up_to_15_digits_are_exact(text in amounts()) {
        let exact: Decimal = text.parse().unwrap();
        let body = format!(r#"{{"currency":"BRL","value":{text}}}"#);
        let money: Money = serde_json::from_str(&body).unwrap();
        prop_assert_eq!(money.value, exact);

        let written = serde_json::to_string(&money).unwrap();
        let again: Money = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(again.value, exact);
        let number = written.rsplit_once(':').unwrap().1.trim_end_matches('}');
        prop_assert_eq!(number.parse::<Decimal>().unwrap(), exact);

        let number: ExactNumber = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(number, ExactNumber(exact));
        prop_assert_eq!(serde_json::from_str::<ExactNumber>(&serde_json::to_string(&number).unwrap()).unwrap(), number);

        prop_assert_eq!(&serde_json::from_str::<Flat>(&body).unwrap().money, &money);
        prop_assert_eq!(serde_json::from_str::<Untagged>(&body).unwrap(), Untagged::Money(money));
        let tagged = body.replacen('{', r#"{"type":"paid","#, 1);
        prop_assert_eq!(serde_json::from_str::<Tagged>(&tagged).unwrap(), Tagged::Paid(money));
    }

    #[test]
    fn float_output_reads_as_printed(value in any::<f64>()) {
        prop_assume!(value.abs() < 1e15);
        let text = serde_json::to_string(&value).unwrap();
        let money: Money = serde_json::from_str(&format!(r#"{{"currency":"BRL","value":{text}}}"#)).unwrap();
        if text.contains('e') {
            // Behind the 28th place it is cut off.
            let back: f64 = money.value.to_string().parse().unwrap();
            prop_assert!((back - value).abs() <= 1e-28, "{} {}", text, money.value);
        } else {
            prop_assert_eq!(money.value, text.parse::<Decimal>().unwrap());
        }
    }

    /// Also their number of places, which printing shows.
    #[test]
    fn floats_with_few_places_keep_their_digits(digits in -10_i64.pow(16)..10_i64.pow(16), places in 0..5, less in 0..12_u32) {
        let value = (digits / 10_i64.pow(less)) as f64 / 10_f64.powi(places);
        let text = serde_json::to_string(&value).unwrap();
        prop_assume!(!text.contains('e'));
        let number: ExactNumber = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(number.to_string(), text.parse::<Decimal>().unwrap().to_string());
    }
}

#[test]
fn float_rounding_residue_does_not_fail_page() {
    for (text, value) in [
        ("5.551115123125783e-17", "0.0000000000000000555111512312"),
        ("-1.1102230246251565e-16", "-0.0000000000000001110223024625"),
        ("1e-28", "0.0000000000000000000000000001"),
        ("9.9e-29", "0"),
        ("1e-300", "0"),
        ("2.5E3", "2500"),
    ] {
        let money: Money = serde_json::from_str(&format!(r#"{{"currency":"BRL","value":{text}}}"#)).unwrap();
        assert_eq!(money.value, value.parse::<Decimal>().unwrap(), "{text}");
    }
}

#[test]
fn amount_with_comma_is_read_if_it_has_two_decimals() {
    // Q180
    for (text, value) in [("197,00", "197"), (" 0,05 ", "0.05"), ("-1234,50", "-1234.5")] {
        let money: Money = serde_json::from_value(json!({ "currency": "BRL", "value": text })).unwrap();
        assert_eq!(money.value, value.parse::<Decimal>().unwrap(), "{text}");
        let written = serde_json::to_value(money).unwrap();
        assert_eq!(
            written["value"].as_f64(),
            value.parse().ok(),
            "written as a number"
        );
        let number: ExactNumber = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(number.0, money.value);
    }
    // Anything else could mean thousands.
    for text in "1,5|1,500|1,000|,50|197,|1.234,50|1,234.50|1,2,34|1,23e2|197,0a|+-1,00|--1,00|R$ 1,00|1 000,00|1,00,00".split('|') {
        assert!(is_refused::<ExactNumber>(&json!(text)), "{text}");
    }
}

#[test]
fn invalid_amount_is_refused() {
    for value in cases(json!([null, "dez", "1_000", 1e40, true])) {
        assert!(
            is_refused::<Money>(&json!({ "currency": "BRL", "value": value })),
            "{value}"
        );
    }
    for body in cases(json!([{ "currency": "BRL" }, { "value": 1 }, 10.5, ["BRL", 1]])) {
        assert!(is_refused::<Money>(&body), "{body}");
    }
}

#[test]
fn unrepresentable_amount_is_not_rounded_silently() {
    let money = Money {
        currency: Currency::Brl,
        value: "12345678901234567890.12".parse().unwrap(),
    };
    match serde_json::to_string(&money) {
        Err(error) => assert!(error.to_string().contains("digits"), "{error}"),
        // With serde_json's `arbitrary_precision` it can be carried.
        Ok(text) => assert!(text.contains("12345678901234567890.12"), "{text}"),
    }
}

#[test]
fn unknown_currency_is_kept() {
    let money: Money = serde_json::from_str(r#"{"currency":"XTS","value":1}"#).unwrap();
    assert!(!money.currency.is_known());
    assert_eq!(money.to_string(), "XTS 1.00");
    for (text, known) in [
        ("brl", Some(Currency::Brl)),
        ("B_R_L", Some(Currency::Brl)),
        ("XTS", None),
    ] {
        assert_eq!(Currency::try_from(text).ok().filter(Currency::is_known), known);
    }
    // Some tables call it a number (Q101).
    let number: Currency = serde_json::from_value(json!(986)).unwrap();
    assert_eq!(
        (number.as_str(), number),
        ("986", Currency::try_from("986").unwrap())
    );
}

proptest! {
    #[test]
    fn currency_keeps_a_text_of_at_most_15_bytes(text in ".{0,18}") {
        let read = serde_json::from_value::<Currency>(json!(text)).ok();
        prop_assert_eq!(read, Currency::try_from(&*text).ok());
        match read {
            Some(currency) if currency.is_known() => {}
            Some(currency) => prop_assert_eq!(currency.as_str(), &*text),
            None => prop_assert!(text.len() > 15),
        }
        prop_assert_eq!(read.map(|read| json!(read)), read.map(|read| json!(read.as_str())));
    }

    #[test]
    fn amount_in_portuguese_has_the_same_digits(text in amounts()) {
        let amount = Money::brl(text.parse().unwrap());
        let shown = amount.pt_br().to_string();
        let number = shown.replacen("R$ ", "", 1).replace('.', "").replace(',', ".");
        prop_assert_eq!(number.parse::<Decimal>().unwrap(), amount.value, "{}", shown);
    }

    #[test]
    fn number_with_an_exponent_is_exact_or_refused(
        digits in "[1-9][0-9]{0,35}", point in 0_usize..36, exponent in 0_u32..32,
    ) {
        let (whole, fraction) = digits.split_at(point.min(digits.len()));
        let text = format!("{whole:0>1}.{fraction:0<1}e{exponent}");
        if let Ok(ExactNumber(read)) = serde_json::from_value(json!(text)) {
            // The same digits, with the point moved by hand.
            let places = usize::try_from(exponent).unwrap();
            let (moved, rest) = fraction.split_at(places.min(fraction.len()));
            let plain = format!("{whole}{moved:0<places$}.{rest}0");
            let same = |text: &str| text.trim_matches('0').to_owned();
            let read = read.normalize().to_string();
            let point = if read.contains('.') { "" } else { "." };
            prop_assert_eq!(same(&plain), same(&format!("{read}{point}")));
        }
    }
}

#[test]
fn number_of_too_many_digits_is_refused() {
    let digits = "1234567890".repeat(4);
    for text in [
        digits.clone(),
        format!("{digits}e0"),
        format!("1.{digits}E0"),
        format!("1.{digits}e+3"),
        "1e29".to_owned(),
        "1e99999999999999999999".to_owned(),
    ] {
        assert!(is_refused::<ExactNumber>(&json!(text)), "{text}");
    }
}

#[test]
fn amount_is_written_as_in_brazil() {
    for (value, currency, text) in [
        ("0", "BRL", "R$ 0,00"),
        ("-0.00", "BRL", "R$ 0,00"),
        ("301.5", "BRL", "R$ 301,50"),
        ("-1234.56", "BRL", "-R$ 1.234,56"),
        ("1234567", "BRL", "R$ 1.234.567,00"),
        ("0.125", "BRL", "R$ 0,125"),
        ("1234.56", "USD", "USD 1.234,56"),
        ("-1", "XTS", "-XTS 1,00"),
        (
            "79228162514264337593543950335",
            "BRL",
            "R$ 79.228.162.514.264.337.593.543.950.335,00",
        ),
    ] {
        let (value, currency) = (value.parse().unwrap(), currency.try_into().unwrap());
        assert_eq!(Money { currency, value }.pt_br().to_string(), text);
    }
    assert_eq!(format!("{:>9}", Money::brl(7.into()).pt_br()), "  R$ 7,00");
}

#[test]
fn amounts_of_one_currency_are_added() {
    let usd = |value: i64| Money {
        currency: Currency::Usd,
        value: value.into(),
    };
    let brl = |text: &str| Money::brl(text.parse().unwrap());
    let sum = Money::sum([brl("0.10"), brl("0.20"), brl("49.9")]);
    assert_eq!(sum, Some(brl("50.20")));
    assert_eq!(sum, Money::sum([brl("50.20")].iter()));
    assert_eq!(Money::sum(Vec::<Money>::new()), None);
    assert_eq!(Money::sum([brl("1"), usd(1)]), None);
    assert_eq!(brl("1").checked_add(usd(1)), None);
    assert_eq!(Money::brl(Decimal::MAX).checked_add(brl("1")), None);
}

#[test]
fn minor_units_are_exact_or_none() {
    let other = Currency::try_from("JPY").unwrap();
    for (value, currency, units) in [
        ("301.5", Currency::Brl, Some(30_150)),
        ("-0.01", Currency::Usd, Some(-1)),
        ("0.125", Currency::Brl, None),
        ("301.5", other, None),
        ("79228162514264337593543950335", Currency::Brl, None),
    ] {
        let value = value.parse().unwrap();
        assert_eq!(Money { currency, value }.minor_units(), units, "{value}");
    }
}

#[test]
fn amount_is_shown_with_two_or_more_places() {
    for (value, text) in [
        ("301.5", "BRL 301.50"),
        ("7", "BRL 7.00"),
        ("0.1250", "BRL 0.125"),
    ] {
        assert_eq!(Money::brl(value.parse().unwrap()).to_string(), text);
    }
    assert_eq!(ExactNumber(Decimal::new(105, 1)).to_string(), "10.5");
}
