//! Many concurrent requests to a server that fails one in twenty, in every way of the tables in `faults`.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use twilio_runtime::RetryPolicy;
use twilio_test_support::{Reply, Request, Server};

use crate::api::Client;
use crate::faults::{FAULTS, KINDS, LINKS, Time, answer};
use crate::server::json;
use crate::site::{ANSWER, Id, Kind, Lasts, Site, Target, outcome};

const CALLS: usize = 10_000;
const IN_FLIGHT: usize = 64;

/// One call in this many fails.
const BLOCK: usize = 20;

/// The time limit of a request that meets an endless fault. It must suffice on a busy machine, because the requests
/// before and after the fault have the same limit.
const SHORT: Duration = Duration::from_secs(2);

/// The largest accepted body, in bytes.
const LARGEST: usize = 1 << 20;

/// A call, and its expected result.
#[derive(Clone, Debug)]
struct Planned {
    kind: Kind,
    /// For the id; the number is that of the call.
    fault: usize,
    lasts: Lasts,
    target: Target,
    /// Whether it uses the client with fixed credentials.
    is_fixed: bool,
    gets: String,
    requests: usize,
}

impl Planned {
    /// Returns a call that meets no fault.
    fn well(kind: Kind) -> Self {
        Self {
            kind,
            fault: 0,
            lasts: Lasts::Never,
            target: Target::Server,
            is_fixed: false,
            gets: ANSWER.to_owned(),
            requests: if kind == Kind::List { 2 } else { 1 },
        }
    }

    /// Returns a call that meets the fault at this index of the table; `None` if it takes too long, or cannot pass.
    fn fault(at: usize, kind: Kind, lasts: Lasts) -> Option<Self> {
        let fault = &FAULTS[at];
        let can_pass = fault.target == Target::Server && fault.time == Time::None;
        let is_long = matches!(fault.time, Time::RetryAfter(_));
        if is_long || (lasts == Lasts::Once && !can_pass) {
            return None;
        }
        // A list meets it on its second page, if the first can be fetched.
        let column = KINDS.iter().position(|it| *it == kind).unwrap_or(0);
        let first_page = usize::from(kind == Kind::List && fault.target == Target::Server);
        let (gets, requests) = match (fault.gets[column], fault.requests[column]) {
            (_, requests) if requests > 1 && lasts == Lasts::Once => (ANSWER.to_owned(), 2),
            (gets, requests) if first_page == 0 || gets == ANSWER => (gets.to_owned(), requests),
            (gets, requests) => (format!("1 item, then {gets}"), requests),
        };
        Some(Self {
            fault: at,
            lasts,
            target: fault.target,
            // A slow call might meet two rejected tokens, and a 401 causes a retry with another token.
            is_fixed: fault.time == Time::Timeout || fault.name == "401",
            gets,
            requests: requests + first_page,
            ..Self::well(kind)
        })
    }

    /// Returns a list whose first page has the link at this index of its table.
    fn link(at: usize) -> Self {
        Self {
            fault: FAULTS.len() + at,
            lasts: Lasts::Always,
            gets: LINKS[at].gets.to_owned(),
            requests: LINKS[at].requests,
            ..Self::well(Kind::List)
        }
    }
}

/// Returns a call for each fault and each kind of request, both persistent and transient.
fn faults() -> Vec<Planned> {
    let mut calls: Vec<_> = (0..LINKS.len()).map(Planned::link).collect();
    for at in 0..FAULTS.len() {
        for kind in KINDS.into_iter().chain([Kind::List]) {
            let lasts = [Lasts::Always, Lasts::Once];
            calls.extend(lasts.iter().filter_map(|it| Planned::fault(at, kind, *it)));
        }
    }
    calls
}

/// Returns the calls in an order that looks random, and is the same every time.
fn plan() -> Vec<Planned> {
    let faults = faults();
    assert!(
        faults.len() <= CALLS / BLOCK,
        "each has its turn: {}",
        faults.len()
    );
    let well = [
        Kind::Get,
        Kind::Get,
        Kind::Post,
        Kind::Post,
        Kind::Delete,
        Kind::List,
    ];
    let call = |number: usize| {
        let block = number / BLOCK;
        if number % BLOCK == scatter(block) % BLOCK {
            // A prime, so that it steps through all of them.
            faults[block * 7919 % faults.len()].clone()
        } else {
            Planned::well(well[scatter(number) % well.len()])
        }
    };
    (0..CALLS).map(call).collect()
}

/// Returns a number that depends on every bit of `number` (the finalizer of MurmurHash3).
fn scatter(number: usize) -> usize {
    let mut bits = u32::try_from(number).unwrap() ^ 0x9e37_79b9;
    bits = (bits ^ (bits >> 16)).wrapping_mul(0x85eb_ca6b);
    bits = (bits ^ (bits >> 13)).wrapping_mul(0xc2b2_ae35);
    usize::try_from(bits ^ (bits >> 16)).unwrap()
}

/// The number of requests per token; then the service rejects it, before it expires. A call can survive one rejected
/// token, so no call may take as long as this.
const PER_TOKEN: usize = 2500;

/// The tokens of the run: the valid one, and how many requests had an invalid one.
#[derive(Default)]
struct Tokens {
    taken: AtomicUsize,
    refused: AtomicUsize,
    asked: AtomicUsize,
    asked_for: Mutex<BTreeSet<usize>>,
}

