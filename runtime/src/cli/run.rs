//! Runs a command: parses the arguments, sends the request, and writes the response.

use std::ffi::OsString;
use std::future;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::pin::Pin;
use std::time::SystemTime;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use clap::ArgMatches;
use futures_core::Stream as _;

use super::common_options;
use super::confirmation;
use super::dry_run;
use super::exit::{Exit, Failure};
use super::grammar::{self, Chosen, DEFAULT_LIMIT, ParserContext};
use super::interrupt;
use super::invocation::{self, Files};
use super::json_errors;
use super::known_values;
use super::output::{self, Format, ListWriter, Style, write_value};
use super::own_command::OwnCommand;
use super::profile;
use super::progress::Progress;
use super::response_as;
use super::shell;
use super::sign_in::Conventions;
use super::stderr;
use super::table::{Answer, Argument, Command, CommandLine, Effect, Shape};
use super::wait::Wait;
use crate::call::Call;
use crate::client::Client;
use crate::decoded::Decode;
use crate::json::{self, Budget, Node};
use crate::page::{self, Page};
use crate::paging::PageFormat;
use crate::payload;
use crate::request::Request;

/// The maximum text of a page to buffer before it is written, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;

/// The largest page to request for all items of a list.
const LARGEST_PAGE: usize = 1000;

/// Runs the command in the arguments, and returns the exit status.
pub(super) fn run(
    line: &'static CommandLine,
    own: &'static [OwnCommand],
    conventions: &Conventions,
    arguments: Vec<OsString>,
) -> u8 {
    let context = ParserContext {
        vendor: conventions.vendor,
        now: DateTime::<Utc>::from(SystemTime::now()),
    };
    let as_json = json_errors::are_asked_for(&arguments);
    let mut parser = grammar::parser(line, own, context);
    let matches = match parser.try_get_matches_from_mut(arguments) {
        Ok(matches) => matches,
        Err(error) => return refused(&grammar::with_tip(error, line), as_json),
    };
    let Some(chosen) = grammar::chosen(line, &matches) else {
        let outcome = match common_options::refused(&parser, &matches) {
            Some(refusal) => Err(Failure::Usage(refusal)),
            None => run_own(line, own, conventions, &matches, context),
        };
        return ended(outcome, as_json);
    };
    let style = style(chosen.options, chosen.command.shape);
    ended(call(line, conventions, chosen, &style), as_json)
}

/// Reports that the arguments are invalid, or writes the help that they ask for, and returns the exit status.
fn refused(error: &clap::Error, as_json: bool) -> u8 {
    match error.exit_code() {
        0 => {
            // It goes to standard output; a closed stream is ignored.
            let _ = error.print();
            Exit::Success as u8
        }
        _ if as_json => ended(Err(json_errors::refusal(error)), true),
        _ => {
            let _ = error.print();
            Exit::Usage as u8
        }
    }
}

/// Runs a command without an operation.
fn run_own(
    line: &'static CommandLine,
    own: &[OwnCommand],
    conventions: &Conventions,
    matches: &ArgMatches,
    context: ParserContext,
) -> Result<(), Failure> {
    if let Some((name, options)) = matches.subcommand() {
        if name == profile::PROFILE {
            return profile::run(line, conventions.vendor, options, style);
        }
        if let Some(command) = own.iter().find(|it| it.name == name) {
            return (command.run)(line, conventions, options);
        }
    }
    match shell::run(|| grammar::parser(line, own, context), matches) {
        Some(outcome) => outcome,
        None => unreachable!("the parser accepts only commands of the table"),
    }
}

/// Reports the error, if there was one, and returns the exit status.
fn ended(outcome: Result<(), Failure>, as_json: bool) -> u8 {
    match outcome {
        Ok(()) => Exit::Success as u8,
        Err(failure) => {
            failure.tell(as_json);
            failure.exit() as u8
        }
    }
}

