//! A request as the caller described it. Nothing here depends on the type of the body.

use std::borrow::Cow;

use bytes::Bytes;
use url::Url;

use crate::body::Body;
use crate::byte_stream::ByteStream;
use crate::context::{Context, Draft, TypedBody};
use crate::encode::{self, PathValue};
use crate::error::{
    Error, HeaderParameterError, HeaderParameterProblem, JsonParameterError, PageSizeError,
    one_line,
};
use crate::future::BoxFuture;
use crate::json::Node;
use crate::media_type;
use crate::multipart::{self, Parts};
use crate::operation::{Method, Operation};
use crate::origin;
use crate::paging::PagingRule;
use crate::parameter::Fields;
use crate::received::Received;
use crate::resource::Resource;
use crate::response::Response;
use crate::signing;
use crate::style::{Location, Style};
use crate::vendor::Vendor;

/// The length, in characters, to which the reason is truncated why JSON cannot represent a value.
const REASON_LIMIT: usize = 200;

/// A request as the caller described it: neither escaped nor checked.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) context: Context,
    pub(crate) path_values: Vec<PathValue>,
    pub(crate) query: Fields,
    pub(crate) form: Fields,
    /// The parts of a multipart body.
    parts: Parts,
    /// [`Request::multipart`], if parts were added. Because it is a pointer, programs without parts do not contain it.
    multipart: Option<EncodeParts>,
    /// A body that is not a form, and replaces it.
    pub(crate) body: Option<Body>,
    /// A body of another media type, which replaces all others.
    pub(crate) other_body: Option<(&'static str, Body)>,
    /// The media type of the body, if it is not the default.
    pub(crate) content_type: Option<&'static str>,
    /// The maximum number of items of a list, across all pages.
    pub(crate) limit: Option<usize>,
    /// The number of items per page that the caller asks for.
    pub(crate) page_size: Option<usize>,
    /// How the list is divided into pages, if not by the vendor's conventions.
    pub(crate) paging: Option<&'static PagingRule>,
    /// The maximum page size, if it is not the usual one.
    pub(crate) largest_page: Option<usize>,
    /// The parameters whose values cannot be sent, each with the part of the request that would have carried it.
    pub(crate) faults: Vec<(Location, JsonParameterError)>,
    /// A link to the first page of a list, which replaces the path and the query.
    pub(crate) page_link: Option<String>,
}

/// Encodes the parts of a request.
type EncodeParts = fn(&Request) -> Result<TypedBody, Error>;

/// A request as it would be sent, without its credentials.
#[cfg(feature = "cli")]
pub(crate) struct Outline {
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The request's own headers.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Body>,
}

impl Request {
    /// Creates a request with only the path parameters.
    pub(crate) fn new(resource: &Resource, operation: &'static Operation) -> Self {
        let client = resource.client.clone();
        let (retry_policy, limits) = (client.shared().retry_policy, client.shared().limits);
        let needs_credentials = client.shared().vendor.needs_credentials;
        Self {
            context: Context {
                client,
                product: resource.product,
                operation,
                headers: Fields::default(),
                cookies: Fields::default(),
                credentials: match needs_credentials {
                    true => signing::USUAL,
                    false => signing::OPTIONAL,
                },
                accept: media_type::JSON,
                limits,
                retry_policy,
            },
            path_values: resource.path_values.clone(),
            query: Fields::default(),
            form: Fields::default(),
            parts: Parts::default(),
            multipart: None,
            body: None,
            other_body: None,
            content_type: None,
            limit: None,
            page_size: None,
            paging: None,
            largest_page: None,
            faults: Vec::new(),
            page_link: None,
        }
    }

