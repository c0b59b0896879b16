//! SafeVideo: media and the domains that may show them.

use serde_json::{Value, json};

use super::{Resources, Turn, set, text, touch};
use crate::problem::Problem;

/// Deletes a media; an id of another form is 400, as documented.
pub(super) fn delete(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let id = (turn.ask.parameter)("id");
    if id.len() != 24 || !id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Problem::invalid("id", "must be 24 hexadecimal digits"));
    }
    let of = "safevideo/medias";
    let media = all.get(of, &id)?.clone();
    all.drop_where(of, |known| text(known, "id") == id);
    Ok(media)
}

pub(super) fn remove_domains(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let (of, id) = turn.last();
    let media = all.get_mut(of, id)?;
    set(media, json!({ "_domains": [] }));
    touch(media, turn.ask.now);
    Ok(Value::Null)
}
