//! Lowers security schemes, and the credentials of each operation.

use openapiv3::{
    APIKeyLocation, OAuth2Flows, Operation as SpecOperation, SecurityRequirement,
    SecurityScheme as SpecScheme,
};

use super::fault::LoweringFault;
use super::resolve;
use super::{Lowering, sorted};
use crate::api::{Credential, KeyLocation, Requirement, SecurityScheme, Signing, TokenUrlBase};
use crate::load;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Lowers the schemes of `components`, by name.
    pub(super) fn security_schemes(&mut self) -> Vec<(String, SecurityScheme)> {
        let at = Pointer::root().key("components").key("securitySchemes");
        let Some(components) = &self.spec.components else {
            return Vec::new();
        };
        let mut schemes = Vec::new();
        for (name, scheme) in &components.security_schemes {
            let Some(found) = resolve::security_scheme(self.spec, &at.key(name), scheme) else {
                continue; // Refused by `load`.
            };
            match self.security_scheme(found.item) {
                Ok(scheme) => {
                    self.report_limits(&found.at, &scheme);
                    schemes.push((name.clone(), scheme));
                }
                Err((field, what)) => self.unsupported(&found.at.key(field), what),
            }
        }
        schemes
    }

    /// Reports what the client does not do for a scheme.
    fn report_limits(&mut self, at: &Pointer, scheme: &SecurityScheme) {
        match scheme {
            SecurityScheme::Http(scheme) => {
                let scheme = scheme.clone();
                self.report_once(&at.key("scheme"), LoweringFault::OtherHttpScheme { scheme });
            }
            SecurityScheme::ClientCredentials {
                token_url: url,
                base: TokenUrlBase::Unknown,
                ..
            } if !url.is_empty() => {
                let at = at.key("flows").key("clientCredentials").key("tokenUrl");
                let url = url.clone();
                self.report_once(&at, LoweringFault::UnknownTokenUrl { url });
            }
            SecurityScheme::Basic
            | SecurityScheme::Bearer { .. }
            | SecurityScheme::ClientCredentials { .. }
            | SecurityScheme::ApiKey { .. }
            | SecurityScheme::ClientCertificate => {}
        }
    }

    /// Lowers a security scheme, or returns the field and the construct that is not supported.
    fn security_scheme(
        &mut self,
        scheme: &SpecScheme,
    ) -> Result<SecurityScheme, (&'static str, String)> {
        match scheme {
            SpecScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                Ok(SecurityScheme::Basic)
            }
            SpecScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                Ok(SecurityScheme::Bearer { urls: Vec::new() })
            }
            SpecScheme::HTTP { scheme, .. } if scheme == load::CLIENT_CERTIFICATE => {
                Ok(SecurityScheme::ClientCertificate)
            }
            SpecScheme::HTTP { scheme, .. } => Ok(SecurityScheme::Http(scheme.clone())),
            SpecScheme::OAuth2 { flows, .. } => match &flows.client_credentials {
                Some(flow) => Ok(SecurityScheme::ClientCredentials {
                    token_url: flow.token_url.clone(),
                    base: self.token_url_base(&flow.token_url),
                    scopes: sorted(flow.scopes.keys()),
                }),
                // Every other flow also results in a token.
                None => Ok(SecurityScheme::Bearer {
                    urls: urls_of(flows),
                }),
            },
            SpecScheme::APIKey { location, name, .. } => {
                let location = match location {
                    APIKeyLocation::Header => KeyLocation::Header,
                    APIKeyLocation::Query => KeyLocation::Query,
                    APIKeyLocation::Cookie => KeyLocation::Cookie,
                };
                if location != KeyLocation::Query && !is_token(name) {
                    let what = format!(
                        "an API key with the name `{name}`, which is not valid for a header or a cookie,"
                    );
                    return Err(("name", what));
                }
                Ok(SecurityScheme::ApiKey {
                    location,
                    name: name.clone(),
                })
            }
            SpecScheme::OpenIDConnect {
                open_id_connect_url,
                ..
            } => Ok(SecurityScheme::Bearer {
                urls: vec![("OpenID Connect URL".to_owned(), open_id_connect_url.clone())],
            }),
        }
    }

    /// The credentials of a call. An empty alternative anywhere in the list makes credentials optional; it is tried
    /// last, so that callers with credentials send them.
    pub(super) fn signing(&self, spec: &SpecOperation) -> Signing {
        let Some(requirements) = spec.security.as_ref().or(self.spec.security.as_ref()) else {
            return self.signing_unsaid();
        };
        let mut alternatives: Vec<Vec<Credential>> = Vec::new();
        for alternative in requirements.iter().filter(|it| !it.is_empty()) {
            let mut wanted = Vec::new();
            for name in alternative.keys() {
                let known = self.security_schemes.iter().find(|(it, _)| it == name);
                // An undeclared scheme, which `load` has reported, is sent like most others.
                let usual = Some(Credential::Authorization);
                let credential = known.map_or(usual, |(_, scheme)| credential(scheme));
                // Schemes that share `Authorization` are one header.
                wanted.extend(credential.filter(|it| !wanted.contains(it)));
            }
            if !wanted.is_empty() && !alternatives.contains(&wanted) {
                alternatives.push(wanted);
            }
        }
        let demands_nothing = |it: &SecurityRequirement| it.keys().all(|it| !self.is_sent(it));
        if requirements.iter().any(demands_nothing) || requirements.is_empty() {
            alternatives.push(Vec::new());
        }
        signing_of(alternatives)
    }

    /// Whether the credentials of a scheme are part of requests.
    fn is_sent(&self, name: &str) -> bool {
        let known = self.security_schemes.iter().find(|(it, _)| it == name);
        known.is_none_or(|(_, scheme)| scheme.is_sent())
    }

    /// The credentials of a call without `security`: optional, with API keys as the schemes describe them.
    fn signing_unsaid(&self) -> Signing {
        let schemes = self.security_schemes.iter();
        let keys = schemes.filter_map(|(_, scheme)| credential(scheme));
        let keys = keys.filter(|it| *it != Credential::Authorization);
        let mut alternatives = vec![vec![Credential::Authorization]];
        alternatives.extend(keys.map(|it| vec![it]));
        alternatives.push(Vec::new());
        signing_of(alternatives)
    }

    /// The security requirements of an operation, in the order of the document.
    pub(super) fn security(&self, spec: &SpecOperation) -> Vec<Vec<Requirement>> {
        let alternatives = spec.security.as_ref().or(self.spec.security.as_ref());
        let requirement = |(scheme, scopes): (&String, &Vec<String>)| Requirement {
            scheme: scheme.clone(),
            scopes: sorted(scopes),
        };
        alternatives
            .into_iter()
            .flatten()
            .map(|alternative| alternative.iter().map(requirement).collect())
            .collect()
    }
}

