//! Decides what happens to a construct that the generator does not support. No other module decides this.
//!
//! | the document says | the crate has | diagnostic |
//! |---|---|---|
//! | an unknown `format` | the bare type | note, once for each format |
//! | a keyword that does not apply to its type | the type | note, once for each keyword and type |
//! | a shape that no type describes | arbitrary JSON | warning at the place |
//! | a base schema with more than a hundred subclasses | its own fields | warning at the discriminator |
//! | an HTTP authentication scheme that the client does not know | `Authorization` from the caller | warning at the scheme |
//! | an optional header with a name that no header can have | the other parameters | warning at the parameter |
//! | an operation that cannot be called correctly | nothing | error |
//!
//! A crate never sends or reads anything else than its document says.

use super::Lowering;
use super::fault::LoweringFault;
use super::keywords::Keywords;
use super::view::Untyped;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Warns that values are arbitrary JSON, once for each place, to which many references may lead.
    pub(super) fn untyped(&mut self, at: &Pointer, untyped: Untyped) {
        let Untyped { keyword, what } = untyped;
        self.report_once(&at.key(keyword), LoweringFault::Untyped { what });
    }

    /// Refuses a construct, once for each place.
    pub(super) fn unsupported(&mut self, at: &Pointer, what: impl Into<String>) {
        let what = what.into();
        self.report_once(at, LoweringFault::Unsupported { what });
    }

    /// Warns that values of a base schema are decoded without the fields of its subclasses.
    pub(super) fn too_many_subclasses(&mut self, base: &Pointer, count: usize) {
        let at = base.key("discriminator");
        self.report_once(&at, LoweringFault::TooManySubclasses { count });
    }

    pub(super) fn report_once(&mut self, at: &Pointer, fault: LoweringFault) {
        if self.degraded.insert((at.clone(), fault.what().to_owned())) {
            self.report(at, fault);
        }
    }

    /// Notes keywords that do not apply to their type, each at its first occurrence in the document.
    pub(super) fn note_keywords(&mut self, at: &Pointer, keywords: &Keywords<'_>) {
        for (keyword, typ) in keywords.ineffective() {
            if self.ineffective.insert((keyword, typ.to_owned())) {
                let typ = typ.to_owned();
                let fault = LoweringFault::IneffectiveKeyword { keyword, typ };
                self.report(&at.key(keyword), fault);
            }
        }
    }
}
