//! Shell completions, run in the shells, and manual pages.

use std::process::{Command, Output};

use twilio_test_support::ScratchFolder;

use super::program;

/// Returns the completions for a shell.
fn completions(shell: &str) -> String {
    let Output { status, stdout, .. } = program(&["completions", shell]).output().unwrap();
    assert!(status.success());
    String::from_utf8(stdout).unwrap()
}

/// Returns whether a program is installed.
fn is_there(shell: &str) -> bool {
    Command::new(shell).arg("--version").output().is_ok()
}

#[test]
fn bash_completes_commands_options_and_values() {
    let folder = ScratchFolder::new("shells");
    let script = folder.write("completions.bash", completions("bash"));
    for (words, expected) in [
        ("supe", "supersim"),
        ("supersim sims li", "list"),
        ("supersim sims list --fl", "--fleet"),
        ("supersim sims list --status ac", "active"),
        ("wireless sim HS1 fe", "fetch"),
    ] {
        let completed = format!(
            "source '{}'; COMP_WORDS=(twilio-iot {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             $(complete -p twilio-iot | sed 's/.* -F \\([^ ]*\\) .*/\\1/') twilio-iot \"${{COMP_WORDS[-1]}}\" \
             \"${{COMP_WORDS[-2]}}\"; echo \"${{COMPREPLY[@]}}\"",
            script.display()
        );
        let output = Command::new("bash")
            .args(["-c", &completed])
            .output()
            .unwrap();
        let written = String::from_utf8(output.stdout).unwrap();
        assert!(
            written.split_whitespace().any(|it| it == expected),
            "{words}: {written}"
        );
    }
}

#[test]
fn other_shells_accept_their_completions() {
    for (shell, flag) in [("zsh", "-n"), ("fish", "--no-execute")] {
        let folder = ScratchFolder::new("shells");
        let script = folder.write("completions", completions(shell));
        if !is_there(shell) {
            println!("skipped: there is no {shell} here");
            continue;
        }
        let output = Command::new(shell).arg(flag).arg(&script).output().unwrap();
        assert!(output.status.success(), "{shell}: {output:?}");
    }
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = ScratchFolder::new("shells");
    let pages = folder.path().join("man");
    let output = program(&["man", pages.to_str().unwrap()]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let page = folder.read("man/twilio-iot-supersim-sims-list.1");
    assert!(page.contains("Lists"), "{page}");
    assert!(page.contains(r"\-\-fleet"), "{page}");
    let page = folder.read("man/twilio-iot-supersim-sim-update.1");
    assert!(page.contains("sim <sim\\-sid> update"), "{page}");
    let blocked = pages.join("twilio-iot.1");
    let output = program(&["man", blocked.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .starts_with("error: ")
    );
}

/// The names of profiles as values of `--profile`.
#[cfg(unix)]
mod names_of_profiles {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A user with the profiles `work` and `home`.
    fn person() -> ScratchFolder {
        let person = ScratchFolder::new("shells");
        let profile = r#"{"kind": "api-key", "variables": {}}"#;
        let text = format!(r#"{{"profiles": {{"work": {profile}, "home": {profile}}}}}"#);
        let file = person.write("settings/profiles.json", text);
        fs::set_permissions(file, Permissions::from_mode(0o600)).unwrap();
        person
    }

    /// Runs a script of a shell, in which `twilio-iot` is the program and its user has [`person`]'s profiles.
    fn shell(shell: &str, person: &ScratchFolder, script: &str) -> String {
        let path = person.path().join("bin");
        fs::create_dir_all(&path).unwrap();
        let program = path.join("twilio-iot");
        if !program.exists() {
            fs::copy(env!("CARGO_BIN_EXE_twilio-iot-under-test"), program).unwrap();
        }
        let output = Command::new(shell)
            .args(["-c", script])
            .env("PATH", format!("{}:/usr/bin:/bin", path.display()))
            .env("TWILIO_IOT_CONFIG", person.path().join("settings"))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn bash_completes_names_of_profiles() {
        let person = person();
        let script = person.write("completions.bash", completions("bash"));
        for (typed, expected) in [("''", "work home\n"), ("h", "home\n"), ("x", "\n")] {
            let completed = format!(
                "source '{}'; COMP_WORDS=(twilio-iot supersim sims list --profile {typed}); COMP_CWORD=5; \
                 $(complete -p twilio-iot | sed 's/.* -F \\([^ ]*\\) .*/\\1/') twilio-iot {typed} --profile; \
                 echo \"${{COMPREPLY[@]}}\"",
                script.display()
            );
            assert_eq!(shell("bash", &person, &completed), expected, "{typed}");
        }
    }

    /// zsh takes the names from the action of the option.
    #[test]
    fn zsh_completes_names_of_profiles() {
        if !is_there("zsh") {
            println!("skipped: there is no zsh here");
            return;
        }
        let person = person();
        let script = completions("zsh");
        let option = script.lines().find(|it| it.starts_with("'--profile=["));
        let (_, action) = option.unwrap().rsplit_once(":NAME:").unwrap();
        let action = action.trim_end_matches(['\\', ' ', '\'']);
        let evaluated = format!(
            "eval \"names={}\"; print -r -- $names",
            action.replace('$', "\\$")
        );
        assert_eq!(shell("zsh", &person, &evaluated), "work home\n");
    }
}