impl Tokens {
    fn number(&self) -> usize {
        self.taken.load(Ordering::SeqCst) / PER_TOKEN
    }

    /// Responds to the first request for each token with 503.
    fn issue(&self) -> Reply {
        let number = self.number();
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.asked_for.lock().unwrap().insert(number) {
            return Reply::new("503 Service Unavailable", &[], "");
        }
        json(&format!(
            r#"{{"access_token": "hunter2.{number}", "expires_in": 36000}}"#
        ))
    }

    /// Rejects a request with a token that is no longer valid.
    fn check(&self, request: &Request) -> Option<Reply> {
        let signature = request.header("authorization").unwrap();
        if signature == format!("Bearer hunter2.{}", self.number()) {
            self.taken.fetch_add(1, Ordering::SeqCst);
            return None;
        }
        self.refused.fetch_add(1, Ordering::SeqCst);
        let old = signature.strip_prefix("Bearer hunter2.").unwrap();
        assert!(old.parse::<usize>().unwrap() < self.number(), "{signature}");
        Some(Reply::new("401 Unauthorized", &[], ""))
    }
}

/// Returns a client that retries at once.
fn client(url: &str, credentials: &Credentials, attempt: Duration) -> Client {
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(2));
    // The result of each call is predictable only if it does not depend on earlier ones.
    let policy = policy.without_quota();
    let builder = Client::builder().base_url(url).retry_policy(policy);
    let builder = match credentials {
        Credentials::Basic => builder.basic_auth("AC1", "hunter2"),
        Credentials::Tokens(url) => builder.client_credentials(url, "the-id", "the-secret-hunter2"),
    };
    let builder = builder.attempt_timeout(attempt).max_body_size(LARGEST);
    builder.build().unwrap()
}

enum Credentials {
    Basic,
    /// From the token endpoint at this URL.
    Tokens(String),
}

/// State that the workers share.
struct Run {
    site: Site,
    /// A client with fixed credentials, whose attempts may take no longer than [`SHORT`].
    fixed: Client,
    plan: Vec<Planned>,
    next: AtomicUsize,
    done: AtomicUsize,
    wrong: Mutex<Vec<String>>,
}

impl Run {
    /// Makes calls until there are no more.
    async fn work(&self) {
        loop {
            let number = self.next.fetch_add(1, Ordering::SeqCst);
            let Some(planned) = self.plan.get(number) else {
                return;
            };
            let client = if planned.is_fixed {
                &self.fixed
            } else {
                self.site.client(planned.target)
            };
            let id = Id {
                fault: planned.fault,
                lasts: planned.lasts,
                number,
            };
            let gets = outcome(client, planned.kind, id).await;
            let requests = self.site.seen(id);
            let expected = if planned.target == Target::Server {
                planned.requests
            } else {
                0
            };
            if (&gets, requests) != (&planned.gets, expected) {
                self.wrong
                    .lock()
                    .unwrap()
                    .push(format!("{gets}, {requests} requests: {number} {planned:?}"));
            }
            self.done.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[tokio::test]
#[cfg_attr(feature = "gzip", ignore = "with it, compressed answers are asked for")]
async fn concurrent_calls_are_neither_lost_nor_doubled() {
    let tokens = Arc::<Tokens>::default();
    let (issuing, checking) = (Arc::clone(&tokens), Arc::clone(&tokens));
    let endpoint = Server::start(move |_| issuing.issue());
    let credentials = Credentials::Tokens(format!("{}/token", endpoint.url));
    let site = Site::start(
        move |request| {
            let is_basic = request.header("authorization") == Some("Basic QUMxOmh1bnRlcjI=");
            (!is_basic).then(|| checking.check(request)).flatten()
        },
        answer,
        |url| client(url, &credentials, Duration::from_secs(60)),
    );
    let fixed = client(&site.server.url, &Credentials::Basic, SHORT);
    let plan = plan();
    let run = Arc::new(Run {
        site,
        fixed,
        plan,
        next: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        wrong: Mutex::default(),
    });
    let mut workers = JoinSet::new();
    for _ in 0..IN_FLIGHT {
        let run = Arc::clone(&run);
        workers.spawn(async move { run.work().await });
    }
    workers.join_all().await;

    let wrong = run.wrong.lock().unwrap().clone();
    assert!(
        wrong.is_empty(),
        "{} of them: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(20)]
    );
    assert_eq!(run.done.load(Ordering::SeqCst), CALLS);
    // No unknown or late request arrived.
    let sent = |target| -> usize {
        let there = run.plan.iter().filter(|it| it.target == target);
        there.map(|it| it.requests).sum()
    };
    let refused = tokens.refused.load(Ordering::SeqCst);
    let requests = run.site.server.requests();
    assert_eq!(requests.len() - refused, sent(Target::Server));
    assert_eq!(run.site.resets(), sent(Target::Resetting));
    assert_eq!(run.site.other.lines(), Vec::<String>::new());
    // One token for each change, and one for each of eight clients at the start.
    let changes = tokens.number();
    assert!(refused >= changes && changes >= 3, "{refused} of {changes}");
    let asked = tokens.asked.load(Ordering::SeqCst);
    let expected = 2 * changes..=2 * (changes + 1) + 7;
    assert!(expected.contains(&asked), "{asked} for {changes}");
    assert!(
        requests
            .iter()
            .all(|it| !format!("{it:?}").contains("the-secret"))
    );
}
