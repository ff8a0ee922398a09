//! Names of routines and the like: the types of the arguments tell them apart.

use crate::catalog::{Kind, Name, ObjectId};

use super::fields;
use super::lower::Lowering;
use super::names::{self, Qualified};
use super::parse::Block;
use super::tree::{self, Node};

impl Lowering<'_> {
    /// The id of what can be overloaded: its name has the types that tell it from others.
    pub(super) fn signed_id(&mut self, kind: Kind, block: &Block) -> Option<ObjectId> {
        let name = self.dialect.name();
        let written = block.node.table().and_then(|items| tree::find(items, "arguments"));
        let written = written.and_then(|item| fields::for_database(&item.node, name));
        let arguments = written.and_then(Node::text).unwrap_or_default();
        match names::key(&block.key) {
            Ok(key) => {
                let signature = self.dialect.signature(kind, &key.name, arguments);
                self.agree(kind, &key.name, &signature, written);
                let key = Qualified { name: signature.as_str().to_owned(), ..key };
                self.qualified_id(kind, key, &block.place)
            }
            Err(reason) => {
                self.error(
                    format!("`{}` cannot be read as a name: {reason}", block.key),
                    &block.place,
                    "",
                    String::new(),
                );
                None
            }
        }
    }

    /// Where the key has types and `arguments` say them again, they are the same.
    fn agree(&mut self, kind: Kind, key: &str, signature: &Name, written: Option<&Node>) {
        let (Some((bare, _)), Some(node)) = (key.split_once('('), written) else { return };
        let Some(arguments) = node.text().filter(|text| !text.trim().is_empty()) else { return };
        let said = self.dialect.signature(kind, bare, arguments);
        if !is_alike(signature.as_str(), said.as_str()) {
            let message =
                format!("the key says `{}`, its `arguments` are those of `{}`", signature.as_str(), said.as_str());
            self.error(
                message,
                &node.place,
                "",
                "let the two say the same, or leave the types out of the key".to_owned(),
            );
        }
    }

    /// The old name of what types tell apart. Types that are its own still are left out, as they may be in the TOML:
    /// they are found once the live ones are known.
    pub(super) fn signed_name(&self, id: &ObjectId, text: &str) -> Option<Qualified> {
        let (mut name, types) = names::signed(text).ok()?;
        // `"f(integer)"` in double quotes is an address too.
        let whole = types.map_or_else(|| name.name.clone(), |types| format!("{}({types})", name.name));
        if whole.contains('(') {
            let signature = self.dialect.signature(id.kind(), &whole, "");
            let (bare, types) = signature.as_str().split_once('(')?;
            let same = id.name().as_str().split_once('(').is_some_and(|(_, own)| own == types);
            name.name = if same { bare.to_owned() } else { signature.as_str().to_owned() };
        }
        Some(name)
    }
}

/// Whether two signatures have the same types, as far as they can be compared: one may have the schema of a type.
fn is_alike(one: &str, other: &str) -> bool {
    let types = |text: &str| -> Vec<String> {
        let list = text.split_once('(').map_or("", |(_, list)| list);
        list.trim_end_matches(')')
            .split(", ")
            .map(|ty| ty.rsplit('.').next().unwrap_or_default().to_lowercase())
            .collect()
    };
    types(one) == types(other)
}
