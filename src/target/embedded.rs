//! The tables of `profiles/` as `build.rs` takes them apart: TOML is read when the program is built, and costs a run nothing.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

// `PROFILES`, with what each takes over from the one that it extends, versions of a service first, oldest first; and a table for
// each file that is no profile, under its name.
include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// A profile.
pub(super) struct Embedded {
    /// Its name and its aliases.
    pub(super) names: &'static [&'static str],
    /// All that it says.
    pub(super) table: Plain,
}

/// A value of TOML, so far as the tables have any.
#[derive(Debug, Clone, Copy)]
pub(super) enum Plain {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(&'static str),
    /// An array.
    List(&'static [Plain]),
    /// A table, its keys in the order of the file.
    Table(&'static [(&'static str, Plain)]),
}

impl Plain {
    /// The table as the type that says what may stand in it.
    pub(super) fn read<T: DeserializeOwned>(self) -> T {
        T::deserialize(self).expect("the tests read every embedded table")
    }
}

impl IntoDeserializer<'_, Error> for Plain {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Plain {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Bool(truth) => visitor.visit_bool(truth),
            Self::Int(number) => visitor.visit_i64(number),
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().copied())),
            Self::Table(entries) => visitor.visit_map(MapDeserializer::new(entries.iter().copied())),
        }
    }

    /// TOML has no null: what is there is something.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = <&str>::deserialize(self)?;
        IntoDeserializer::<Error>::into_deserializer(text).deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}
