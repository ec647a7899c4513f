//! Passes the values of a [`Reader`] to visitors.
//!
//! A visitor gets only the kinds of values that its type can use: an object for a struct, a list for a list. So the
//! code of every derived `Deserialize` that reads structs from lists is never compiled. Generic code here is small; the
//! rest is compiled once, with this crate.

use std::borrow::Cow;

use serde::de::{Deserializer, IntoDeserializer as _, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Container, Entries, Members};
use super::choice::{CHOICE, Choice};
use super::cursor::Kind;
use super::fault::Fault;
use super::reader::Reader;

/// The name of a newtype that receives a number's text: as bytes, which JSON does not have.
pub(crate) const NUMBER_TEXT: &str = "$twilio_runtime::NumberText";

impl<'de> Reader<'de> {
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Fault> {
        self.open(b'[')?;
        let value = visitor.visit_seq(Members::new(self))?;
        self.close(b']')?;
        Ok(value)
    }

    fn object<V: Visitor<'de>>(
        &mut self,
        container: Container,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.open(b'{')?;
        let value = visitor.visit_map(Entries::new(self, container))?;
        self.close(b'}')?;
        Ok(value)
    }
}

fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Fault> {
    if let Ok(number) = text.parse::<i64>() {
        visitor.visit_i64(number)
    } else if let Ok(number) = text.parse::<u64>() {
        visitor.visit_u64(number)
    } else {
        visitor.visit_f64(float(text)?)
    }
}

/// Converts a number to the nearest float. serde_json also rejects a number that is too large for any.
fn float(text: &str) -> Result<f64, Fault> {
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Ok(float),
        Ok(_) | Err(_) => Err(Fault::new("number out of range".to_owned())),
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.cursor.kind()? {
            Kind::Null => {
                self.cursor.null()?;
                visitor.visit_unit()
            }
            Kind::Boolean => visitor.visit_bool(self.cursor.boolean()?),
            Kind::Number => visit_number(self.cursor.number()?, visitor),
            Kind::String => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Kind::List => self.list(visitor),
            Kind::Object => self.object(Container::Map, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.cursor.kind()? != Kind::Null {
            return visitor.visit_some(self);
        }
        self.cursor.null()?;
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == NUMBER_TEXT && self.cursor.kind()? == Kind::Number {
            return visitor.visit_borrowed_bytes(self.cursor.number()?.as_bytes());
        }
        if name == CHOICE {
            return visitor.visit_map(Choice::new(self)?);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.must_be(Kind::List, &visitor)?;
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.must_be(Kind::Object, &visitor)?;
        self.object(Container::Map, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.must_be(Kind::Object, &visitor)?;
        self.object(Container::Struct(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.must_be(Kind::String, &visitor)?;
        visitor.visit_enum(self.cursor.string()?.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier
    }
}
