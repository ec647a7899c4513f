//! Every example response of the specs decodes as the type that its operation returns, even if fields are null, absent,
//! unknown, or have values that the spec does not have.
//!
//! Each is sent over a real connection, so that the whole client decodes it.

mod support;

use std::fmt::Debug;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use support::{Reply, Server, client};
use twilio_codegen::source::SourceFile;
use twilio_iot::supersim::v1 as supersim;
use twilio_iot::wireless::v1 as wireless;
use twilio_iot::{Client, Decimal, Error};

/// A future of a decoded response's `Debug` output.
type Decoded = Pin<Box<dyn Future<Output = Result<String, Error>>>>;

/// Returns the request of an operation by its id; `None` if this table does not have it.
type Table = fn(&Client, &str) -> Option<Decoded>;

#[tokio::test]
async fn supersim_examples_decode() {
    check(&Spec::read("twilio_supersim_v1"), supersim_request).await;
}

#[tokio::test]
async fn wireless_examples_decode() {
    check(&Spec::read("twilio_wireless_v1"), wireless_request).await;
}

#[test]
fn supersim_values_match_the_examples() {
    let spec = Spec::read("twilio_supersim_v1");
    let record: supersim::UsageRecord = spec.decoded("ListUsageRecord", "/usage_records/0");
    let billed = spec.body("ListUsageRecord", "/usage_records/0/data_total_billed");
    assert_eq!(billed, "18.19", "the number is text in the example");
    assert_eq!(record.data_total_billed, Some(Decimal::new(1819, 2)));

    let period: supersim::BillingPeriod = spec.decoded("ListBillingPeriod", "/billing_periods/0");
    assert_eq!(
        period.start_time,
        Some("2026-02-12T09:31:04Z".parse().unwrap())
    );
    assert_eq!(
        period.period_type,
        Some(supersim::BillingPeriodBpType::Active)
    );

    let profile: supersim::EsimProfile = spec.decoded("CreateEsimProfile", "");
    assert_eq!(
        profile.eid.as_deref(),
        Some("89049032007108882600128714420937")
    );
    assert_eq!((profile.iccid, profile.smdp_plus_address), (None, None));
}

#[test]
fn wireless_values_match_the_examples() {
    let spec = Spec::read("twilio_wireless_v1");
    let session: wireless::DataSession = spec.decoded("ListDataSession", "/data_sessions/0");
    assert_eq!(
        (session.packets_uploaded, session.packets_downloaded),
        (1482, 2967)
    );
    assert_eq!(
        session.cell_location_estimate,
        Some(json!({"lat": 47.6097, "lon": -122.3331}))
    );
    assert_eq!(session.start, Some("2026-03-05T08:12:44Z".parse().unwrap()));
    assert_eq!(session.operator_mcc.as_deref(), Some("310"));
}

/// Returns the request whose responses an operation's examples are, with dummy arguments.
fn supersim_request(client: &Client, operation: &str) -> Option<Decoded> {
    let api = client.supersim();
    let networks = || api.network_access_profile("HA1").networks();
    Some(match operation {
        "ListBillingPeriod" => shown(api.sim("HS1").billing_periods().list()),
        "ListEsimProfile" => shown(api.esim_profiles().list()),
        "CreateEsimProfile" => shown(api.esim_profiles().create()),
        "FetchEsimProfile" => shown(api.esim_profile("HP1").fetch()),
        "ListFleet" => shown(api.fleets().list()),
        "CreateFleet" => shown(api.fleets().create("HA1")),
        "FetchFleet" => shown(api.fleet("HF1").fetch()),
        "UpdateFleet" => shown(api.fleet("HF1").update()),
        "ListIpCommand" => shown(api.ip_commands().list()),
        "CreateIpCommand" => shown(api.ip_commands().create("HS1", "on", 5)),
        "FetchIpCommand" => shown(api.ip_command("HG1").fetch()),
        "FetchNetwork" => shown(api.network("HW1").fetch()),
        "ListNetwork" => shown(api.networks().list()),
        "ListNetworkAccessProfile" => shown(api.network_access_profiles().list()),
        "CreateNetworkAccessProfile" => shown(api.network_access_profiles().create()),
        "FetchNetworkAccessProfile" => shown(api.network_access_profile("HA1").fetch()),
        "UpdateNetworkAccessProfile" => shown(api.network_access_profile("HA1").update()),
        "ListNetworkAccessProfileNetwork" => shown(networks().list()),
        "CreateNetworkAccessProfileNetwork" => shown(networks().create("HW1")),
        "FetchNetworkAccessProfileNetwork" => {
            shown(api.network_access_profile("HA1").network("HW1").fetch())
        }
        "ListSettingsUpdate" => shown(api.settings_updates().list()),
        "ListSim" => shown(api.sims().list()),
        "CreateSim" => shown(api.sims().create("8900", "secret")),
        "FetchSim" => shown(api.sim("HS1").fetch()),
        "UpdateSim" => shown(api.sim("HS1").update()),
        "ListSimIpAddress" => shown(api.sim("HS1").sim_ip_addresses().list()),
        "ListSmsCommand" => shown(api.sms_commands().list()),
        "CreateSmsCommand" => shown(api.sms_commands().create("HS1", "on")),
        "FetchSmsCommand" => shown(api.sms_command("HC1").fetch()),
        "ListUsageRecord" => shown(api.usage_records().list()),
        _ => return None,
    })
}

