//! The forms of an HTML page, as far as a browser without scripts needs them.

/// A form as it would be sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) fields: Vec<(String, String)>,
}

/// The form that has a button of this name and value, with its hidden fields and the button.
pub(super) fn with_button(html: &str, name: &str, value: &str) -> Option<Form> {
    let mut form: Option<Form> = None;
    let mut is_pressed = false;
    for tag in tags(html) {
        match (tag.name, &mut form) {
            ("form", _) => {
                form = Some(Form {
                    action: tag.attribute("action")?,
                    fields: Vec::new(),
                });
            }
            ("/form", Some(_)) if is_pressed => break,
            ("/form", _) => form = None,
            ("input", Some(form)) if tag.attribute("type").as_deref() == Some("hidden") => {
                form.fields
                    .push((tag.attribute("name")?, tag.attribute("value").unwrap_or_default()));
            }
            ("button", Some(form)) => {
                let button = (
                    tag.attribute("name").unwrap_or_default(),
                    tag.attribute("value").unwrap_or_default(),
                );
                if button.0 == name && button.1 == value {
                    form.fields.push(button);
                    is_pressed = true;
                }
            }
            _ => {}
        }
    }
    form.filter(|_| is_pressed)
}

/// Writes fields as a form's body.
pub(super) fn encode<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let escape = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
                b' ' => out.push('+'),
                byte => out.push_str(&format!("%{byte:02X}")),
            }
            out
        })
    };
    fields
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        self.attributes
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, value)| unescape(value))
    }
}

/// The tags of a page whose attributes stand in double quotes.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.split('<').skip(1).map(|rest| {
        let name_end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '>')
            .unwrap_or(rest.len());
        let (name, mut rest) = rest.split_at(name_end);
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            let end = rest.find(['=', '>', ' ']).unwrap_or(rest.len());
            let (attribute, after) = rest.split_at(end);
            if attribute.is_empty() {
                break;
            }
            match after
                .strip_prefix("=\"")
                .and_then(|quoted| quoted.split_once('"'))
            {
                Some((value, after)) => {
                    attributes.push((attribute, value));
                    rest = after;
                }
                None => {
                    attributes.push((attribute, ""));
                    rest = after.strip_prefix('=').unwrap_or(after);
                }
            }
        }
        Tag { name, attributes }
    })
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><body class="a b"><form method="post" action="/one">
        <input type="hidden" name="csrf" value="1"><button name="answer" value="">x</button></form>
        <form action="/two?a=1&amp;b=2" method="post"><input type="hidden" name="csrf" value="a&quot;b&amp;lt;">
        <input type="text" name="typed" value="no"><button type="submit" name="answer" value="approve">Sim</button>
        <button type="submit" name="answer" value="refuse">Não</button></form></body>"#;

    #[test]
    fn the_form_of_the_button_is_sent() {
        let form = with_button(PAGE, "answer", "approve").unwrap();
        assert_eq!(form.action, "/two?a=1&b=2");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(form.fields, [pair("csrf", "a\"b&lt;"), pair("answer", "approve")]);
        assert_eq!(
            with_button(PAGE, "answer", "").map(|form| form.action).as_deref(),
            Some("/one")
        );
        assert_eq!(with_button(PAGE, "answer", "other"), None);
        assert_eq!(with_button("<form", "a", "b"), None);
        assert_eq!(with_button("<", "a", "b"), None);
    }

    #[test]
    fn fields_are_encoded() {
        assert_eq!(
            encode([("a b", "ç&="), ("c", "")].into_iter()),
            "a+b=%C3%A7%26%3D&c="
        );
    }
}