/// Returns how to write the response.
fn style(options: &ArgMatches, shape: &'static Shape) -> Style {
    let format = match options.get_one::<String>("output").map(String::as_str) {
        Some("json") => Format::Json,
        Some("jsonl") => Format::JsonLines,
        Some("csv") => Format::Csv,
        Some("plain") => Format::Plain,
        Some(_) => Format::Table,
        None if io::stdout().is_terminal() => Format::Table,
        None => Format::Json,
    };
    let columns = options.get_many::<String>("columns");
    let columns = columns.into_iter().flatten().map(|it| it.trim().to_owned());
    let shows = options.get_flag("show-personal-data");
    Style {
        format,
        columns: columns.filter(|it| !it.is_empty()).collect(),
        masks: options.get_flag("mask") || (format == Format::Table && !shows),
        shape,
    }
}

fn call(
    line: &CommandLine,
    conventions: &Conventions,
    chosen: Chosen<'_>,
    style: &Style,
) -> Result<(), Failure> {
    let Chosen {
        command,
        values,
        options,
    } = chosen;
    known_values::warn(&values);
    if let Some(wait) = Wait::wanted(options) {
        wait.warn(line, command);
    }
    if command.effect == Effect::Delete && !options.get_flag("dry-run") {
        confirmation::ask(command, &values, options)?;
    }
    let client = conventions.client(line, &[command], options)?;
    let is_dry = options.get_flag("dry-run");
    let outcome = interrupt::block_on(exchange(&client, command, values, options, style));
    outcome.map_err(|failure| match is_dry {
        true => failure,
        false => failure.of(command),
    })
}

