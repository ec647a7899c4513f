//! Emits what the feature `cli` includes: the command table of each version, their root, and the program.

mod argument;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::argument::argument;
use super::client::alternatives;
use super::{gate, ident, rust_file, version_gate, version_path};
use crate::package::{Draft, Package, header};
use crate::plan::{
    Command, CommandGroup, CommandTable, Constant, Crate, Effect, OutputShape, ResponseDecoding,
};
use crate::render;

/// Emits the table of each version, `src/cli.rs` and `src/main.rs`.
pub(super) fn files<'a>(plan: &'a Crate, package: &'a Package) -> Vec<Draft<'a>> {
    let mut files: Vec<Draft<'a>> = plan
        .client
        .versions()
        .map(|(product, version)| {
            let path = version_path(product, version);
            let table = &plan.commands[version.origin];
            let sources = || version.sources.iter().map(String::as_str);
            module(&format!("{path}/cli.rs"), header(sources()), table)
        })
        .collect();
    let sources = || plan.client.sources();
    files.push(rust_file("src/cli.rs", sources(), || root(plan, package)));
    files.push(rust_file("src/main.rs", sources(), || program(package)));
    files
}

/// Emits `src/cli.rs`.
fn root(plan: &Crate, package: &Package) -> TokenStream {
    let (name, about) = (&package.name, &package.description);
    let versions = plan.client.versions().map(|(product, version)| {
        let gate = gate(&version_gate(product, version));
        let [product, version] = [&product.module, &version.module].map(ident);
        quote!(#gate &crate::#product::#version::cli::COMMANDS)
    });
    quote! {
        //! The command line of the API, as a table of its commands. The program of this crate runs it.

        /// Every command.
        pub static COMMAND_LINE: runtime::cli::CommandLine = runtime::cli::CommandLine {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            about: #about,
            versions: &[#(#versions),*],
        };

        /// Runs the command line with the arguments of the process, and returns the exit status.
        pub fn main() -> std::process::ExitCode {
            runtime::cli::main::<crate::Client>(
                &COMMAND_LINE,
                &[
                    #[cfg(feature = "mcp")]
                    runtime::mcp::COMMAND,
                ],
            )
        }
    }
}

/// Emits `src/main.rs`.
fn program(package: &Package) -> TokenStream {
    let name = &package.name;
    let doc = format!(" `{name}`, the command. `{name} --help` lists what it does.");
    let library = format_ident!("{}", package.library());
    quote! {
        #![doc = #doc]

        fn main() -> std::process::ExitCode {
            #library::cli::main()
        }
    }
}

/// Emits `cli.rs` of a version. Each group and each argument has its own line, for readable diffs, and each command is a
/// piece of its own.
fn module<'a>(path: &str, header: String, table: &'a CommandTable) -> Draft<'a> {
    let mut draft = Draft::new(path, move || opening(&header, table));
    for it in &table.commands {
        draft = draft.with(|| indented(8, command(it).into_iter()));
    }
    draft.with(|| closing(table))
}