/// Simplifies common cases.
fn signing_of(alternatives: Vec<Vec<Credential>>) -> Signing {
    let is_usual = |it: &Vec<Credential>| *it == [Credential::Authorization];
    match alternatives.as_slice() {
        [] => Signing::Nothing,
        [only] if only.is_empty() => Signing::Nothing,
        [only] if is_usual(only) => Signing::Usual,
        [first, last] if is_usual(first) && last.is_empty() => Signing::Optional,
        [..] => Signing::OneOf(alternatives),
    }
}

/// The credential of a scheme that is part of requests.
fn credential(scheme: &SecurityScheme) -> Option<Credential> {
    match scheme {
        SecurityScheme::Basic
        | SecurityScheme::Bearer { .. }
        | SecurityScheme::ClientCredentials { .. }
        | SecurityScheme::Http(_) => Some(Credential::Authorization),
        SecurityScheme::ApiKey { location, name } => Some(Credential::Key {
            location: *location,
            name: name.clone(),
        }),
        SecurityScheme::ClientCertificate => None,
    }
}

/// The URLs where callers get tokens in each flow (RFC 6749 §3).
fn urls_of(flows: &OAuth2Flows) -> Vec<(String, String)> {
    let OAuth2Flows {
        implicit,
        password,
        client_credentials: _, // `None` here
        authorization_code,
        extensions: _,
    } = flows;
    let implicit = implicit
        .iter()
        .map(|it| ("authorization", "implicit", &it.authorization_url));
    let password = password
        .iter()
        .map(|it| ("token", "password", &it.token_url));
    let code = authorization_code.iter().flat_map(|it| {
        [
            ("authorization", "authorizationCode", &it.authorization_url),
            ("token", "authorizationCode", &it.token_url),
        ]
    });
    let urls = implicit.chain(password).chain(code);
    urls.map(|(what, flow, url)| (format!("{what} URL of the flow `{flow}`"), url.clone()))
        .collect()
}

/// Whether a text is a valid header or cookie name (RFC 9110 §5.6.2, RFC 6265 §4.1.1).
pub(super) fn is_token(name: &str) -> bool {
    let is_sign = |it: u8| b"!#$%&'*+-.^_`|~".contains(&it);
    !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || is_sign(it))
}