/// Sends the request and writes the response.
async fn exchange(
    client: &Client,
    command: &'static Command,
    values: Vec<(&'static Argument, Node)>,
    options: &ArgMatches,
    style: &Style,
) -> Result<(), Failure> {
    let mut request = invocation::request(client, command, values, Files::OnDisk).await?;
    let other = response_as::wanted(command, options);
    if let Some((media_type, _)) = other {
        request.context.accept = media_type;
    }
    if command.is_list() && options.get_flag("all") {
        // Few large pages are faster than many small ones, but a page is held in memory.
        let largest = request.largest_page.map(|it| it.min(LARGEST_PAGE));
        request.page_size = request.page_size.or(largest);
    } else if command.is_list() {
        let usual = other.is_none().then_some(DEFAULT_LIMIT);
        request.limit = options.get_one("limit").copied().or(usual);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if options.get_flag("dry-run") {
        let as_json = options.value_source("output").is_some() && style.is_json();
        dry_run::write(client, command, request, as_json, &mut out)?;
        out.flush()?;
        return Ok(());
    }
    match other.map_or(command.answer, |(_, answer)| answer) {
        Answer::Page(items) => {
            let call = pages(request, PageFormat::Envelope(items));
            list(call, command, style, options, &mut out).await?;
        }
        Answer::List(rule) => {
            let call = pages(request, PageFormat::Rule(rule));
            list(call, command, style, options, &mut out).await?;
        }
        Answer::Json | Answer::AnyJson => {
            let decode = invocation::json_decoding(command);
            let call = Call::<Node> { request, decode };
            let answer = match Wait::wanted(options) {
                Some(wait) => {
                    wait.until_met(call, command.shape, &progress(options))
                        .await?
                }
                None => call.fetch().await?,
            };
            check(&answer, command, style)?;
            write_value(answer, style, &mut out)?;
        }
        Answer::Nothing => {
            let decode = Decode::Body(payload::empty);
            Call { request, decode }.fetch().await?;
        }
        Answer::Text => {
            let decode = Decode::Body(payload::text);
            let text = Call { request, decode }.fetch().await?;
            out.write_all(text.as_bytes())?;
        }
        Answer::Bytes => download(request, &mut out).await?,
        Answer::Any => any(request, style, &mut out).await?,
    }
    out.flush()?;
    Ok(())
}

/// Checks that a response, or an item of a page, matches the specification.
fn check(value: &Node, command: &Command, style: &Style) -> Result<(), Failure> {
    let checked = output::check(value, style.shape, command.has_list);
    checked.map_err(Failure::Unreadable)
}

/// Shows the progress of a command, unless --verbose reports each request.
fn progress(options: &ArgMatches) -> Progress {
    Progress::new(!options.get_flag("verbose"))
}

/// Returns the call for a list whose pages have this format.
fn pages(request: Request, format: PageFormat) -> Call<Page<Node>> {
    let decode = Decode::Page(page::decode, format);
    Call { request, decode }
}

/// Writes the items of a list as they arrive.
async fn list(
    call: Call<Page<Node>>,
    command: &Command,
    style: &Style,
    options: &ArgMatches,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let progress = progress(options);
    let mut items = call.stream();
    let mut list = ListWriter::new(style.clone());
    let (mut count, mut text) = (0, Vec::new());
    while let Some(item) = future::poll_fn(|it| Pin::new(&mut items).poll_next(it)).await {
        let item = item.map_err(Failure::from);
        let item = item.and_then(|it| check(&it, command, style).map(|()| it));
        let item = match item {
            Ok(item) => item,
            Err(failure) => {
                // The items so far are complete lines.
                list.end_of_page(&mut text)?;
                progress.aside(|| pass_on(&mut text, out))?;
                return Err(failure);
            }
        };
        list.item(item, &mut text)?;
        count += 1;
        if items.is_page_used_up() {
            list.end_of_page(&mut text)?;
        }
        if items.is_page_used_up() || text.len() > LONGEST_TEXT {
            progress.aside(|| pass_on(&mut text, out))?;
        }
        if items.is_page_used_up() && items.next_page_url().is_some() {
            progress.say(format!("{count} items"));
        }
    }
    drop(progress);
    list.finish(&mut text)?;
    pass_on(&mut text, out)?;
    if !options.contains_id("limit") && items.next_page_url().is_some() {
        stderr::tell(format_args!(
            "note: there are more than {DEFAULT_LIMIT} items; --all or --limit returns them"
        ));
    }
    Ok(())
}

/// Writes the buffered text, and starts a new one.
fn pass_on(text: &mut Vec<u8>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(text)?;
    text.clear();
    out.flush()
}

/// Writes a body of any size as it arrives.
async fn download(request: Request, out: &mut impl Write) -> Result<(), Failure> {
    let mut body = request.send_stream().await?.into_body();
    while let Some(piece) = future::poll_fn(|it| Pin::new(&mut body).poll_next(it)).await {
        out.write_all(&piece?)?;
        // Events of a stream are for whoever reads them now.
        out.flush()?;
    }
    Ok(())
}

/// Writes a response by its media type: JSON formatted, anything else unchanged.
async fn any(request: Request, style: &Style, out: &mut impl Write) -> Result<(), Failure> {
    let body: Bytes = request.send_raw().await?.into_body();
    let text = std::str::from_utf8(&body).unwrap_or_default();
    match json::read(text, Budget::new(body.len().saturating_mul(16), None)) {
        Ok(value) => write_value(value, style, out)?,
        Err(_) => out.write_all(&body)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Body;
    use crate::operation::{Method, Operation};
    use crate::product::Product;
    use crate::resource::Resource;
    use crate::transport::{Transport, TransportFuture};

    static EVENTS: Operation = Operation {
        id: "streamEvents",
        method: Method::Get,
        server: "https://store.example.com",
        path: "/events",
    };

    /// Responds with one event.
    struct Events;

    impl Transport for Events {
        fn send(&self, _: http::Request<Body>) -> TransportFuture {
            Box::pin(async { Ok(http::Response::new("data: 1\n\n".into())) })
        }
    }

    #[tokio::test]
    async fn pieces_of_a_stream_are_written_when_they_arrive() {
        let builder = Client::builder().bearer_token("open-sesame-41");
        let client: Client = builder.transport(Events).build().unwrap();
        let request = Request::new(&Resource::new(&client, Product::new("store")), &EVENTS);
        let mut out = BufWriter::new(Vec::new());
        download(request, &mut out).await.unwrap();
        assert_eq!(out.get_ref(), b"data: 1\n\n");
    }
}
