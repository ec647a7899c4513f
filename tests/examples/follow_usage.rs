//! Follows the data usage of a SIM: prints the usage of each hour of today, then every increase.
//!
//! `cargo run -p twilio-tests --example follow_usage -- HS0123456789abcdef0123456789abcdef`
#![expect(clippy::print_stdout, reason = "an example prints to the terminal")]

use std::time::Duration;

use twilio_iot::supersim::v1::UsageRecordGranularity;
use twilio_iot::{Client, Error};

/// Usage reaches the API some minutes late, so polling more often shows nothing new.
const PAUSE: Duration = Duration::from_secs(300);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let Some(sim) = std::env::args().nth(1) else {
        println!("usage: follow_usage SIM");
        return Ok(());
    };
    let mut known = 0;
    loop {
        known = run(&client, &sim, known).await?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Prints the usage of `sim` by hour if it is no longer `known` bytes, and returns the new total.
pub async fn run(client: &Client, sim: &str, known: i64) -> Result<i64, Error> {
    let request = client.supersim().usage_records().list();
    let records = request
        .sim(sim)
        .granularity(UsageRecordGranularity::Hour)
        .all()
        .await?;
    let total = records.iter().filter_map(|record| record.data_total).sum();
    if total != known {
        println!("{} bytes more", total - known);
        for record in records {
            let start = record.period.and_then(|period| period.start_time);
            let hour = start.map_or("unknown hour".to_owned(), |it| it.to_string());
            let bytes = record.data_total.unwrap_or_default();
            println!("  {hour}: {bytes} bytes");
        }
    }
    Ok(total)
}
