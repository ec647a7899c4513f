//! Compares operations: their targets and their responses.

use super::compare::{Comparing, RuleMatch, places};
use super::pages;
use super::repeated::CommonChange;
use super::rule::Rule;
use super::server_variables;
use super::servers::is_same_url;
use super::skipped::skipped;
use super::wording::{self, code};
use crate::api::{
    Encoding, Operation, OperationIndex, Payload, ResponseKind, SkippedOperation, Use,
};
use crate::path_item::without_names;
use crate::pointer::Pointer;

/// An operation in both versions.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) from: OperationIndex,
    pub(super) to: OperationIndex,
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
}

impl<'a> Comparing<'a> {
    pub(super) fn operations(&mut self) {
        let pairs = self.pairs.operations.clone();
        for &(from, to) in &pairs {
            let (old, new): (&'a _, &'a _) =
                (self.old.api.operation(from), self.new.api.operation(to));
            self.operation(Both { from, to, old, new });
        }
        for from in (0..self.old.api.operations.len()).map(OperationIndex) {
            if !pairs.iter().any(|&(paired, _)| paired == from) {
                self.removed_operation(from);
            }
        }
        for to in (0..self.new.api.operations.len()).map(OperationIndex) {
            if !pairs.iter().any(|&(_, paired)| paired == to) {
                self.added_operation(to);
            }
        }
    }

    fn removed_operation(&mut self, index: OperationIndex) {
        let operation = self.old.api.operation(index);
        let path = self.old.request_path(index);
        let mut evidence = self.keys_before(&path);
        if let Some(answer) = self.old.answer_path(index) {
            evidence.extend(self.keys_before(&answer));
        }
        evidence.push(self.member_key(&self.old.opening_path(index)));
        let name = wording::operation(operation);
        let refused = skipped(&self.new.api.skipped, operation);
        self.add(RuleMatch {
            rule: Rule::OperationRemoved,
            item: path,
            at: [Some(operation.at.clone()), refused.map(|it| it.at.clone())],
            message: match refused {
                Some(SkippedOperation { why, .. }) => {
                    format!("the operation {name} can no longer be called: {why}")
                }
                None => format!("the operation {name} was removed"),
            },
            evidence,
        });
        self.removed_command(index);
    }

    fn added_operation(&mut self, index: OperationIndex) {
        let operation = self.new.api.operation(index);
        let path = self.new.request_path(index);
        let mut evidence = self.keys_after(&path);
        if let Some(answer) = self.new.answer_path(index) {
            evidence.extend(self.keys_after(&answer));
        }
        evidence.push(self.new.opening_path(index));
        let name = wording::operation(operation);
        let refused = skipped(&self.old.api.skipped, operation);
        self.add(RuleMatch {
            rule: Rule::OperationAdded,
            item: path,
            at: [refused.map(|it| it.at.clone()), Some(operation.at.clone())],
            message: match refused {
                Some(_) => format!("the operation {name} can be called now"),
                None => format!("the operation {name} was added"),
            },
            evidence,
        });
    }

    /// Compares every property of an operation. The pattern is exhaustive, so a new property must be handled here.
    fn operation(&mut self, both: Both<'_>) {
        let Operation {
            id: _,          // below, with the names derived from it
            name: _,        // with the id
            longer_name: _, // with the id
            has_hash: _,    // with the id
            tags: _,        // with the features
            verb: _,        // the name of the method, below
            noun: _,        // the name of handles, with the resources
            summary,
            doc,
            at,
            method: _,   // below
            server: _,   // below
            template: _, // below
            path: _,     // below
            path_parameters: _,
            parameters: _,
            constants: _,
            body: _,
            other_bodies: _,
            result: _,
            other_responses: _,
            success: _,
            errors: _,
            error_headers: _,
            examples: _,
            security: _,
            media_types: _,
            deprecated: _,
            headers_of_client: _, // the same for callers, whatever they are
            keys_of_client: _,    // follows from `security`
            left_out: _,          // with the inputs
            signing: _,           // follows from `security`
        } = both.old;
        let item = self.new.request_path(both.to);
        self.prose(
            &item,
            [(summary, doc), (&both.new.summary, &both.new.doc)],
            [at, &both.new.at],
        );
        self.identity(both);
        self.target(both);
        self.security(both);
        self.success_codes(both);
        self.response_headers(both);
        self.media_types(both);
        self.deprecation(both);
        self.result(both);
        self.other_responses(both);
        self.errors(both);
        self.error_headers(both);
        self.inputs(both);
        self.constants(both);
        self.command(both);
        self.examples(both);
    }

