//! `profile add`, `list`, `use` and `remove`.

use std::io::{self, BufRead as _, BufWriter, Write as _};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command as Parser};

use super::{Location, Profile, ProfileKind, Profiles, Store, kinds};
use crate::auth::is_padded;
use crate::cli::common_options;
use crate::cli::exit::Failure;
use crate::cli::output::{ListWriter, Style};
use crate::cli::prompt;
use crate::cli::table::{CommandLine, Shape};
use crate::json::Node;
use crate::vendor::Vendor;

/// The command of profiles.
pub(in crate::cli) const PROFILE: &str = "profile";

/// The shown fields of a profile.
static SHAPE: Shape = Shape::new(
    &["name", "kind", "used"],
    &[
        "name",
        "kind",
        "used",
        "edge",
        "region",
        "base_url",
        "allow_plain_http",
        "token_url",
        "scopes",
    ],
    &[],
);

/// Returns the parser of [`PROFILE`]. `taking` makes a parser accept these options of every command.
pub(in crate::cli) fn parser(
    vendor: &Vendor,
    taking: impl Fn(&[&str], Parser) -> Parser,
) -> Parser {
    let name = |help: &'static str| {
        Arg::new("name")
            .required(true)
            .value_name("NAME")
            .help(help)
            .value_parser(profile_name)
    };
    let add = Parser::new("add")
        .about("Adds a profile.")
        .long_about(about_add(vendor))
        .arg(name("The name of the profile"))
        .args(kind(vendor));
    let list = Parser::new("list").about("Lists the profiles, without their values.");
    let sign_in = Parser::new("use")
        .about("Makes a profile the default, which is used unless an option or the environment overrides it.")
        .arg(name("The profile"));
    let remove = Parser::new("remove")
        .about("Removes a profile.")
        .arg(name("The profile"));
    let profile = Parser::new(PROFILE)
        .about("Saves credentials under names.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(taking(&common_options::LOCATION, add))
        .subcommand(taking(&["output", "columns"], list))
        .subcommand(taking(&[], sign_in))
        .subcommand(taking(&[], remove));
    taking(&[], profile)
}

fn about_add(vendor: &Vendor) -> String {
    let mut about = "Adds a profile. Prompts for its values on a terminal, without echoing secrets, or reads them from standard \
                     input, one per line. Secrets are never arguments, which other users of the machine can read."
        .to_owned();
    for kind in kinds(vendor) {
        let variables: Vec<&str> = kind.variables.iter().map(|it| it.name).collect();
        about.push_str(&format!("\n\n{}: {}", kind.name, variables.join(", then ")));
    }
    about.push_str("\n\nThe values of --base-url and the other server options are saved, too. The first profile becomes the default.");
    about
}

/// Returns the option for the way to sign in, if there are several.
fn kind(vendor: &Vendor) -> Option<Arg> {
    let names: Vec<String> = kinds(vendor).into_iter().map(|it| it.name).collect();
    (names.len() > 1).then(|| {
        Arg::new("kind")
            .long("kind")
            .required(true)
            .value_name("KIND")
            .value_parser(PossibleValuesParser::new(names))
            .help("How the profile signs in")
    })
}

/// Validates a name: letters, digits, dots, hyphens and underscores, so that it is safe in a shell and on a terminal.
fn profile_name(text: &str) -> Result<String, String> {
    let fits = |it: char| it.is_alphanumeric() || matches!(it, '.' | '-' | '_');
    match (1..=64).contains(&text.chars().count()) && text.chars().all(fits) {
        true => Ok(text.to_owned()),
        false => {
            Err("a name has 1 to 64 letters, digits, dots, hyphens and underscores".to_owned())
        }
    }
}

