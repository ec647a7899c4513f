//! The parameters of a webhook, as an open map. Parsing never fails.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::request::Parts;
use rust_decimal::Decimal;

use super::form::pairs;
use crate::redacted::Redacted;

/// The parameters that `Debug` shows with their values. All others, including new ones, may be personal data.
const SHOWN: [&str; 15] = [
    "AccountSid",
    "ApiVersion",
    "CommandMode",
    "CommandSid",
    "CommandStatus",
    "DataConsumed",
    "DataLimit",
    "DataLimitType",
    "DevicePort",
    "Direction",
    "ErrorCode",
    "NextUsagePeriod",
    "PayloadType",
    "SimSid",
    "Status",
];

/// The parameters of which `Debug` shows only the name.
const NAMED: [&str; 6] = [
    "Command",
    "DeviceIp",
    "ErrorMessage",
    "Payload",
    "SimIccid",
    "SimUniqueName",
];

/// The parameters of a webhook. Any may be missing, and any may be new.
///
/// Accessors of known names return `None` for a parameter that is missing, empty or of another type; [`Event::get`]
/// returns the text of any. `Debug` shows no value that may be personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    parameters: Vec<(String, String)>,
}

/// The subject of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventKind {
    /// A SIM of Programmable Wireless approached or reached a data limit of its rate plan, or was reset:
    /// [`Event::data_limit_type`], [`Event::data_limit`], [`Event::data_consumed`], [`Event::next_usage_period`].
    UsageNotification,
    /// A Super SIM sent an SMS, or one to it progressed: [`Event::payload`], [`Event::direction`], [`Event::status`].
    SmsCommand,
    /// A Super SIM sent data over IP, or data to it progressed: [`Event::payload_bytes`], [`Event::device_ip`],
    /// [`Event::device_port`], [`Event::status`].
    IpCommand,
    /// A SIM of Programmable Wireless sent a command, or one to it progressed: [`Event::command`],
    /// [`Event::command_status`], [`Event::error_code`].
    WirelessCommand,
    /// Something else, or unknown.
    Other,
}

crate::open_enum! {
    /// The data limit that a usage notification is about.
    pub enum DataLimitType {
        Data = "data_limit",
        InternationalRoaming = "international_roaming_data_limit",
        NationalRoaming = "national_roaming_data_limit",
    }
}

impl Event {
    /// Parses the form body of a `POST`. Invalid UTF-8 is replaced by U+FFFD.
    pub fn from_form(body: &[u8]) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let parameters = pairs(body).map(|(name, value)| (text(name), text(value)));
        Self {
            parameters: parameters.collect(),
        }
    }

    /// Parses the query of a `GET`, without its `?`.
    pub fn from_query(query: &str) -> Self {
        Self::from_form(query.as_bytes())
    }

    /// Parses the form body of a request or, if that is empty, its query.
    pub fn from_request(parts: &Parts, body: &[u8]) -> Self {
        if body.is_empty() {
            Self::from_query(parts.uri.query().unwrap_or_default())
        } else {
            Self::from_form(body)
        }
    }

    /// Returns the subject of the webhook, from the SID of its command or from names that only one kind has.
    ///
    /// A URL that receives only one kind does not need this.
    pub fn kind(&self) -> EventKind {
        let has = |names: &[&str]| names.iter().any(|name| self.get(name).is_some());
        let prefix = self.command_sid().and_then(|sid| sid.get(..2));
        match prefix {
            Some("HC") => EventKind::SmsCommand,
            Some("HG") => EventKind::IpCommand,
            Some("DC") => EventKind::WirelessCommand,
            _ if has(&["DataLimitType", "DataConsumed", "NextUsagePeriod"]) => {
                EventKind::UsageNotification
            }
            _ if has(&["Command", "CommandMode", "CommandStatus"]) => EventKind::WirelessCommand,
            _ if has(&["DeviceIp", "DevicePort"]) => EventKind::IpCommand,
            _ => EventKind::Other,
        }
    }

    /// Returns the text of a parameter, the first if there are several. Names are spelled as the service does:
    /// `SimSid`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(it, _)| *it == name).map(|it| it.1)
    }

    /// Returns the names and texts of all parameters, in their original order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }
}

/// Parameters of every kind.
impl Event {
    /// Returns `AccountSid`: `AC…`.
    pub fn account_sid(&self) -> Option<&str> {
        self.text("AccountSid")
    }