    pub(crate) fn vendor(&self) -> &'static Vendor {
        self.context.client.shared().vendor
    }

    /// Sends the request when the future is first polled.
    pub(crate) fn send(mut self) -> BoxFuture<Box<Received>> {
        let Some(link) = self.page_link.take() else {
            let draft = self.draft();
            return self.context.send(draft);
        };
        let operation = self.context.operation;
        let page = self.checked_url();
        self.context
            .get(page.and_then(|url| origin::page_url(operation, &url, &link)))
    }

    /// Returns the request to send, unless a parameter cannot be sent.
    fn draft(&mut self) -> Result<Draft, Error> {
        Ok(Draft {
            method: self.context.operation.method,
            url: self.checked_url()?,
            body: self.body()?,
        })
    }

    /// Returns the URL, unless a parameter cannot be sent.
    fn checked_url(&mut self) -> Result<Url, Error> {
        if let Some((_, fault)) = self.faults.pop() {
            return Err(fault.into());
        }
        self.fit_page_size()?;
        self.url()
    }

    /// Sets a query parameter.
    pub(crate) fn set_query(&mut self, name: &'static str, value: String) {
        self.query.set(name, vec![value]);
    }

    /// Sets a field of the form body.
    pub(crate) fn set_form(&mut self, name: &'static str, value: String) {
        self.form.set(name, vec![value]);
    }

    /// Returns the names of the parts of a multipart body.
    pub(crate) fn part_names(&self) -> Vec<&'static str> {
        self.parts.names()
    }

    /// Returns the parts of a multipart body, to add some.
    pub(crate) fn parts_mut(&mut self) -> &mut Parts {
        self.multipart = Some(Self::multipart);
        &mut self.parts
    }

    /// Sets a parameter, encoded as `style` says.
    pub(crate) fn put(
        &mut self,
        location: Location,
        name: &'static str,
        style: Style,
        value: &Node,
    ) {
        let fields = match location {
            Location::Query => &mut self.query,
            Location::Form => &mut self.form,
            Location::Cookie => &mut self.context.cookies,
            Location::Header => {
                let headers = &mut self.context.headers;
                return match encode::simple(value, style) {
                    Some(text) => headers.set_header(name.into(), text),
                    None => headers.remove_header(name),
                };
            }
        };
        fields.put(name, encode::fields(name, value, style));
    }

    /// Records whether the value for `name` can be sent.
    pub(crate) fn note(&mut self, part: Location, name: &str, fault: Option<&str>) {
        self.faults
            .retain(|(other, it)| *other != part || it.parameter != name);
        if let Some(reason) = fault {
            let fault = JsonParameterError {
                operation: self.context.operation.id,
                parameter: name.to_owned(),
                reason: one_line(reason, REASON_LIMIT),
            };
            self.faults.push((part, fault));
        }
    }

    /// Returns a future that sends the request and does not decode the body.
    pub(crate) fn send_raw(self) -> BoxFuture<Response<Bytes>> {
        let received = self.send();
        BoxFuture::new(async move { Ok(received.await?.into_raw()) })
    }

    /// Returns a future that sends the request and does not read the body.
    pub(crate) fn send_stream(mut self) -> BoxFuture<Response<ByteStream>> {
        let draft = self.draft();
        let received = self.context.send::<ByteStream>(draft);
        BoxFuture::new(async move { Ok(received.await?.into_raw()) })
    }

    /// Returns what would be sent, without the credentials.
    ///
    /// # Errors
    ///
    /// Returns the error of a request that cannot be sent because of a parameter.
    #[cfg(feature = "cli")]
    pub(crate) fn outline(mut self) -> Result<Outline, Error> {
        let url = self.checked_url()?;
        let (content_type, body) = match self.body()? {
            Some(body) => (body.content_type, Some(body.body)),
            None => (None, None),
        };
        let headers = self.context.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let cookies = encode::cookies(&self.context.cookies);
        let cookies = (!cookies.is_empty()).then(|| ("Cookie".to_owned(), cookies));
        let content_type = content_type.map(|it| ("Content-Type".to_owned(), it.into_owned()));
        Ok(Outline {
            method: self.context.operation.method,
            url,
            headers: headers.chain(cookies).chain(content_type).collect(),
            body,
        })
    }

    fn url(&self) -> Result<Url, Error> {
        let Context {
            client,
            product,
            operation,
            ..
        } = &self.context;
        let path = encode::path(operation, &self.path_values)?;
        let query = encode::query(&self.query);
        let hosts = &client.shared().hosts;
        hosts.request_url(*product, operation, &path, &query)
    }

    /// Requests pages no larger than the limit needs. The page size of the caller is an upper bound.
    fn fit_page_size(&mut self) -> Result<(), Error> {
        let of_vendor = self.vendor().paging;
        let of_vendor = of_vendor.map(|it| (it.size, it.largest_size));
        let of_rule = |rule: &PagingRule| rule.size.map(|it| (it.parameter, it.largest));
        let Some((parameter, usual)) = self.paging.map_or(of_vendor, of_rule) else {
            return Ok(());
        };
        let largest = self.largest_page.unwrap_or(usual);
        if let Some(page_size) = self.page_size
            && !(1..=largest).contains(&page_size)
        {
            let operation = self.context.operation.id;
            let error = PageSizeError {
                operation,
                page_size,
                largest,
            };
            return Err(error.into());
        }
        if let Some(most) = self.page_size.into_iter().chain(self.limit).min() {
            let size = most.clamp(1, largest);
            self.query.set(parameter, vec![size.to_string()]);
        }
        Ok(())
    }

    /// Returns the body to send. A method that has one (RFC 9110 §9.3) gets an empty form if there is nothing else;
    /// `None` for other methods.
    fn body(&mut self) -> Result<Option<TypedBody>, Error> {
        if self.context.operation.method == Method::Trace {
            return Ok(None);
        }
        let usual = self.content_type.unwrap_or(media_type::JSON);
        // Parts replace a body of another media type.
        let body = self.body.take().filter(|_| self.parts.is_empty());
        let usual = body.map(|body| (usual, body));
        let whole = self.other_body.take().or(usual);
        let whole = whole.map(|(accepted, body)| TypedBody {
            content_type: Some(body.media_type(accepted)),
            body,
        });
        let content_type = whole.as_ref().and_then(|it| it.content_type.as_deref());
        if !content_type.is_none_or(media_type::is_header_value) {
            return Err(self.content_type_fault("Content-Type".to_owned()));
        }
        let multipart = self.multipart.filter(|_| !self.parts.is_empty());
        match (whole, multipart) {
            (Some(body), _) => Ok(Some(body)),
            (None, Some(multipart)) => multipart(self).map(Some),
            (None, None) => Ok(self.form_body()),
        }
    }

    /// Returns the error of a media type that is not a valid header value.
    fn content_type_fault(&self, parameter: String) -> Error {
        let error = HeaderParameterError {
            operation: self.context.operation.id,
            parameter,
            problem: HeaderParameterProblem::Value,
        };
        error.into()
    }

    fn form_body(&self) -> Option<TypedBody> {
        let form = Bytes::from(encode::form(&self.form));
        let is_sent = match self.context.operation.method {
            Method::Post | Method::Put | Method::Patch => true,
            Method::Get | Method::Delete | Method::Options | Method::Head | Method::Trace => {
                !form.is_empty()
            }
        };
        let content_type = match self.content_type {
            Some(it) if media_type::is_form(it) => Some(it),
            // A body that is left out has no type, but some vendors expect a form in place of it, even one of JSON.
            Some(it) if !media_type::is_json(it) => None,
            Some(_) | None => {
                let is_form = !form.is_empty() || self.vendor().sends_empty_forms;
                is_form.then_some(media_type::FORM)
            }
        };
        is_sent.then_some(TypedBody {
            content_type: content_type.map(Cow::Borrowed),
            body: form.into(),
        })
    }

    fn multipart(&self) -> Result<TypedBody, Error> {
        if let Some(name) = self.parts.fault() {
            return Err(self.content_type_fault(format!("Content-Type of {name}")));
        }
        let boundary = multipart::boundary();
        let usual = self.content_type.filter(|it| media_type::is_multipart(it));
        let media_type = usual.unwrap_or(media_type::MULTIPART);
        Ok(TypedBody {
            content_type: Some(format!("{media_type}; boundary={boundary}").into()),
            body: self.parts.write(&boundary),
        })
    }
}
