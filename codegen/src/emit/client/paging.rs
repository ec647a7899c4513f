//! Emits how lists are divided into pages.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::{ListEnd, NextPage, PageSize, Paging};

/// The constant of a request that says how its list is divided.
pub(super) fn constant(paging: &Paging) -> TokenStream {
    let Paging {
        items,
        requires_items,
        next,
        size,
    } = paging;
    let (items, next) = (key(items), self::next(next));
    let size = match size {
        Some(PageSize { parameter, largest }) => {
            let largest = Literal::usize_unsuffixed(*largest);
            quote!(Some(runtime::PageSize { parameter: #parameter, largest: #largest }))
        }
        None => quote!(None),
    };
    quote! {
        /// How its list is divided into pages.
        pub(crate) const PAGING: runtime::PagingRule = runtime::PagingRule {
            items: #items,
            requires_items: #requires_items,
            next: runtime::NextPage::#next,
            size: #size,
        };
    }
}

fn next(next: &NextPage<Vec<String>>) -> TokenStream {
    match next {
        NextPage::Url(key) => {
            let key = self::key(key);
            quote!(Url { key: #key })
        }
        NextPage::LinkHeader => quote!(LinkHeader),
        NextPage::Cursor {
            parameter,
            value,
            more,
        } => {
            let (value, more) = (key(value), self::more(more.as_ref()));
            quote!(Cursor { parameter: #parameter, value: #value, more: #more })
        }
        NextPage::LastItem {
            parameter,
            key,
            more,
        } => {
            let (key, more) = (self::key(key), self::more(more.as_ref()));
            quote!(LastItem { parameter: #parameter, key: #key, more: #more })
        }
        NextPage::Number {
            parameter,
            first,
            end,
        } => {
            let (first, end) = (Literal::u64_unsuffixed(*first), self::end(end));
            quote!(Number { parameter: #parameter, first: #first, end: #end })
        }
        NextPage::Offset {
            parameter,
            first,
            end,
        } => {
            let (first, end) = (Literal::u64_unsuffixed(*first), self::end(end));
            quote!(Offset { parameter: #parameter, first: #first, end: #end })
        }
    }
}

fn end(end: &ListEnd<Vec<String>>) -> TokenStream {
    match end {
        ListEnd::EmptyPage => quote!(runtime::ListEnd::EmptyPage),
        ListEnd::More(key) => {
            let key = self::key(key);
            quote!(runtime::ListEnd::More(#key))
        }
        ListEnd::Total(key) => {
            let key = self::key(key);
            quote!(runtime::ListEnd::Total(#key))
        }
    }
}

fn more(key: Option<&Vec<String>>) -> TokenStream {
    match key {
        Some(key) => {
            let key = self::key(key);
            quote!(Some(#key))
        }
        None => quote!(None),
    }
}

fn key(names: &[String]) -> TokenStream {
    quote!(&[#(#names),*])
}