    /// Returns `ApiVersion`.
    pub fn api_version(&self) -> Option<&str> {
        self.text("ApiVersion")
    }

    /// Returns `SimSid`: `HS…` for a Super SIM, `DE…` for Programmable Wireless.
    pub fn sim_sid(&self) -> Option<&str> {
        self.text("SimSid")
    }

    /// Returns `SimUniqueName`, if the SIM has one.
    pub fn sim_unique_name(&self) -> Option<&str> {
        self.text("SimUniqueName")
    }
}

/// Parameters of usage notifications.
impl Event {
    /// Returns `DataLimitType`.
    pub fn data_limit_type(&self) -> Option<DataLimitType> {
        self.text("DataLimitType").map(DataLimitType::from)
    }

    /// Returns `DataLimit`, as the service counts it.
    pub fn data_limit(&self) -> Option<Decimal> {
        self.text("DataLimit")?.parse().ok()
    }

    /// Returns `DataConsumed`, in the unit of [`Event::data_limit`].
    pub fn data_consumed(&self) -> Option<Decimal> {
        self.text("DataConsumed")?.parse().ok()
    }

    /// Returns `NextUsagePeriod`, unparsed.
    pub fn next_usage_period(&self) -> Option<&str> {
        self.text("NextUsagePeriod")
    }
}

/// Parameters of commands.
impl Event {
    /// Returns `CommandSid`: `HC…` for an SMS, `HG…` for IP, `DC…` for Programmable Wireless.
    pub fn command_sid(&self) -> Option<&str> {
        self.text("CommandSid")
    }

    /// Returns `Direction`: `from_sim` or `to_sim`.
    pub fn direction(&self) -> Option<&str> {
        self.text("Direction")
    }

    /// Returns `Status`, of a Super SIM's command.
    pub fn status(&self) -> Option<&str> {
        self.text("Status")
    }

    /// Returns `Payload` unchanged, of a Super SIM's command.
    pub fn payload(&self) -> Option<&str> {
        self.text("Payload")
    }

    /// Returns the bytes of `Payload`, if it is base64.
    ///
    /// That of an IP command is. Do not call this for an SMS whose [`Event::payload_type`] is `text`, which may look
    /// like base64 by chance.
    pub fn payload_bytes(&self) -> Option<Vec<u8>> {
        STANDARD.decode(self.text("Payload")?).ok()
    }

    /// Returns `PayloadType`: `text` or `binary`.
    pub fn payload_type(&self) -> Option<&str> {
        self.text("PayloadType")
    }

    /// Returns `SimIccid`, of a command over IP.
    pub fn sim_iccid(&self) -> Option<&str> {
        self.text("SimIccid")
    }

    /// Returns `DeviceIp`, of a command over IP.
    pub fn device_ip(&self) -> Option<&str> {
        self.text("DeviceIp")
    }

    /// Returns `DevicePort`, of a command over IP.
    pub fn device_port(&self) -> Option<u16> {
        self.text("DevicePort")?.parse().ok()
    }

    /// Returns `Command`, the content of a command of Programmable Wireless.
    pub fn command(&self) -> Option<&str> {
        self.text("Command")
    }

    /// Returns `CommandMode`, of Programmable Wireless: `text` or `binary`.
    pub fn command_mode(&self) -> Option<&str> {
        self.text("CommandMode")
    }

    /// Returns `CommandStatus`, of Programmable Wireless.
    pub fn command_status(&self) -> Option<&str> {
        self.text("CommandStatus")
    }

    /// Returns `ErrorCode`, of a command that failed.
    pub fn error_code(&self) -> Option<i64> {
        self.text("ErrorCode")?.parse().ok()
    }

    /// Returns `ErrorMessage`, of a command that failed.
    pub fn error_message(&self) -> Option<&str> {
        self.text("ErrorMessage")
    }
}

/// Shows only values that are known not to be personal data. Unknown names are hidden, too: the name in a body that is
/// not a form is the whole body.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.iter() {
            match (SHOWN.contains(&name), NAMED.contains(&name)) {
                (true, _) => map.entry(&name, &value),
                (_, true) => map.entry(&name, &Redacted),
                _ => map.entry(&Redacted, &Redacted),
            };
        }
        map.finish()
    }
}

#[cfg(test)]
mod tests;
