use super::*;

const USAGE: &[u8] =
    b"SimSid=DE1&SimUniqueName=Alice&AccountSid=AC1&DataLimitType=data_limit&DataLimit=1000\
&DataConsumed=750.5&NextUsagePeriod=2026-02-01T00%3A00%3A00Z";
const SMS: &[u8] =
    b"AccountSid=AC1&ApiVersion=v1&CommandSid=HC1&SimSid=HS1&SimUniqueName=&Direction=from_sim\
&Status=received&Payload=caf%C3%A9+%2B1&PayloadType=text";
const IP: &[u8] =
    b"Payload=aGVsbG8%3D&SimUniqueName=Alice&CommandSid=HG1&SimIccid=8988&DeviceIp=10.1.2.3\
&DevicePort=5000&PayloadType=binary";
const WIRELESS: &[u8] =
    b"CommandSid=DC1&SimSid=DE1&ErrorCode=21617&ErrorMessage=to+Alice&CommandStatus=failed\
&CommandMode=text&Command=wake";

#[test]
fn usage_notifications() {
    let event = Event::from_form(USAGE);
    assert_eq!(event.kind(), EventKind::UsageNotification);
    assert_eq!(event.sim_sid(), Some("DE1"));
    assert_eq!(event.sim_unique_name(), Some("Alice"));
    assert_eq!(event.account_sid(), Some("AC1"));
    assert_eq!(event.data_limit_type(), Some(DataLimitType::Data));
    assert_eq!(event.data_limit(), Some(Decimal::from(1000)));
    assert_eq!(event.data_consumed(), Some(Decimal::new(7505, 1)));
    assert_eq!(event.next_usage_period(), Some("2026-02-01T00:00:00Z"));
}

#[test]
fn sms_commands() {
    let event = Event::from_form(SMS);
    assert_eq!(event.kind(), EventKind::SmsCommand);
    assert_eq!(event.command_sid(), Some("HC1"));
    assert_eq!(event.api_version(), Some("v1"));
    assert_eq!(event.direction(), Some("from_sim"));
    assert_eq!(event.status(), Some("received"));
    assert_eq!(event.payload(), Some("café +1"));
    assert_eq!(event.payload_type(), Some("text"));
    assert_eq!(event.payload_bytes(), None);
    assert_eq!(event.sim_unique_name(), None, "it is empty");
    assert_eq!(event.get("SimUniqueName"), Some(""));
}

#[test]
fn ip_commands() {
    let event = Event::from_form(IP);
    assert_eq!(event.kind(), EventKind::IpCommand);
    assert_eq!(event.payload(), Some("aGVsbG8="));
    assert_eq!(event.payload_bytes().as_deref(), Some(&b"hello"[..]));
    assert_eq!(event.sim_iccid(), Some("8988"));
    assert_eq!(event.device_ip(), Some("10.1.2.3"));
    assert_eq!(event.device_port(), Some(5000));
}

#[test]
fn wireless_commands() {
    let event = Event::from_form(WIRELESS);
    assert_eq!(event.kind(), EventKind::WirelessCommand);
    assert_eq!(event.error_code(), Some(21617));
    assert_eq!(event.error_message(), Some("to Alice"));
    assert_eq!(event.command_status(), Some("failed"));
    assert_eq!(event.command_mode(), Some("text"));
    assert_eq!(event.command(), Some("wake"));
}

#[test]
fn kind_follows_from_names_without_a_sid() {
    for (form, kind) in [
        ("NextUsagePeriod=", EventKind::UsageNotification),
        ("DataLimitType=new", EventKind::UsageNotification),
        ("CommandStatus=sent", EventKind::WirelessCommand),
        ("DevicePort=x", EventKind::IpCommand),
        ("Payload=aGVsbG8%3D&SimUniqueName=a", EventKind::Other),
        ("CommandSid=é", EventKind::Other),
        ("CommandSid=H", EventKind::Other),
        ("", EventKind::Other),
    ] {
        assert_eq!(Event::from_query(form).kind(), kind, "{form}");
    }
}

#[test]
fn unknown_and_invalid_values_are_readable() {
    let event = Event::from_query(
        "DataLimitType=daily&DataLimit=lots&DevicePort=70000&ErrorCode=&New=1&New=2",
    );
    let other = DataLimitType::Other("daily".to_owned());
    assert_eq!(event.data_limit_type(), Some(other));
    assert_eq!(event.data_limit(), None);
    assert_eq!(event.get("DataLimit"), Some("lots"));
    assert_eq!(event.device_port(), None);
    assert_eq!(event.error_code(), None);
    assert_eq!(event.get("New"), Some("1"));
    let news = event.iter().filter(|(name, _)| *name == "New");
    assert_eq!(news.map(|it| it.1).collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn requests_are_parsed_from_body_or_query() {
    let request = http::Request::get("/?SimSid=query").body(()).unwrap();
    let parts = request.into_parts().0;
    let event = Event::from_request(&parts, b"");
    assert_eq!(event.sim_sid(), Some("query"));
    let event = Event::from_request(&parts, b"SimSid=form");
    assert_eq!(event.sim_sid(), Some("form"));
}

#[test]
fn arbitrary_bytes_are_accepted() {
    let everything: Vec<u8> = (0..=u8::MAX).cycle().take(100_000).collect();
    for body in [
        &b"\xff=%ff&Payload=%"[..],
        b"{\"a\": 1}",
        b"====",
        &everything,
    ] {
        let event = Event::from_form(body);
        let _ = (event.kind(), event.payload_bytes(), event.data_limit());
        let _ = format!("{event:?}");
    }
    assert_eq!(
        Event::from_form(b"\xff=%ff").get("\u{FFFD}"),
        Some("\u{FFFD}")
    );
}

#[test]
fn debug_shows_no_personal_data() {
    let event = Event::from_form(IP);
    assert_eq!(
        format!("{event:?}"),
        r#"{"Payload": <redacted>, "SimUniqueName": <redacted>, "CommandSid": "HG1", "SimIccid": <redacted>, "DeviceIp": <redacted>, "DevicePort": "5000", "PayloadType": "binary"}"#
    );
    for form in [
        USAGE,
        SMS,
        WIRELESS,
        b"Owner=Alice",
        br#"{"name": "Alice"}"#,
    ] {
        let text = format!("{:?}", Event::from_form(form));
        for secret in ["Alice", "caf", "wake"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