/// The same for the other product.
fn wireless_request(client: &Client, operation: &str) -> Option<Decoded> {
    let api = client.wireless();
    Some(match operation {
        "ListAccountUsageRecord" => shown(api.usage_records().list()),
        "FetchCommand" => shown(api.command("DC1").fetch()),
        "ListCommand" => shown(api.commands().list()),
        "CreateCommand" => shown(api.commands().create("on")),
        "ListDataSession" => shown(api.sim("DE1").data_sessions().list()),
        "ListRatePlan" => shown(api.rate_plans().list()),
        "CreateRatePlan" => shown(api.rate_plans().create()),
        "FetchRatePlan" => shown(api.rate_plan("WP1").fetch()),
        "UpdateRatePlan" => shown(api.rate_plan("WP1").update()),
        "FetchSim" => shown(api.sim("DE1").fetch()),
        "UpdateSim" => shown(api.sim("DE1").update()),
        "ListSim" => shown(api.sims().list()),
        "ListUsageRecord" => shown(api.sim("DE1").usage_records().list()),
        _ => return None,
    })
}

fn shown<T: Debug>(
    request: impl IntoFuture<Output = Result<T, Error>, IntoFuture: 'static> + 'static,
) -> Decoded {
    let answer = request.into_future();
    Box::pin(async { answer.await.map(|body| format!("{body:#?}")) })
}

/// Decodes every example of `spec`, unchanged and with its fields changed.
async fn check(spec: &Spec, table: Table) {
    let session = Session::start(table).await;
    let (mut texts, mut unknown_values) = (0, 0);
    for example in spec.examples() {
        let plain = session.decode(&example, "as it is", &example.body).await;

        let more = example.changed(spec, &mut |fields, _| {
            fields.insert("unheard_of".to_owned(), json!({"a": [1, null]}));
        });
        let more = session.decode(&example, "with more fields", &more).await;
        assert_eq!(more, plain);

        let text = example.changed(spec, &mut |fields, schema| {
            texts += integers_to_text(spec, fields, schema);
        });
        let text = session
            .decode(&example, "with integers as text", &text)
            .await;
        assert_eq!(text, plain);

        let nulls = example.changed(spec, &mut nullify);
        let nulls = session
            .decode(&example, "with every field null", &nulls)
            .await;
        let absent = example.changed(spec, &mut |fields, schema| {
            fields.retain(|name, _| is_required(schema, name));
        });
        let absent = session
            .decode(&example, "with every field absent", &absent)
            .await;
        assert_eq!(absent, nulls);

        let mut count = 0;
        let others = example.changed(spec, &mut |fields, schema| {
            count += replace_enumerations(spec, fields, schema);
        });
        let others = session
            .decode(&example, "with unknown enum values", &others)
            .await;
        for kept in ["\"unheard_of\"", "Other("] {
            assert_eq!(
                others.matches(kept).count(),
                count,
                "{}: {others}",
                example.operation
            );
        }
        unknown_values += count;
    }
    assert!(texts > 10, "only {texts} integers were sent as text");
    assert!(
        unknown_values > 20,
        "only {unknown_values} enum values were changed"
    );
}

/// A client of a server that sends the last response that was set.
struct Session {
    client: Client,
    table: Table,
    answer: Arc<Mutex<Reply>>,
    _server: Server,
}

impl Session {
    async fn start(table: Table) -> Self {
        let answer = Arc::new(Mutex::new(Reply::unplanned()));
        let script = Arc::clone(&answer);
        let broken = "a lock that no panic has broken";
        let server = Server::start(move |_| script.lock().expect(broken).clone());
        Self {
            client: client(&server),
            table,
            answer,
            _server: server,
        }
    }

    /// Decodes `body`, an example after `change`.
    async fn decode(&self, example: &Example<'_>, change: &str, body: &Value) -> String {
        let Example {
            operation,
            name,
            status,
            ..
        } = example;
        *self.answer.lock().expect("a lock that no panic has broken") = Reply::json(*status, body);
        let request = (self.table)(&self.client, operation);
        let request =
            request.unwrap_or_else(|| panic!("`{operation}` is missing in this test's table"));
        match request.await {
            Ok(text) => text,
            Err(error) => panic!("{operation}, example `{name}` {change}: {error:?}\n{body:#}"),
        }
    }
}

/// The schema of an object: its `properties`, and which of them are `required`.
type Schema = Value;

