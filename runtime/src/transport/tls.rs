//! Describes certificate errors of the TLS libraries.

use std::error::Error as StdError;

/// The error of a private root certificate, or of a TLS-intercepting gateway.
pub(super) const UNKNOWN_ISSUER: &str = "the certificate's issuer is not trusted";
const EXPIRED: &str = "the certificate has expired";
const NOT_YET_VALID: &str = "the certificate is not valid yet";
const REVOKED: &str = "the certificate was revoked";
const OTHER_HOST: &str = "the certificate is for another host";
const INVALID: &str = "the certificate is not valid";
const CLIENT_CERTIFICATE: &str = "the server wants a client certificate";

/// Returns what is wrong with either side's certificate; `None` if `error` is about something else.
pub(super) fn certificate_fault(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    #[cfg(feature = "__rustls")]
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return rustls_fault(error);
    }
    #[cfg(feature = "native-tls")]
    return named_fault(&error.to_string());
    #[cfg(not(feature = "native-tls"))]
    None
}

#[cfg(feature = "__rustls")]
fn rustls_fault(error: &rustls::Error) -> Option<&'static str> {
    use rustls::{AlertDescription, CertificateError};

    if matches!(
        error,
        rustls::Error::AlertReceived(AlertDescription::CertificateRequired)
    ) {
        return Some(CLIENT_CERTIFICATE);
    }
    let rustls::Error::InvalidCertificate(fault) = error else {
        return None;
    };
    let found = if matches!(
        fault,
        CertificateError::Expired | CertificateError::ExpiredContext { .. }
    ) {
        EXPIRED
    } else if matches!(
        fault,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }
    ) {
        NOT_YET_VALID
    } else if matches!(
        fault,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
    ) {
        OTHER_HOST
    } else if *fault == CertificateError::UnknownIssuer {
        UNKNOWN_ISSUER
    } else if *fault == CertificateError::Revoked {
        REVOKED
    } else {
        INVALID
    };
    Some(found)
}

/// Messages of OpenSSL, Secure Transport and Schannel, whose errors have no types for this. The first match wins.
#[cfg(any(feature = "native-tls", test))]
const NAMED: [(&str, &str); 19] = [
    ("certificate has expired", EXPIRED),
    ("certificate is not yet valid", NOT_YET_VALID),
    ("certificate revoked", REVOKED),
    ("hostname mismatch", OTHER_HOST),
    ("IP address mismatch", OTHER_HOST),
    ("unable to get local issuer certificate", UNKNOWN_ISSUER),
    ("self-signed certificate", UNKNOWN_ISSUER),
    ("self signed certificate", UNKNOWN_ISSUER),
    ("certificate verify failed", INVALID),
    ("certificate required", CLIENT_CERTIFICATE),
    ("The certificate was not trusted", UNKNOWN_ISSUER),
    // SEC_E_UNTRUSTED_ROOT, SEC_E_CERT_EXPIRED, SEC_E_WRONG_PRINCIPAL, CRYPT_E_REVOKED.
    ("-2146893019", UNKNOWN_ISSUER),
    ("-2146893016", EXPIRED),
    ("-2146893022", OTHER_HOST),
    ("-2146885616", REVOKED),
    // CERT_E_EXPIRED, CERT_E_UNTRUSTEDROOT, CERT_E_CN_NO_MATCH, CERT_E_REVOKED.
    ("-2146762495", EXPIRED),
    ("-2146762487", UNKNOWN_ISSUER),
    ("-2146762481", OTHER_HOST),
    ("-2146762484", REVOKED),
];

#[cfg(any(feature = "native-tls", test))]
fn named_fault(text: &str) -> Option<&'static str> {
    let found = NAMED.iter().find(|(part, _)| text.contains(part));
    found.map(|(_, fault)| *fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openssl_errors_are_distinguished() {
        let written = |reason: &str| {
            format!(
                "error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify \
                 failed:../ssl/statem/statem_clnt.c:1890: ({reason})"
            )
        };
        for (reason, fault) in [
            ("certificate has expired", EXPIRED),
            ("certificate is not yet valid", NOT_YET_VALID),
            ("certificate revoked", REVOKED),
            ("hostname mismatch", OTHER_HOST),
            ("unable to get local issuer certificate", UNKNOWN_ISSUER),
            (
                "self-signed certificate in certificate chain",
                UNKNOWN_ISSUER,
            ),
            ("unsuitable certificate purpose", INVALID),
        ] {
            assert_eq!(named_fault(&written(reason)), Some(fault));
        }
        assert_eq!(named_fault("unexpected eof while reading"), None);
    }

    #[cfg(feature = "__rustls")]
    #[test]
    fn rustls_errors_are_distinguished() {
        use rustls::{AlertDescription, CertificateError};

        for (error, fault) in [
            (CertificateError::Expired, EXPIRED),
            (CertificateError::NotValidYet, NOT_YET_VALID),
            (CertificateError::Revoked, REVOKED),
            (CertificateError::NotValidForName, OTHER_HOST),
            (CertificateError::UnknownIssuer, UNKNOWN_ISSUER),
            (CertificateError::BadSignature, INVALID),
        ] {
            let error = rustls::Error::InvalidCertificate(error);
            assert_eq!(certificate_fault(&error), Some(fault));
        }
        let alert = rustls::Error::AlertReceived(AlertDescription::CertificateRequired);
        assert_eq!(certificate_fault(&alert), Some(CLIENT_CERTIFICATE));
        assert_eq!(certificate_fault(&rustls::Error::DecryptError), None);
    }
}
