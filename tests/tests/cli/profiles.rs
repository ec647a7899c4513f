//! Profiles: their content, their permissions, and which one signs in.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use twilio_test_support::ScratchFolder;

use super::support::{ACCOUNT, AUTHORIZATION, Reply, Server, TOKEN};
use super::{Run, finish, program};

/// A user with a settings folder.
struct Person {
    home: ScratchFolder,
}

impl Person {
    fn new() -> Self {
        Self {
            home: ScratchFolder::new("profiles"),
        }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("settings")
    }

    fn file(&self) -> PathBuf {
        self.folder().join("profiles.json")
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command.env("TWILIO_IOT_CONFIG", self.folder());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        finish(self.program(arguments))
    }

    /// Adds a profile with values from standard input.
    fn add(&self, arguments: &[&str], lines: &str) -> Run {
        let mut command = self.program(&[&["profile", "add"], arguments].concat());
        let mut input = tempfile::tempfile().unwrap();
        input.write_all(lines.as_bytes()).unwrap();
        std::io::Seek::rewind(&mut input).unwrap();
        command.stdin(Stdio::from(input));
        finish(command)
    }

    fn add_account(&self, name: &str) {
        let lines = format!("{ACCOUNT}\n{TOKEN}\n");
        let added = self.add(&[name, "--kind", "account-sid"], &lines);
        assert_eq!(added.status, Some(0), "{added:?}");
    }

    /// Fetches a SIM, and returns whose credentials were used.
    fn signed_in_as(&self, arguments: &[&str], environment: &[(&str, &str)]) -> String {
        let server = Server::start(|_| Reply::json(200, &json!({"sid": "HS1"})));
        let mut command = self.program(&["supersim", "sim", "HS1", "fetch"]);
        command.args(["--base-url", &server.url]);
        command.args(arguments).envs(environment.iter().copied());
        let ran = finish(command);
        assert_eq!(ran.status, Some(0), "{ran:?}");
        let request = server.request();
        request.header("authorization").unwrap().to_owned()
    }
}

