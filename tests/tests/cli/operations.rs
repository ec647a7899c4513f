//! Every operation of the two products: the exact request of its command, written down without the table of commands.

use serde_json::json;

use super::run;
use super::support::spec::Spec;
use super::support::{AUTHORIZATION, Reply, Request, Server};

/// Returns an object, which is also an empty page of any list.
fn reply(request: &Request) -> Reply {
    if request.method == "DELETE" {
        return Reply::empty(204);
    }
    let keys = [
        "billing_periods",
        "commands",
        "data_sessions",
        "esim_profiles",
        "fleets",
        "ip_addresses",
        "ip_commands",
        "network_access_profiles",
        "networks",
        "rate_plans",
        "settings_updates",
        "sims",
        "sms_commands",
        "usage_records",
    ];
    let lists = keys.into_iter().map(|key| (key.to_owned(), json!([])));
    Reply::json(200, &lists.collect::<serde_json::Map<_, _>>().into())
}

fn every_operation(spec: &str, cases: &str) {
    let server = Server::start(reply);
    let mut expected = Vec::new();
    for case in cases.split("\n\n").skip(1) {
        let mut lines = case.trim().lines();
        let words = words(lines.next().unwrap());
        let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = run(&server, &arguments);
        assert_eq!(
            (ran.status, ran.stderr.as_str()),
            (Some(0), ""),
            "{words:?}"
        );
        let requests = server.requests();
        let request = requests.last().unwrap();
        expected.push(lines.next().unwrap().to_owned());
        assert_eq!(server.lines(), expected);
        let form = lines.next().unwrap_or_default();
        assert_eq!(request.text(), form, "{words:?}");
        let content_type = "application/x-www-form-urlencoded";
        let content_type = (!form.is_empty()).then_some(content_type);
        assert_eq!(request.header("content-type"), content_type);
        assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
        assert_eq!(request.header("accept"), Some("application/json"));
        let agent = request.header("user-agent").unwrap_or_default();
        assert!(agent.contains(" twilio-iot/"), "{agent}");
    }
    let gaps = Spec::read(spec).gaps(&server.requests());
    assert!(gaps.is_empty(), "{gaps:#?}");
}

/// Splits a line into words, some of which are in single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

#[test]
fn super_sim() {
    let cases = include_str!("../../fixtures/cli/supersim.txt");
    every_operation("twilio_supersim_v1", cases);
}

#[test]
fn programmable_wireless() {
    let cases = include_str!("../../fixtures/cli/wireless.txt");
    every_operation("twilio_wireless_v1", cases);
}
