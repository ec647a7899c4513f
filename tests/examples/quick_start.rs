//! The quick start of the README, which a test keeps the same.
#![expect(clippy::print_stdout, reason = "an example talks to people")]

use futures_util::TryStreamExt;
use twilio_iot::supersim::v1::SimStatus;
use twilio_iot::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    // TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET.
    run(Client::from_env()?).await
}

/// Makes a fleet, lists its active SIMs and looks one up.
pub async fn run(client: Client) -> Result<(), Error> {
    let profile = "HA0123456789abcdef0123456789abcdef";
    let fleets = client.supersim().fleets();
    let fleet = fleets
        .create(profile)
        .unique_name("trackers")
        .data_limit(1000)
        .await?;
    println!("created {}", fleet.sid);

    let sims = client
        .supersim()
        .sims()
        .list()
        .fleet("trackers")
        .status(SimStatus::Active);
    let mut sims = sims.page_size(200).stream();
    while let Some(sim) = sims.try_next().await? {
        println!("{:?} is active", sim.iccid);
    }

    match client
        .supersim()
        .sim("HS0123456789abcdef0123456789abcdef")
        .fetch()
        .await
    {
        Ok(sim) => println!("{}: {:?}", sim.sid, sim.status),
        Err(Error::Api(error)) if error.status == 404 => println!("no such SIM"),
        Err(error) => return Err(error),
    }
    Ok(())
}