/// Runs the command in the arguments after [`PROFILE`].
///
/// # Errors
///
/// Returns [`Failure::Usage`] for unknown or existing names and for invalid values, [`Failure::Profiles`] if profiles
/// cannot be read or written, and [`Failure::Interrupted`].
pub(in crate::cli) fn run(
    line: &CommandLine,
    vendor: &Vendor,
    matches: &ArgMatches,
    style: impl FnOnce(&ArgMatches, &'static Shape) -> Style,
) -> Result<(), Failure> {
    let Some((word, matches)) = matches.subcommand() else {
        unreachable!("the parser requires a subcommand");
    };
    let store = Store::required(line.name)?;
    let name = || {
        matches
            .get_one::<String>("name")
            .cloned()
            .unwrap_or_default()
    };
    match word {
        "add" => add(&store, vendor, &name(), matches),
        "use" => change(&store, &name(), |profiles, index| {
            profiles.used = Some(profiles.profiles[index].0.clone());
        }),
        "remove" => remove(&store, &name()),
        _ => list(&store.read()?, style(matches, &SHAPE)),
    }
}

fn add(store: &Store, vendor: &Vendor, name: &str, matches: &ArgMatches) -> Result<(), Failure> {
    let refuse_taken = |profiles: &Profiles| match profiles.position(name) {
        Some(_) => Err(Failure::Usage(format!(
            "the profile `{name}` already exists: remove it first, or choose another name"
        ))),
        None => Ok(()),
    };
    refuse_taken(&store.read()?)?;
    let wanted = matches.try_get_one::<String>("kind").ok().flatten();
    let mut known = kinds(vendor).into_iter();
    let Some(kind) = known.find(|it| wanted.is_none_or(|wanted| it.name == *wanted)) else {
        return Err(Failure::Usage("this API takes no credentials".to_owned()));
    };
    let location = Location::given(matches, vendor)?;
    let profile = Profile {
        variables: values(&kind)?,
        kind: kind.name,
        location,
    };
    // Another process may have changed the file while the user typed.
    let mut profiles = store.read()?;
    refuse_taken(&profiles)?;
    let is_first = profiles.profiles.is_empty();
    profiles.profiles.push((name.to_owned(), profile));
    if is_first {
        profiles.used = Some(name.to_owned());
    }
    store.write(&profiles)?;
    let note = match is_first {
        true => "added, and is now the default",
        false => "added",
    };
    writeln!(io::stderr(), "`{name}` is {note}")?;
    Ok(())
}

/// Prompts for the values of a profile, or reads them line by line.
fn values(kind: &ProfileKind) -> Result<Vec<(String, String)>, Failure> {
    let is_asked = prompt::is_possible();
    // Holding the lock would block the prompts.
    let mut lines = (!is_asked).then(|| io::stdin().lock().lines());
    let mut values = Vec::new();
    for variable in &kind.variables {
        let question = format!("{}: ", variable.name);
        let value = match (is_asked, variable.is_secret) {
            (true, true) => prompt::secret(&question)?,
            (true, false) => prompt::line(&question)?,
            (false, _) => {
                let line = lines.as_mut().and_then(Iterator::next);
                line.transpose()?.unwrap_or_default()
            }
        };
        let problem = match is_padded(&value) {
            _ if value.is_empty() => "is missing",
            true => "has white space around it",
            false => {
                values.push((variable.name.to_owned(), value));
                continue;
            }
        };
        return Err(Failure::Usage(format!("{} {problem}", variable.name)));
    }
    Ok(values)
}

/// Removes a profile, and says which one is the default in its place.
fn remove(store: &Store, name: &str) -> Result<(), Failure> {
    let mut next = None;
    change(store, name, |profiles, index| {
        let was_default = profiles.default_name() == Some(name);
        profiles.profiles.remove(index);
        if was_default {
            next = profiles.default_name().map(str::to_owned);
            profiles.used.clone_from(&next);
        }
    })?;
    if let Some(next) = next {
        writeln!(
            io::stderr(),
            "`{name}` is removed, and `{next}` is now the default"
        )?;
    }
    Ok(())
}

/// Updates one stored profile.
fn change(
    store: &Store,
    name: &str,
    change: impl FnOnce(&mut Profiles, usize),
) -> Result<(), Failure> {
    let mut profiles = store.read()?;
    let Some(index) = profiles.position(name) else {
        return Err(Failure::Usage(profiles.unknown(name)));
    };
    change(&mut profiles, index);
    store.write(&profiles)
}

fn list(profiles: &Profiles, style: Style) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut list = ListWriter::new(style);
    for (name, profile) in &profiles.profiles {
        let is_used = profiles.default_name() == Some(name);
        let mut members = vec![
            ("name".to_owned(), Node::Text(name.clone())),
            ("kind".to_owned(), Node::Text(profile.kind.clone())),
            ("used".to_owned(), Node::Literal(is_used.to_string())),
        ];
        members.extend(profile.location.members());
        list.item(Node::Object(members), &mut out)?;
    }
    list.finish(&mut out)?;
    out.flush()?;
    Ok(())
}