    /// Adds a change of an operation as a whole. `what` is the message without its subject, the operation.
    pub(super) fn about(&mut self, both: Both<'_>, rule: Rule, what: &str, evidence: Vec<String>) {
        let at = [&both.old.at, &both.new.at];
        self.found_about(both, rule, what, at, evidence);
    }

    /// Adds a change of an operation that the compiler does not see, at a place in each version.
    pub(super) fn about_at(&mut self, both: Both<'_>, rule: Rule, what: &str, at: [&Pointer; 2]) {
        self.found_about(both, rule, what, at, Vec::new());
    }

    fn found_about(
        &mut self,
        both: Both<'_>,
        rule: Rule,
        what: &str,
        at: [&Pointer; 2],
        evidence: Vec<String>,
    ) {
        self.add(RuleMatch {
            rule,
            item: self.new.request_path(both.to),
            at: places(at),
            message: format!("{} {what}", wording::operation(both.new)),
            evidence,
        });
    }

    /// Compares the id and the names derived from it.
    fn identity(&mut self, both: Both<'_>) {
        let Both { from, to, old, new } = both;
        let [before, after] = [self.old.request_path(from), self.new.request_path(to)];
        let [opened, opens] = [self.old.opening_path(from), self.new.opening_path(to)];
        let at = [&old.at, &new.at];
        if old.id != new.id {
            let mut what = format!("changed its id: {} → {}", code(&old.id), code(&new.id));
            if let Some(renaming) = self.renaming(&opened, &opens) {
                what.push_str("; ");
                what.push_str(&renaming);
            }
            let mut evidence = vec![before, after, self.member_key(&opened), opens];
            if self.new.answer_path(to).is_some() {
                evidence.push(format!("{}::await", self.new.request_path(to))); // The enum has the id in its name.
            }
            evidence.extend(self.answer_keys(both));
            self.about(both, Rule::OperationRenamed, &what, evidence);
            return;
        }
        self.renamed_type(&before, &after, at);
        if old.method == new.method && without_names(&old.path) == without_names(&new.path) {
            self.renamed_member(&opened, &opens, at);
        }
    }

    /// Compares method, server and path.
    fn target(&mut self, both: Both<'_>) {
        let Both { from, to, old, new } = both;
        let opening = || {
            vec![
                self.member_key(&self.old.opening_path(from)),
                self.new.opening_path(to),
            ]
        };
        let [was, is] = [
            server_variables::pattern(old, &self.old.api.server_variables),
            server_variables::pattern(new, &self.new.api.server_variables),
        ];
        // A change of a variable's default is reported once, for the variable.
        let has_same_pattern = was.is_some() && was == is;
        let paths = match has_same_pattern {
            true => [old, new].map(Operation::path_below_server),
            false => [old, new].map(|it| it.path.as_str()),
        };
        if without_names(paths[0]) != without_names(paths[1]) {
            let what = format!(
                "changed its path: {} → {}",
                code(&old.path),
                code(&new.path)
            );
            let evidence = opening();
            self.about(both, Rule::OperationPathChanged, &what, evidence);
        }
        if old.method != new.method {
            let [before, after] = [old, new].map(|it| it.method.as_str());
            let what = format!("changed its method: `{before}` → `{after}`");
            self.about(both, Rule::OperationMethodChanged, &what, Vec::new());
        }
        if old.server != new.server && !has_same_pattern {
            let (rule, verbs, what) = server_change([&old.server, &new.server]);
            let change = CommonChange {
                rule,
                field: "servers",
                verbs,
            };
            self.about_common(both, change, what);
        }
    }

    fn deprecation(&mut self, both: Both<'_>) {
        match (both.old.deprecated, both.new.deprecated) {
            (false, true) => {
                self.about(both, Rule::OperationDeprecated, "is deprecated", Vec::new());
            }
            (true, false) => self.about(
                both,
                Rule::OperationUndeprecated,
                "is no longer deprecated",
                Vec::new(),
            ),
            (false, false) | (true, true) => {}
        }
    }

    fn result(&mut self, both: Both<'_>) {
        if let (ResponseKind::OneOf(old), ResponseKind::OneOf(new)) =
            (&both.old.result, &both.new.result)
        {
            if self.alternatives(both, [old, new]) {
                self.response_limits(both);
            }
            return;
        }
        let Some((rule, what)) = self.result_change(both) else {
            return self.response_limits(both);
        };
        let path = self.new.request_path(both.to);
        let mut evidence: Vec<String> =
            ["await", "stream"].map(|it| format!("{path}::{it}")).into();
        evidence.extend(self.answer_keys(both));
        self.about(both, rule, &what, evidence);
    }