#[test]
fn first_profile_is_the_default() {
    let person = Person::new();
    let added = person.add(&["work", "--kind", "api-key"], "SK1\nsecret\n");
    assert_eq!(added.stderr, "`work` is added, and is now the default\n");
    person.add_account("home");
    let work = "Basic U0sxOnNlY3JldA==";
    assert_eq!(person.signed_in_as(&[], &[]), work);
    let named = &["--profile", "home"];
    assert_eq!(person.signed_in_as(named, &[]), AUTHORIZATION);
    assert_eq!(person.run(&["profile", "use", "home"]).written(), "");
    assert_eq!(person.signed_in_as(&[], &[]), AUTHORIZATION);
    person.add_account("other");
    assert_eq!(person.run(&["profile", "remove", "other"]).written(), "");
    let removed = person.run(&["profile", "remove", "home"]);
    assert_eq!(removed.status, Some(0));
    assert_eq!(
        removed.stderr,
        "`home` is removed, and `work` is now the default\n"
    );
    assert_eq!(person.signed_in_as(&[], &[]), work);
    let list = person.run(&["profile", "list", "-o", "jsonl"]).written();
    assert!(list.contains(r#""name":"work","kind":"api-key","used":true"#));
    assert_eq!(person.run(&["profile", "remove", "work"]).written(), "");
    let nobody = person.run(&["supersim", "sim", "HS1", "fetch"]);
    assert_eq!(nobody.status, Some(3));
    assert!(nobody.stderr.contains("profile add"), "{nobody:?}");
}

#[test]
fn options_win_over_variables_and_those_over_the_default_profile() {
    let person = Person::new();
    person.add_account("used");
    let added = person.add(&["other", "--kind", "api-key"], "SK1\nsecret\n");
    assert_eq!(added.stderr, "`other` is added\n");
    let other = "Basic U0sxOnNlY3JldA==";
    let credentials = [("TWILIO_API_KEY", "SK2"), ("TWILIO_API_SECRET", "s")];
    let environment = "Basic U0syOnM=";
    let named = ("TWILIO_IOT_PROFILE", "other");
    assert_eq!(person.signed_in_as(&[], &credentials), environment);
    assert_eq!(person.signed_in_as(&[], &[named]), other);
    let both = [named, credentials[0], credentials[1]];
    assert_eq!(person.signed_in_as(&[], &both), other);
    assert_eq!(
        person.signed_in_as(&["--profile", "used"], &both),
        AUTHORIZATION
    );
    // Incomplete variables do not fall back to a profile.
    let mut half = person.program(&["supersim", "sim", "HS1", "fetch"]);
    half.env("TWILIO_API_KEY", "SK2");
    let half = finish(half);
    assert_eq!(half.status, Some(3));
    assert!(half.stderr.contains("TWILIO_API_SECRET"), "{half:?}");
    assert!(
        half.stderr
            .ends_with(", or choose a profile with --profile: `used`, `other`\n"),
        "{half:?}"
    );
}

#[test]
fn list_shows_names_but_no_values() {
    let person = Person::new();
    person.add_account("work");
    let kore = person.add(&["kore", "--kind", "kore"], "client\nhunter2\n");
    assert_eq!(kore.status, Some(0));
    let list = person.run(&["profile", "list", "-o", "table"]);
    assert_eq!(
        list.written(),
        "name  kind         used\nwork  account-sid  true\nkore  kore         false\n"
    );
    let list = person.run(&["profile", "list", "-o", "json"]);
    let list: Value = serde_json::from_str(&list.written()).unwrap();
    assert_eq!(
        list[1],
        json!({"name": "kore", "kind": "kore", "used": false})
    );
    let nobody = Person::new().run(&["profile", "list", "-o", "jsonl"]);
    assert_eq!(nobody.written(), "");
}

#[test]
fn kore_profile_uses_kore_servers() {
    let person = Person::new();
    person.add(&["kore", "--kind", "kore"], "client\nhunter2\n");
    let fetch = ["supersim", "fleets", "list", "--dry-run"];
    let shown = person.run(&fetch).written();
    assert!(
        shown.starts_with("GET https://supersim.api.korewireless.com/v1/Fleets"),
        "{shown}"
    );
    assert!(
        !shown.contains("hunter2") && !shown.contains("client"),
        "{shown}"
    );
    let edge = person.run(&[&fetch[..], &["--edge", "sydney"]].concat());
    assert_eq!(
        edge.stderr,
        "warning: --edge does not change the servers of KORE\n"
    );
}

#[test]
fn edge_and_region_come_from_options_profile_and_environment() {
    let person = Person::new();
    let lines = format!("{ACCOUNT}\n{TOKEN}\n");
    let arguments = [
        "au",
        "--kind",
        "account-sid",
        "--edge",
        "sydney",
        "--region",
        "au1",
    ];
    person.add(&arguments, &lines);
    let dry = ["supersim", "fleets", "list", "--dry-run"];
    for (options, environment, host) in [
        (&[][..], &[][..], "supersim.sydney.au1.twilio.com"),
        (
            &["--region", "ie1"],
            &[("TWILIO_REGION", "de1")],
            "supersim.sydney.ie1.twilio.com",
        ),
        (
            &[],
            &[("TWILIO_REGION", "de1")],
            "supersim.sydney.au1.twilio.com",
        ),
    ] {
        let mut command = person.program(&dry);
        command.args(options).envs(environment.iter().copied());
        let shown = finish(command).written();
        let start = format!("GET https://{host}/v1/Fleets");
        assert!(shown.starts_with(&start), "{shown}");
    }
    let wrong = person.run(&[&dry[..], &["--edge", "a.b"]].concat());
    assert_eq!(wrong.status, Some(2));
    assert!(
        wrong.stderr.contains("cannot be part of a host name"),
        "{wrong:?}"
    );
    let both = ["--edge", "sydney", "--base-url", "http://127.0.0.1:9"];
    let both = person.run(&[&dry[..], &both].concat());
    assert_eq!(both.stderr, "warning: --edge does not change a base URL\n");
}

#[test]
fn profile_may_allow_plain_http() {
    let person = Person::new();
    let to = [
        "lab",
        "--kind",
        "api-key",
        "--base-url",
        "http://lab.invalid",
        "--allow-plain-http",
    ];
    assert_eq!(person.add(&to, "SK1\ns\n").status, Some(0));
    let shown = person
        .run(&["supersim", "fleets", "list", "--dry-run"])
        .written();
    assert!(
        shown.starts_with("GET http://lab.invalid/v1/Fleets"),
        "{shown}"
    );
}

#[test]
fn invalid_names_and_values_change_nothing() {
    let person = Person::new();
    person.add_account("work");
    let kept = fs::read_to_string(person.file()).unwrap();
    for (arguments, lines) in [
        (&["work", "--kind", "api-key"][..], "SK1\ns\n"),
        (&["other", "--kind", "api-key"], "SK1\n"),
        (&["other", "--kind", "api-key"], "SK1\n hunter2\n"),
        (&["other", "--kind", "password"], "SK1\ns\n"),
        (&["other"], "SK1\ns\n"),
        (&["../other", "--kind", "api-key"], "SK1\ns\n"),
    ] {
        let ran = person.add(arguments, lines);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(!ran.stderr.contains("hunter2"), "{ran:?}");
    }
    for arguments in [["profile", "use", "other"], ["profile", "remove", "other"]] {
        let ran = person.run(&arguments);
        assert_eq!(ran.status, Some(2));
        assert_eq!(
            ran.stderr,
            "error: there is no profile `other`; there is `work`\n"
        );
    }
    assert_eq!(fs::read_to_string(person.file()).unwrap(), kept);
    let unknown = ["supersim", "sim", "HS1", "fetch", "--profile", "other"];
    assert_eq!(person.run(&unknown).status, Some(3));
}

#[test]
fn invalid_file_is_reported_and_kept() {
    for (content, problem) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        (
            "{\n\"profiles\": {\"work\": \"hunter2\",}}",
            "key must be a string at line 2 column 32",
        ),
        ("[]", "it has no object `profiles`"),
        (
            r#"{"profiles": {"work": {"TWILIO": "hunter2"}}}"#,
            "the profile `work` has no text `kind`",
        ),
        (
            r#"{"profiles": {"work": {"kind": "hunter2", "variables": ["hunter2"]}}}"#,
            "the profile `work` has no object `variables` with texts",
        ),
        (
            r#"{"profiles": {"work": {"kind": "x", "base_url": ["hunter2"], "variables": {}}}}"#,
            "the profile `work` has an option that is not a text",
        ),
    ] {
        let person = Person::new();
        person.add_account("work");
        fs::write(person.file(), content).unwrap();
        for arguments in [
            &["supersim", "sim", "HS1", "fetch"][..],
            &["profile", "list"],
            &["profile", "remove", "work"],
        ] {
            let ran = person.run(arguments);
            assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""), "{ran:?}");
            let expected = format!("profiles.json: {problem}; fix the file, or remove it\n");
            assert!(ran.stderr.ends_with(&expected), "{ran:?}");
            assert!(!ran.stderr.contains("hunter2"), "{ran:?}");
        }
        assert_eq!(fs::read_to_string(person.file()).unwrap(), content);
    }
}