/// Converts every integer to a string, and counts them.
fn integers_to_text(spec: &Spec, fields: &mut Map<String, Value>, schema: &Schema) -> usize {
    let mut count = 0;
    for (name, property) in members(&schema["properties"]) {
        if let Some(value) = fields.get_mut(name)
            && spec.resolve(property)["type"] == "integer"
            && value.is_i64()
        {
            *value = Value::String(value.to_string());
            count += 1;
        }
    }
    count
}

fn nullify(fields: &mut Map<String, Value>, schema: &Schema) {
    for (name, _) in members(&schema["properties"]) {
        if !is_required(schema, name) {
            fields.insert(name.to_owned(), Value::Null);
        }
    }
}

/// Replaces every enum value by an unknown one, and counts them.
fn replace_enumerations(spec: &Spec, fields: &mut Map<String, Value>, schema: &Schema) -> usize {
    let mut count = 0;
    for (name, property) in members(&schema["properties"]) {
        let property = spec.resolve(property);
        let is_list = spec.resolve(&property["items"]).get("enum").is_some();
        if is_list || property.get("enum").is_some() {
            let value = json!("unheard_of");
            fields.insert(
                name.to_owned(),
                if is_list { json!([value]) } else { value },
            );
            count += 1;
        }
    }
    count
}

fn is_required(schema: &Schema, name: &str) -> bool {
    schema["required"]
        .as_array()
        .is_some_and(|required| required.iter().any(|it| it == name))
}

/// A spec with its overlay, as untyped data.
struct Spec(Value);

/// An example of a success response.
struct Example<'s> {
    operation: &'s str,
    name: &'s str,
    status: u16,
    schema: &'s Value,
    body: Value,
}

impl Spec {
    /// Reads `specs/{name}.yaml` with its overlay.
    fn read(name: &str) -> Self {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let [spec, overlay] = ["yaml", "overlay.yaml"].map(|extension| SourceFile {
            path: format!("{name}.{extension}"),
            text: std::fs::read_to_string(specs.join(name).with_extension(extension))
                .expect("a file that can be read"),
        });
        Self(twilio_codegen::overlaid(&spec, &overlay).expect("an overlay that fits"))
    }

    /// Returns every example of every success response; each has at least one.
    fn examples(&self) -> Vec<Example<'_>> {
        let mut all = Vec::new();
        for (_, path) in members(&self.0["paths"]) {
            for (_, operation) in members(path).filter(|(_, it)| it.get("operationId").is_some()) {
                let operation_id = operation["operationId"].as_str().expect("text");
                for (status, response) in
                    members(&operation["responses"]).filter(|(status, _)| status.starts_with('2'))
                {
                    let Some(content) = response.pointer("/content/application~1json") else {
                        continue;
                    };
                    let before = all.len();
                    all.extend(
                        members(&content["examples"]).map(|(name, example)| Example {
                            operation: operation_id,
                            name,
                            status: status.parse().expect("a status"),
                            schema: &content["schema"],
                            body: example["value"].clone(),
                        }),
                    );
                    assert!(
                        all.len() > before,
                        "`{operation_id}` has no example of {status}"
                    );
                }
            }
        }
        all
    }

    /// Returns the part of an operation's first example at a JSON pointer.
    fn body(&self, operation: &str, pointer: &str) -> Value {
        let mut examples = self.examples().into_iter();
        let first = examples
            .find(|example| example.operation == operation)
            .expect("an operation with an example");
        first
            .body
            .pointer(pointer)
            .expect("a place in the document")
            .clone()
    }

    /// The same, decoded.
    fn decoded<T: DeserializeOwned>(&self, operation: &str, pointer: &str) -> T {
        serde_json::from_value(self.body(operation, pointer)).expect("a value of the type")
    }

    /// Resolves a reference, or returns the schema itself.
    fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(target) => self.resolve(
                self.0
                    .pointer(target.trim_start_matches('#'))
                    .expect("a place in the document"),
            ),
            None => schema,
        }
    }

    /// Applies `change` to every object in `value` whose fields are in `schema`.
    fn change(
        &self,
        schema: &Value,
        value: &mut Value,
        change: &mut dyn FnMut(&mut Map<String, Value>, &Schema),
    ) {
        let schema = self.resolve(schema);
        match value {
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.change(&schema["items"], item, change)),
            Value::Object(fields) if schema.get("properties").is_some() => {
                for (name, value) in fields.iter_mut() {
                    self.change(&schema["properties"][name], value, change);
                }
                change(fields, schema);
            }
            Value::Object(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_) => {}
        }
    }
}

impl Example<'_> {
    /// Returns the body with `change` applied to every object except the paging envelope.
    fn changed(
        &self,
        spec: &Spec,
        change: &mut dyn FnMut(&mut Map<String, Value>, &Schema),
    ) -> Value {
        let mut body = self.body.clone();
        let properties = &spec.resolve(self.schema)["properties"];
        if properties.get("meta").is_none() {
            spec.change(self.schema, &mut body, change);
        } else {
            for (name, schema) in members(properties).filter(|(name, _)| *name != "meta") {
                spec.change(schema, &mut body[name], change);
            }
        }
        body
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}
