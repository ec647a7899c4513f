//! Rewrites security schemes that use TLS client certificates (OpenAPI 3.1.1, Security Scheme Object, `mutualTLS`).

use serde_json::Value;

use super::super::CLIENT_CERTIFICATE;
use super::Rewriter;
use super::fault::RewriteFault;
use crate::pointer::Trail;
use crate::tree::Cursor;

impl Rewriter {
    /// Marks schemes whose credentials are not part of a request. 3.0 cannot express them, but two versions of a
    /// document may differ in them.
    pub(super) fn security(&mut self, document: &mut Cursor<'_>, at: &Trail<'_>) {
        let at = at.key("components");
        let at = at.key("securitySchemes");
        let mut components = document.member("components");
        let schemes = components.as_mut();
        let Some(mut schemes) = schemes.and_then(|it| it.member("securitySchemes")) else {
            return;
        };
        for name in schemes.keys() {
            let scheme = schemes.member(&name);
            let Some(mut scheme) = scheme else {
                continue;
            };
            if scheme.get("type").and_then(Value::as_str) == Some("mutualTLS") {
                scheme.set("scheme", CLIENT_CERTIFICATE, "type");
                scheme.set("type", "http", "type");
                self.report(RewriteFault::ClientCertificate, &at.key(&name));
            }
        }
    }
}
