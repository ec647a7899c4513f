//! The program on a real terminal: tables, prompts, the progress line, Ctrl-C, and zsh completions.

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use serde_json::{Value, json};
use twilio_test_support::ScratchFolder;

use super::support::{ACCOUNT, Reply, Request, Server, TOKEN, assert_no_secret};

/// The timeout for output that should appear at once.
const PATIENCE: Duration = Duration::from_secs(20);

const CTRL_C: &str = "\u{3}";

/// A terminal with a process.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
}

impl Terminal {
    fn of(command: CommandBuilder) -> Self {
        let size = PtySize {
            rows: 60,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let [rows, columns] = [size.rows, size.cols].map(|it| NonZero::new(it).unwrap());
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let shown = Arc::clone(&screen);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut buffer) {
                shown.lock().unwrap().process(&buffer[..length]);
            }
        });
        Self {
            child,
            keyboard: pair.master.take_writer().unwrap(),
            master: pair.master,
            screen,
        }
    }

    /// Starts the program, signed in.
    fn run(server: &Server, arguments: &[&str]) -> Self {
        let mut command = program(arguments);
        command.args(["--base-url", &server.url]);
        command.env("TWILIO_ACCOUNT_SID", ACCOUNT);
        command.env("TWILIO_AUTH_TOKEN", TOKEN);
        Self::of(command)
    }

    fn screen(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until the screen contains a text.
    fn shows(&self, text: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.screen().contains(text) {
            assert!(Instant::now() < until, "no `{text}` in\n{}", self.screen());
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn types(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits for the process to end. Returns its status and the screen; the terminal must be restored.
    fn ends(mut self) -> (u32, String) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "goes on:\n{}", self.screen());
            thread::sleep(Duration::from_millis(10));
        };
        // The last output may still be in transit.
        thread::sleep(Duration::from_millis(100));
        let modes = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        let modes: Vec<&str> = modes.split(|it: char| !it.is_alphabetic()).collect();
        for mode in ["ECHO", "ICANON", "ISIG"] {
            assert!(modes.contains(&mode), "{mode} is off: {modes:?}");
        }
        assert!(!self.screen.lock().unwrap().screen().hide_cursor());
        assert_no_secret(&self.screen());
        (status.exit_code(), self.screen())
    }
}

fn program(arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_twilio-iot-under-test"));
    command.args(arguments);
    command.env_clear();
    command.env("NO_PROXY", "127.0.0.1");
    command.env("TERM", "xterm-256color");
    command.env("TWILIO_IOT_CONFIG", "/there/is/no/such/folder");
    command
}

/// Returns a page of two SIMs, with a link to another.
fn page(request: &Request) -> Reply {
    let number = match request.query().and_then(|it| it.split("Page=").nth(1)) {
        Some(number) => number.parse::<usize>().unwrap(),
        None => 0,
    };
    let sims = [2 * number, 2 * number + 1];
    let sims = sims.map(|it| json!({"sid": format!("HS{it}"), "status": "active", "iccid": "89"}));
    let next = format!("{}/v1/Sims?Page={}", request.origin(), number + 1);
    let next = if number < 3 {
        Value::from(next)
    } else {
        Value::Null
    };
    Reply::json(200, &json!({"meta": {"next_page_url": next}, "sims": sims}))
}

const LIST: [&str; 6] = [
    "supersim",
    "sims",
    "list",
    "--all",
    "--columns",
    "sid,iccid",
];

#[test]
fn lists_are_tables_that_hide_personal_data() {
    let server = Server::start(page);
    let (status, screen) = Terminal::run(&server, &LIST).ends();
    assert_eq!(status, 0);
    assert_eq!(
        screen,
        "sid  iccid\nHS0  ***\nHS1  ***\nHS2  ***\nHS3  ***\nHS4  ***\nHS5  ***\nHS6  ***\nHS7  ***"
    );
}

#[test]
fn long_list_shows_its_progress() {
    let server = Server::start(|request| match request.line().contains("Page=2") {
        true => Reply::silence(),
        false => page(request),
    });
    let mut terminal = Terminal::run(&server, &LIST);
    terminal.shows("4 items");
    terminal.types(CTRL_C);
    let (status, screen) = terminal.ends();
    assert_eq!(status, 130);
    // The terminal itself may echo the key.
    let screen = screen.replace("^C", "");
    assert_eq!(
        screen,
        "sid  iccid\nHS0  ***\nHS1  ***\nHS2  ***\nHS3  ***\nerror: interrupted"
    );
}