#[cfg(unix)]
mod modes {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: PathBuf) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn file_is_private_whatever_the_umask() {
        let person = Person::new();
        // The umask belongs to the process, so a shell sets it.
        let mut shell = Command::new("/bin/sh");
        let script =
            "umask 0; printf 'AC1\\nhunter2\\n' | \"$0\" profile add work --kind account-sid";
        shell.args(["-c", script, env!("CARGO_BIN_EXE_twilio-iot-under-test")]);
        shell.env_clear().env("TWILIO_IOT_CONFIG", person.folder());
        shell.env("PATH", "/usr/bin:/bin");
        assert_eq!(finish(shell).status, Some(0));
        assert_eq!(mode(person.folder()), 0o700);
        assert_eq!(mode(person.file()), 0o600);
        let files = fs::read_dir(person.folder()).unwrap();
        assert_eq!(files.count(), 1, "a file is left over");
    }

    #[test]
    fn file_that_others_can_read_is_rejected() {
        let person = Person::new();
        person.add_account("work");
        for open in [0o640, 0o604, 0o620] {
            fs::set_permissions(person.file(), Permissions::from_mode(open)).unwrap();
            let ran = person.run(&["supersim", "sim", "HS1", "fetch"]);
            assert_eq!(ran.status, Some(3));
            assert!(ran.stderr.contains("chmod 600"), "{ran:?}");
        }
    }

    #[test]
    fn folder_that_cannot_be_created_is_reported() {
        let person = Person::new();
        fs::write(person.folder(), "a file").unwrap();
        let ran = person.add(&["work", "--kind", "api-key"], "SK1\ns\n");
        assert_eq!(ran.status, Some(3), "{ran:?}");
    }
}

#[cfg(all(unix, not(target_vendor = "apple")))]
#[test]
fn profiles_are_in_the_systems_settings_folder() {
    let home = ScratchFolder::new("profiles");
    let there = |variable: &'static str, below: &str| {
        let mut command = program(&["profile", "list"]);
        command
            .env_remove("TWILIO_IOT_CONFIG")
            .env(variable, home.path());
        let folder = home.path().join(below);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("profiles.json"), "none").unwrap();
        (command, folder.display().to_string())
    };
    for (command, folder) in [
        there("HOME", ".config/twilio-iot"),
        there("XDG_CONFIG_HOME", "twilio-iot"),
    ] {
        let ran = finish(command);
        assert!(ran.stderr.contains(&folder), "{folder}: {ran:?}");
    }
}
