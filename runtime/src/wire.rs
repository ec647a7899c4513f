//! JSON and the fields of structs: how it is read leniently, and written as services expect it.

mod absent;
pub mod codec;
mod decimal;
mod decimals;
mod defaults;
mod floats;
mod object;
mod scalar;
mod times;
mod union;
mod written;

pub use self::decimals::{
    Decimals, Exact, exact, write_decimal, write_decimals, write_optional_decimal,
};
pub use self::defaults::{default_decimals, default_json};
pub use self::floats::{Finite, finite, write_floats};
pub use self::object::{FromObject, fill, insert, next_key, object, open_object, present, skip};
pub use self::times::{
    InSeconds, in_seconds, write_date_time_rfc2822, write_date_times,
    write_optional_date_time_rfc2822,
};
pub use self::union::{Union, union};
pub use self::written::{Write, Written};