#[test]
fn wait_shows_its_state() {
    let server = Server::start(|_| Reply::json(200, &json!({"sid": "HS1", "status": "new"})));
    let arguments = [
        "supersim",
        "sim",
        "HS1",
        "fetch",
        "--wait-until",
        "status=active",
    ];
    let mut terminal = Terminal::run(&server, &arguments);
    terminal.shows("status is new, ");
    terminal.types(CTRL_C);
    let (status, screen) = terminal.ends();
    assert_eq!(status, 130);
    assert!(!screen.contains("status is new"), "{screen}");
}

#[test]
fn delete_asks_for_confirmation() {
    for (answer, status, requests) in [("y\r", 0, 1), ("n\r", 2, 0), ("\r", 2, 0), (CTRL_C, 130, 0)]
    {
        let server = Server::start(|_| Reply::empty(204));
        let mut terminal = Terminal::run(&server, &["wireless", "sim", "DE1", "delete"]);
        terminal.shows("Deletes a SIM: DE1. Go on? [y/N]");
        terminal.types(answer);
        let (ended, screen) = terminal.ends();
        assert_eq!(ended, status, "{answer:?}: {screen}");
        assert_eq!(server.requests().len(), requests, "{answer:?}");
    }
}

#[test]
fn interrupted_change_may_have_taken_effect() {
    let server = Server::start(|_| Reply::silence());
    let update = ["supersim", "sim", "HS1", "update", "--status", "active"];
    let mut terminal = Terminal::run(&server, &update);
    let until = Instant::now() + PATIENCE;
    while server.requests().is_empty() {
        assert!(Instant::now() < until, "nothing is sent");
        thread::sleep(Duration::from_millis(10));
    }
    terminal.types(CTRL_C);
    let (status, screen) = terminal.ends();
    assert_eq!(status, 130);
    let error = "error: interrupted; the request may have taken effect";
    assert!(screen.ends_with(error), "{screen}");
}

/// Starts to add a profile to a folder, up to the prompt for its secret.
fn asking_for_a_secret(home: &Path) -> Terminal {
    let mut command = program(&["profile", "add", "work", "--kind", "account-sid"]);
    command.env("TWILIO_IOT_CONFIG", home);
    let mut terminal = Terminal::of(command);
    terminal.shows("TWILIO_ACCOUNT_SID:");
    terminal.types("AC1\r");
    terminal.shows("TWILIO_AUTH_TOKEN:");
    terminal
}

#[test]
fn secret_is_not_echoed() {
    let home = ScratchFolder::new("terminal");
    let mut terminal = asking_for_a_secret(home.path());
    terminal.types("hunter2\r");
    let (status, screen) = terminal.ends();
    assert_eq!(status, 0, "{screen}");
    assert!(
        screen.contains("AC1") && !screen.contains("hunter2"),
        "{screen}"
    );
    let kept = home.read("profiles.json");
    assert!(kept.contains("hunter2"));
}

#[test]
fn ctrl_c_at_a_secret_restores_the_terminal() {
    let home = ScratchFolder::new("terminal");
    let mut terminal = asking_for_a_secret(home.path());
    terminal.types("hunt");
    terminal.types(CTRL_C);
    let (status, screen) = terminal.ends();
    assert_eq!(status, 130, "{screen}");
    assert!(!home.path().join("profiles.json").exists());
}

#[test]
fn zsh_completes_commands_options_and_values() {
    if std::process::Command::new("zsh")
        .arg("--version")
        .output()
        .is_err()
    {
        println!("skipped: there is no zsh here");
        return;
    }
    let folder = ScratchFolder::new("terminal");
    let script = std::process::Command::new(env!("CARGO_BIN_EXE_twilio-iot-under-test"))
        .args(["completions", "zsh"])
        .output()
        .unwrap();
    folder.write("_twilio-iot", script.stdout);
    let mut command = CommandBuilder::new("zsh");
    command.args(["-f", "-i"]);
    command.env("TERM", "xterm-256color");
    command.env("PS1", "> ");
    let mut zsh = Terminal::of(command);
    zsh.shows("> ");
    zsh.types(&format!(
        "fpath=('{0}' $fpath); autoload -Uz compinit; compinit -u -d '{0}/dump'; clear; echo ready\r",
        folder.path().display()
    ));
    zsh.shows("ready\n");
    for (typed, completed) in [
        ("twilio-iot supe\t", "twilio-iot supersim"),
        (
            "twilio-iot supersim sims li\t",
            "twilio-iot supersim sims list",
        ),
        ("twilio-iot supersim sims list --fl\t", "sims list --fleet"),
        (
            "twilio-iot supersim sims list --status ac\t",
            "--status active",
        ),
        ("twilio-iot wireless sim DE1 fe\t", "sim DE1 fetch"),
    ] {
        zsh.types(typed);
        zsh.shows(completed);
        // Discards the line without running it.
        zsh.types(CTRL_C);
        zsh.types("clear; echo next\r");
        zsh.shows("next\n");
    }
    zsh.types("exit\r");
}