/// Emits the part before the commands.
fn opening(header: &str, CommandTable { about, groups, .. }: &CommandTable) -> String {
    let about = render::line(quote!(#about));
    let groups = groups.iter().map(|CommandGroup { path, about }| {
        let path = path.join(" ");
        render::line(quote!(Group::new(#path, #about),))
    });
    let groups = indented(8, groups);
    format!(
        "// {header}

//! The commands of the operations.

use runtime::cli::*;

/// Every command of the version.
pub(crate) static COMMANDS: Version = Version {{
    about: {about},
    groups: &[
{groups}    ],
    commands: &[
"
    )
}

/// Emits the part after the commands.
fn closing(
    CommandTable {
        shapes, commands, ..
    }: &CommandTable,
) -> String {
    // Shapes are not gated, but the commands that use them may be.
    let is_gated = commands.iter().any(|it| !it.gate.is_empty());
    let unused = is_gated.then(|| quote!(#[allow(dead_code, reason = "its commands may be off")]));
    let shapes = shapes.iter().map(|it| {
        let shape = shape(it);
        render::line(quote!(#unused #shape))
    });
    let shapes = indented(0, shapes);
    format!(
        "    ],
}};

{shapes}"
    )
}

/// Indents lines by a number of blanks.
fn indented(blanks: usize, lines: impl Iterator<Item = String>) -> String {
    let blanks = " ".repeat(blanks);
    lines.map(|it| format!("{blanks}{it}\n")).collect()
}

fn shape(shape: &OutputShape) -> TokenStream {
    let OutputShape {
        origin: _,
        name,
        columns,
        fields,
        personal,
    } = shape;
    let name = format_ident!("{name}");
    let [columns, fields, personal] = [columns, fields, personal].map(|it| quote!(&[#(#it),*]));
    quote!(const #name: Shape = Shape::new(#columns, #fields, #personal);)
}

/// Emits the lines of a command.
fn command(command: &Command) -> Vec<String> {
    let Command {
        gate,
        request,
        path,
        about,
        arguments,
        answer,
        effect,
        ..
    } = command;
    let gate = self::gate(gate).map(render::line);
    let request = ident(request);
    let path = path.join(" ");
    let (answer, effect) = (self::answer(answer, &request), self::effect(*effect));
    let opening = render::line(quote! {
        Command::new(#path, #about, &super::#request::OPERATION, super::super::PRODUCT, #answer, #effect)
    });
    let mut lines: Vec<String> = gate.into_iter().chain([opening]).collect();
    if !arguments.is_empty() {
        lines.push("    .arguments(&[".to_owned());
        lines.extend(arguments.iter().map(|it| {
            let argument = argument(it);
            format!("        {},", render::line(argument))
        }));
        lines.push("    ])".to_owned());
    }
    lines.extend(settings(command).map(|it| format!("    {}", render::line(it))));
    if let Some(last) = lines.last_mut() {
        last.push(',');
    }
    lines
}

/// Emits the optional settings of a command.
fn settings(command: &Command) -> impl Iterator<Item = TokenStream> {
    let Command {
        details,
        deprecated,
        example,
        shown,
        constants,
        signing,
        accept,
        content_type,
        other_responses,
        request,
        ..
    } = command;
    let request = ident(request);
    let others = other_responses.iter().map(|(media_type, decoding)| {
        let answer = answer(decoding, &request);
        quote!((#media_type, #answer))
    });
    let others: Vec<TokenStream> = others.collect();
    let fixed = |in_header: bool| {
        let constants = constants.iter().filter(|it| it.in_header == in_header);
        let pair = |Constant { name, value, .. }: &Constant| quote!((#name, #value));
        let pairs: Vec<TokenStream> = constants.map(pair).collect();
        (!pairs.is_empty()).then(|| quote!(&[#(#pairs),*]))
    };
    let settings = [
        details.as_ref().map(|it| quote!(.details(#it))),
        Some(quote!(.example(#example))),
        shown.as_ref().map(|it| {
            let name = format_ident!("{}", it.shape);
            quote!(.shape(&#name))
        }),
        shown
            .as_ref()
            .filter(|it| it.is_list)
            .map(|_| quote!(.listed())),
        fixed(false).map(|it| quote!(.query(#it))),
        fixed(true).map(|it| quote!(.headers(#it))),
        alternatives(signing).map(|it| quote!(.credentials(#it))),
        accept.as_ref().map(|it| quote!(.accept(#it))),
        content_type.as_ref().map(|it| quote!(.content_type(#it))),
        (!others.is_empty()).then(|| quote!(.other_responses(&[#(#others),*]))),
        deprecated.then(|| quote!(.deprecated())),
    ];
    settings.into_iter().flatten()
}

fn answer(answer: &ResponseDecoding, request: &Ident) -> TokenStream {
    match answer {
        ResponseDecoding::Json => quote!(Answer::Json),
        ResponseDecoding::AnyJson => quote!(Answer::AnyJson),
        ResponseDecoding::OneOf => quote!(Answer::Any),
        ResponseDecoding::Page(items) => quote!(Answer::Page(#items)),
        ResponseDecoding::List => quote!(Answer::List(&super::#request::PAGING)),
        ResponseDecoding::Text => quote!(Answer::Text),
        ResponseDecoding::Bytes => quote!(Answer::Bytes),
        ResponseDecoding::Empty => quote!(Answer::Nothing),
    }
}

fn effect(effect: Effect) -> TokenStream {
    match effect {
        Effect::Read => quote!(Effect::Read),
        Effect::Create => quote!(Effect::Create),
        Effect::Change => quote!(Effect::Change),
        Effect::Delete => quote!(Effect::Delete),
    }
}
