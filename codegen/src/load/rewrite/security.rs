//! Removes security schemes that use TLS client certificates (OpenAPI 3.1.1, Security Scheme Object, `mutualTLS`).

use serde_json::Value;

use super::Rewriter;
use super::fault::RewriteFault;
use crate::path_item::METHODS;
use crate::pointer::Trail;
use crate::tree::Cursor;

impl Rewriter {
    /// Removes schemes whose credentials are not part of a request, and all requirements of them.
    pub(super) fn security(&mut self, document: &mut Cursor<'_>, at: &Trail<'_>) {
        let names = self.without_certificates(document, at);
        if names.is_empty() {
            return;
        }
        demand_nothing_of(document, &names);
        let Some(mut paths) = document.member("paths") else {
            return;
        };
        for path in paths.keys() {
            for method in METHODS {
                let mut item = paths.member(&path);
                if let Some(mut operation) = item.as_mut().and_then(|it| it.member(method)) {
                    demand_nothing_of(&mut operation, &names);
                }
            }
        }
    }

    /// Removes the schemes and returns their names.
    fn without_certificates(&mut self, document: &mut Cursor<'_>, at: &Trail<'_>) -> Vec<String> {
        let at = at.key("components");
        let at = at.key("securitySchemes");
        let mut components = document.member("components");
        let schemes = components.as_mut();
        let Some(mut schemes) = schemes.and_then(|it| it.member("securitySchemes")) else {
            return Vec::new();
        };
        let mut names = schemes.keys();
        names.retain(|name| {
            let scheme = schemes.get(name).and_then(|it| it.get("type"));
            scheme.and_then(Value::as_str) == Some("mutualTLS")
        });
        for name in &names {
            schemes.drop(name);
            self.report(RewriteFault::ClientCertificate, &at.key(name));
        }
        names
    }
}

/// Removes schemes from the alternatives of `security`.
fn demand_nothing_of(owner: &mut Cursor<'_>, names: &[String]) {
    let Some(mut security) = owner.member("security") else {
        return;
    };
    let count = security.value.as_array().map_or(0, Vec::len);
    for index in 0..count {
        if let Some(mut alternative) = security.element(index) {
            for name in names {
                alternative.drop(name);
            }
        }
    }
}
