//! Writes the data usage of a month to a CSV file: a line for each day and SIM, fleet, network or country.
//!
//! `cargo run -p twilio-tests --example export_usage -- 2026-01 --by fleet --out usage.csv`
//!
//! Records are written as they arrive, however many there are, to a temporary file that replaces the old one at the
//! end. A failure before that leaves no partial month behind.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints to the terminal"
)]

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use futures_util::TryStreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};
use tempfile::NamedTempFile;
use twilio_iot::supersim::v1::{UsageRecord, UsageRecordGranularity, UsageRecordGroup};
use twilio_iot::{Client, Decimal, NaiveDate};

const HELP: &str = "\
Usage: export_usage MONTH [--by sim|fleet|network|isoCountry] [--out FILE] [--base-url URL]

  MONTH            Such as 2026-01, in UTC
  --by GROUP       What each day is split by [default: sim]
  --out FILE       The file to write [default: usage-MONTH.csv]
  --base-url URL   A server to use in place of Twilio's, such as a mock

TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, are the credentials.";

const COLUMNS: [&str; 10] = [
    "day",
    "sim_sid",
    "fleet_sid",
    "network_sid",
    "iso_country",
    "data_upload",
    "data_download",
    "data_total",
    "data_total_billed",
    "billed_unit",
];

/// What is exported.
pub struct Export {
    /// The first day of the month.
    pub month: NaiveDate,
    /// What each day is split by.
    pub group: UsageRecordGroup,
    /// The file to write.
    pub out: PathBuf,
}

/// The sums over all records.
#[derive(Debug, Default, PartialEq)]
pub struct Totals {
    /// The number of records.
    pub records: u64,
    /// Data sent and received, in bytes.
    pub bytes: i64,
    /// The cost by currency.
    pub billed: BTreeMap<String, Decimal>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn start() -> Result<(), Box<dyn StdError>> {
    use lexopt::prelude::*;
    let (mut month, mut out) = (None, None);
    let mut group = UsageRecordGroup::Sim;
    let mut builder = Client::builder();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            // The service rejects unknown values itself.
            Long("by") => group = arguments.value()?.string()?.into(),
            Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Long("base-url") => {
                builder = builder.base_url(arguments.value()?.string()?);
            }
            Value(value) if month.is_none() => month = Some(value.string()?),
            Short(_) | Long(_) | Value(_) => {
                return Err(argument.unexpected().into());
            }
        }
    }
    let name = month.ok_or_else(|| format!("MONTH is missing\n\n{HELP}"))?;
    let month = format!("{name}-01").parse();
    let export = Export {
        month: month.map_err(|_| format!("`{name}` is no month: give one such as 2026-01"))?,
        group,
        out: out.unwrap_or_else(|| format!("usage-{name}.csv").into()),
    };
    let client = builder.credentials_from_env()?.region_from_env()?.build()?;
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template(
        "{bar:30} {pos} of {len} days {msg} ({elapsed})",
    )?);
    let totals = run(&client, &export, &bar).await?;
    bar.finish_and_clear();
    println!("{}: {} records", export.out.display(), totals.records);
    println!("{} bytes", totals.bytes);
    for (currency, sum) in totals.billed {
        println!("{sum} {currency}");
    }
    Ok(())
}

/// Writes a month to its file, reports the progress to `bar`, and returns the sums.
///
/// The usage of each day is a separate list, so that `bar` has something to count.
pub async fn run(
    client: &Client,
    export: &Export,
    bar: &ProgressBar,
) -> Result<Totals, Box<dyn StdError>> {
    let Export { month, group, out } = export;
    let days: Vec<NaiveDate> = days_of(*month).collect();
    bar.set_length(u64::try_from(days.len())?);
    let mut totals = Totals::default();
    let folder = out.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let file = NamedTempFile::new_in(folder)
        .map_err(|error| format!("{}: cannot be written: {error}", folder.display()))?;
    let mut csv = csv::Writer::from_writer(file);
    csv.write_record(COLUMNS)?;
    for day in days {
        add_day(client, day, group, &mut csv, &mut totals)
            .await
            .map_err(|error| format!("{day}: {error}; {} is as it was", out.display()))?;
        bar.set_message(format!("with {} records", totals.records));
        bar.inc(1);
    }
    let file = csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(out)
        .map_err(|error| format!("{}: cannot be replaced: {error}", out.display()))?;
    Ok(totals)
}

/// Writes the records of one day as they arrive.
async fn add_day(
    client: &Client,
    day: NaiveDate,
    group: &UsageRecordGroup,
    csv: &mut csv::Writer<impl Write>,
    totals: &mut Totals,
) -> Result<(), Box<dyn StdError>> {
    let midnight = |day: NaiveDate| day.and_time(Default::default()).and_utc();
    let next_day = day.succ_opt().ok_or("the calendar ends here")?;
    let records = client.supersim().usage_records().list();
    let mut records = records
        .granularity(UsageRecordGranularity::Day)
        .group(group.clone())
        .start_time(midnight(day))
        .end_time(midnight(next_day))
        .page_size(1000)
        .stream();
    while let Some(record) = records.try_next().await? {
        csv.write_record(line(day, &record))?;
        totals.add(record);
    }
    Ok(())
}

/// Returns the values of [`COLUMNS`]; a missing value is empty.
fn line(day: NaiveDate, record: &UsageRecord) -> [String; COLUMNS.len()] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<i64>| value.map(|it| it.to_string()).unwrap_or_default();
    let billed = record.data_total_billed;
    [
        day.to_string(),
        text(&record.sim_sid),
        text(&record.fleet_sid),
        text(&record.network_sid),
        text(&record.iso_country),
        number(record.data_upload),
        number(record.data_download),
        number(record.data_total),
        billed.map(|it| it.to_string()).unwrap_or_default(),
        text(&record.billed_unit),
    ]
}

impl Totals {
    fn add(&mut self, record: UsageRecord) {
        self.records += 1;
        self.bytes += record.data_total.unwrap_or_default();
        if let (Some(unit), Some(billed)) = (record.billed_unit, record.data_total_billed) {
            *self.billed.entry(unit).or_default() += billed;
        }
    }
}

/// Returns the days of the month that begins with `first`.
fn days_of(first: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let month = first.format("%Y-%m").to_string();
    first
        .iter_days()
        .take_while(move |day| day.format("%Y-%m").to_string() == month)
}