    /// Returns how the response of an operation has changed, if it has.
    fn result_change(&self, both: Both<'_>) -> Option<(Rule, String)> {
        let [old, new] = [&both.old.result, &both.new.result];
        match (old, new) {
            (ResponseKind::Nothing, ResponseKind::Nothing) => None,
            (ResponseKind::Nothing, ResponseKind::Value(_) | ResponseKind::Page { .. }) => Some((
                Rule::ResponseBodyGained,
                "returns a body, and returned none before".to_owned(),
            )),
            (ResponseKind::Value(_) | ResponseKind::Page { .. }, ResponseKind::Nothing) => Some((
                Rule::ResponseBodyLost,
                "returns no body, and returned one before".to_owned(),
            )),
            (ResponseKind::Value(_), ResponseKind::Page { items, .. }) => {
                Some((Rule::PagingGained, pages::gained(items)))
            }
            (ResponseKind::Page { .. }, ResponseKind::Value(_)) => Some((
                Rule::PagingLost,
                "returns everything at once, and returned pages before".to_owned(),
            )),
            (
                ResponseKind::Page {
                    items: from,
                    item,
                    paging: before,
                },
                ResponseKind::Page {
                    items: to,
                    item: now,
                    paging: after,
                },
            ) => self.other_type(item, now).or_else(|| {
                let what = pages::changed([from, to], [before, after]);
                Some((Rule::PagingKeyChanged, what?))
            }),
            (ResponseKind::Value(old), ResponseKind::Value(new)) => self.other_payload(old, new),
            (ResponseKind::OneOf(_), ResponseKind::OneOf(_)) => None, // Each kind on its own.
            (ResponseKind::OneOf(_), _) => Some((
                Rule::ResponseTypeChanged,
                "returns one kind of response, and returned several before".to_owned(),
            )),
            (_, ResponseKind::OneOf(_)) => Some((
                Rule::ResponseTypeChanged,
                "returns one of several kinds of responses, and returned one before".to_owned(),
            )),
        }
    }

    fn other_payload(&self, old: &Payload, new: &Payload) -> Option<(Rule, String)> {
        if old.encoding == Encoding::Json && new.encoding == Encoding::Json {
            return self.other_type(&old.value, &new.value);
        }
        let what = format!(
            "returns a different type: {} → {}",
            wording::payload(self.old, old),
            wording::payload(self.new, new)
        );
        let is_changed = old.encoding != new.encoding;
        let change = is_changed.then_some((Rule::ResponseTypeChanged, what));
        change.or_else(|| self.other_item(old, new))
    }

    /// Returns how what a stream consists of has changed. Callers name its type when they read it.
    fn other_item(&self, old: &Payload, new: &Payload) -> Option<(Rule, String)> {
        let [was, is] = [old.item.as_ref()?.value(), new.item.as_ref()?.value()];
        let what = format!(
            "streams values of a different type: {} → {}",
            wording::value(self.old, was),
            wording::value(self.new, is)
        );
        (!self.is_same_value(was, is)).then_some((Rule::ResponseTypeChanged, what))
    }

    pub(super) fn is_same_payload(&self, old: &Payload, new: &Payload) -> bool {
        self.other_payload(old, new).is_none()
    }

    fn other_type(&self, old: &Use, new: &Use) -> Option<(Rule, String)> {
        let what = format!(
            "returns a different type: {} → {}",
            wording::value(self.old, old),
            wording::value(self.new, new)
        );
        (!self.is_same_value(old, new)).then_some((Rule::ResponseTypeChanged, what))
    }

    /// Compares the document's description, security schemes and server variables.
    pub(super) fn document(&mut self) {
        let [old, new] = [self.old.api, self.new.api];
        let info = Pointer::root().key("info");
        self.prose(
            &self.new.module_path(),
            [(&old.title, &old.doc), (&new.title, &new.doc)],
            [&info, &info],
        );
        self.security_schemes();
        self.server_variables();
    }
}

/// Returns the rule, the verb for one operation and for several, and the rest of the message.
fn server_change(servers: [&str; 2]) -> (Rule, [&'static str; 2], String) {
    match servers {
        ["", server] => (
            Rule::ServerAdded,
            ["now has", "now have"],
            format!("a server, {}", code(server)),
        ),
        [server, ""] => (
            Rule::ServerChanged,
            ["no longer has", "no longer have"],
            format!("a server, which was {}", code(server)),
        ),
        [old, new] => {
            let change = format!("{} → {}", code(old), code(new));
            if is_same_url(old, new) {
                let verbs = ["spells its server", "spell their server"];
                (
                    Rule::ServerRespelled,
                    verbs,
                    format!("differently: {change}"),
                )
            } else {
                let what = format!("a different server: {change}");
                (Rule::ServerChanged, ["uses", "use"], what)
            }
        }
    }
}
