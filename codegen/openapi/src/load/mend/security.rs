//! Corrects security schemes: types in another spelling, those of Swagger 2.0, and fields that no client needs.

use serde_json::{Map, Value, json};

use super::Mender;
use super::fault::MendFault;
use crate::load::check::rule::ObjectRule;
use crate::pointer::Trail;
use crate::tree::Cursor;

/// The types, and the texts that are read as them.
const TYPES: [(&str, &[&str]); 5] = [
    ("apiKey", &["apikey", "api_key", "api-key"]),
    ("http", &["http"]),
    ("oauth2", &["oauth2", "oauth", "oauth2.0"]),
    ("openIdConnect", &["openidconnect", "openid", "oidc"]),
    ("mutualTLS", &["mutualtls"]),
];

/// The HTTP schemes that are written as a type.
const SCHEMES: [(&str, &str); 3] = [("basic", "basic"), ("bearer", "bearer"), ("jwt", "bearer")];

impl Mender {
    /// Corrects a security scheme.
    pub(super) fn security_scheme(
        &mut self,
        rule: &ObjectRule,
        scheme: &mut Cursor<'_>,
        at: &Trail<'_>,
    ) {
        let found = scheme.text("type").unwrap_or_default().to_owned();
        let plain = found.trim().to_ascii_lowercase();
        let known = TYPES.iter().find(|(_, it)| it.contains(&plain.as_str()));
        let http = SCHEMES.iter().find(|(it, _)| *it == plain);
        if let Some((_, name)) = http {
            if !scheme.has("scheme") {
                scheme.set("scheme", *name, "type");
            }
            self.respell_type(scheme, &found, "http", at);
        } else if let Some((known, _)) = known.filter(|(it, _)| *it != found) {
            self.respell_type(scheme, &found, known, at);
        }
        match scheme.text("type") {
            Some("oauth2")
                if !scheme.has("flows") && scheme.get("flow").is_none_or(Value::is_string) =>
            {
                self.older_flow(rule, scheme, at);
            }
            Some("http") if !scheme.has("scheme") && scheme.has("bearerFormat") => {
                scheme.set("scheme", "bearer", "type");
                let (object, field) = (rule.name, "scheme");
                self.report(MendFault::Supplied { object, field }, at);
            }
            Some("openIdConnect") if !scheme.has("openIdConnectUrl") => {
                self.supply(rule, scheme, "openIdConnectUrl", "", at);
            }
            Some(_) | None => {}
        }
    }

    fn respell_type(&mut self, scheme: &mut Cursor<'_>, found: &str, taken: &str, at: &Trail<'_>) {
        scheme.set("type", taken, "type");
        let (found, taken) = (found.to_owned(), taken.to_owned());
        self.report(MendFault::Respelled { found, taken }, &at.key("type"));
    }

    /// Turns the flow of Swagger 2.0 into one of OpenAPI 3. Without any, the caller has a token.
    fn older_flow(&mut self, rule: &ObjectRule, scheme: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(flow) = scheme.text("flow") else {
            self.supply(rule, scheme, "flows", Map::new(), at);
            return;
        };
        let flow = match flow {
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            other => other,
        };
        let flow = flow.to_owned();
        let mut fields = Map::new();
        for field in ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"] {
            if let Some(value) = scheme.drop(field) {
                fields.insert(field.to_owned(), value);
            }
        }
        scheme.drop("flow");
        scheme.set("flows", json!({flow: fields}), "flow");
        let field = "flow";
        self.report(MendFault::Older { field }, &at.key(field));
    }

    /// Supplies what a flow lacks and no client needs: its scopes, and URLs that only a browser opens.
    pub(super) fn flow(&mut self, rule: &ObjectRule, flow: &mut Cursor<'_>, at: &Trail<'_>) {
        if !flow.has("scopes") {
            self.supply(rule, flow, "scopes", Map::new(), at);
        }
        // Callers give the URL of tokens to the client.
        let has_token = rule.fields.iter().any(|it| it.name == "tokenUrl");
        if has_token && flow.get("tokenUrl").is_none_or(Value::is_null) {
            self.supply(rule, flow, "tokenUrl", "", at);
        }
        if rule
            .fields
            .iter()
            .any(|it| it.name == "authorizationUrl" && it.required)
            && !flow.has("authorizationUrl")
        {
            self.supply(rule, flow, "authorizationUrl", "", at);
        }
    }
}
