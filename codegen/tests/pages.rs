//! Rules for the pages of lists: which operations they fit, and the faults of those that fit none.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use twilio_codegen::api::{Api, ListEnd, NextPage, PageSize, Paging, ResponseKind};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{PageRule, Pages, Sources, Vendor};

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /v1/pets:
    get:
      operationId: listPets
      tags: [animals]
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, maximum: 30}}
      responses:
        '200':
          description: Some pets.
          content: {application/json: {schema: {$ref: '#/components/schemas/PetPage'}}}
    post:
      operationId: createPet
      responses: {'200': {description: All pets., content: {application/json: {schema: {$ref: '#/components/schemas/PetPage'}}}}}
  /v1/toys:
    get:
      operationId: listToys
      tags: [things]
      responses: {'200': {description: All toys., content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /v1/shops:
    get:
      operationId: listShops
      tags: [things]
      parameters: [{name: Limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: Shops., content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {type: object, properties: {name: {type: string}}}}, 'page.next': {type: string}}}}}}}
  /v1/pets/{id}:
    get:
      operationId: fetchPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: A pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {id: {type: string}, owner: {type: object, properties: {id: {type: integer}}}, tags: {type: array, items: {type: string}}}}
    PetPage:
      type: object
      required: [pets, page]
      properties:
        pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        total: {type: integer}
        page: {$ref: '#/components/schemas/PageInfo'}
    PageInfo:
      type: object
      properties:
        next: {type: string, nullable: true}
        more: {type: boolean}
        links: {type: object}
";

fn rule(items: Option<&str>, next: NextPage<String>) -> PageRule {
    PageRule {
        items: items.map(str::to_owned),
        next,
        size: None,
        only: Vec::new(),
    }
}

fn only(rule: PageRule, only: &[&str]) -> PageRule {
    let only = only.iter().map(|it| (*it).to_owned());
    PageRule {
        only: only.collect(),
        ..rule
    }
}

fn url(key: &str) -> NextPage<String> {
    NextPage::Url(key.to_owned())
}

fn cursor(parameter: &str, value: &str, more: Option<&str>) -> NextPage<String> {
    NextPage::Cursor {
        parameter: parameter.to_owned(),
        value: value.to_owned(),
        more: more.map(str::to_owned),
    }
}

fn read(path: &str, rules: &[PageRule], may_be_unused: bool) -> Result<Api, String> {
    let files = [SourceFile {
        path: path.to_owned(),
        text: PETS.to_owned(),
    }];
    let (mut apis, report) = twilio_codegen::read(Sources {
        pages: Pages {
            rules,
            may_be_unused,
        },
        ..Sources::from(&files)
    });
    let faults = report.iter().filter(|it| it.id() == "unused-pages");
    let faults: Vec<String> = faults.map(|it| it.message.clone()).collect();
    match faults.is_empty() {
        true => Ok(apis.remove(0)),
        false => Err(faults.join("\n")),
    }
}

/// Returns how the lists of the operations with pages are divided.
fn paged(rules: &[PageRule]) -> Vec<(String, Paging)> {
    lists_of(read("pets.yaml", rules, false).unwrap())
}

/// Returns how the lists of a document are divided.
fn lists_of(api: Api) -> Vec<(String, Paging)> {
    let operations = api.operations.into_iter();
    let paged = operations.filter_map(|it| match it.result {
        ResponseKind::Page { paging, .. } => Some((it.id, *paging.unwrap())),
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::OneOf(_) => None,
    });
    paged.collect()
}

fn fault(rule: PageRule) -> String {
    read("pets.yaml", &[rule], false).unwrap_err()
}

#[test]
fn keys_lead_into_objects_unless_they_are_names() {
    let lists = paged(&[
        rule(Some("pets"), url("page.next")),
        rule(Some("data"), url("page.next")),
        rule(None, NextPage::LinkHeader),
    ]);
    let found: Vec<String> = lists
        .iter()
        .map(|(id, it)| format!("{id} {:?} {:?} {}", it.items, it.next, it.requires_items))
        .collect();
    assert_eq!(
        found,
        [
            r#"listPets ["pets"] Url(["page", "next"]) true"#,
            "listToys [] LinkHeader true",
            r#"listShops ["data"] Url(["page.next"]) false"#,
        ]
    );
}

/// A document with a list for each name, with an extension that says how it is divided, and with the properties of a page.
fn pageable(lists: &[(&str, &str, &str)]) -> SourceFile {
    let operations = lists.iter().map(|(name, pageable, page)| {
        format!(
            "  /{name}:\n    get:\n      operationId: list_{name}\n      x-ms-pageable: {pageable}\n      \
             responses: {{'200': {{description: Some., content: {{application/json: {{schema: {{type: object, properties: \
             {{{page}}}}}}}}}}}}}\n"
        )
    });
    let operations: String = operations.collect();
    SourceFile {
        path: "shop.yaml".to_owned(),
        text: format!(
            "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\nservers: [{{url: 'https://shop.example.com'}}]\npaths:\n{operations}"
        ),
    }
}

/// The rules of operations themselves apply where none of the settings does.
#[test]
fn operations_say_how_their_lists_are_divided() {
    let usual = "value: {type: array, items: {type: string}}, nextLink: {type: string}";
    let other = "pets: {type: array, items: {type: string}}, '@odata.nextLink': {type: string}";
    let files = [pageable(&[
        ("a", "{nextLinkName: nextLink}", usual),
        ("b", "{}", usual),
        (
            "c",
            "{nextLinkName: '@odata.nextLink', itemName: pets}",
            other,
        ),
        // No next page, and keys that the response does not have.
        ("d", "{nextLinkName: null}", usual),
        ("e", "{nextLinkName: next}", usual),
        ("f", "{itemName: pets}", usual),
    ])];
    let paged = |rules: &[PageRule]| -> Vec<String> {
        let (mut apis, report) = twilio_codegen::read(Sources {
            pages: Pages {
                rules,
                may_be_unused: false,
            },
            ..Sources::from(&files)
        });
        assert!(!report.has_errors(), "{report}");
        let lists = lists_of(apis.remove(0)).into_iter();
        let lists = lists.map(|(id, it)| format!("{id} {:?} {:?}", it.items, it.next));
        lists.collect()
    };
    let own = [
        r#"list_a ["value"] Url(["nextLink"])"#,
        r#"list_b ["value"] Url(["nextLink"])"#,
        r#"list_c ["pets"] Url(["@odata.nextLink"])"#,
    ];
    assert_eq!(paged(&[]), own);
    let linked = only(rule(Some("value"), NextPage::LinkHeader), &["list_b"]);
    assert_eq!(
        paged(&[linked]),
        [own[0], r#"list_b ["value"] LinkHeader"#, own[2]]
    );
}

/// OpenAPI 3.1 has null as a type or an alternative.
#[test]
fn pages_may_be_null_in_part() {
    let schema = |name: &str, list: &str, page: &str| {
        format!(
            "  /{name}:\n    get:\n      operationId: list_{name}\n      responses: {{'200': {{description: Some., content: \
             {{application/json: {{schema: {{type: object, required: [{name}, page], properties: \
             {{{name}: {list}, page: {page}}}}}}}}}}}}}\n"
        )
    };
    let list = "{type: array, items: {$ref: '#/components/schemas/Thing'}}";
    let lists = [
        schema(
            "a",
            &format!("{{anyOf: [{list}, {{type: 'null'}}]}}"),
            "{anyOf: [{$ref: '#/components/schemas/Info'}, {type: 'null'}]}",
        ),
        schema(
            "b",
            "{type: [array, 'null'], items: {type: string}}",
            "{allOf: [{$ref: '#/components/schemas/Info'}], description: A page.}",
        ),
        schema(
            "c",
            &format!("{{oneOf: [{list}]}}"),
            "{type: [object, 'null'], required: [next], properties: {next: {anyOf: [{type: string}, {type: 'null'}]}}}",
        ),
    ];
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\nservers: [{{url: 'https://shop.example.com'}}]\npaths:\n{}\
         components:\n  schemas:\n    Info: {{type: object, properties: {{next: {{type: [string, 'null']}}}}}}\n    \
         Thing: {{type: object, properties: {{id: {{type: string}}}}}}\n",
        lists.concat()
    );
    let files = [SourceFile {
        path: "shop.yaml".to_owned(),
        text,
    }];
    let rules = [rule(Some(PageRule::ONLY_LIST), url("page.next"))];
    let (apis, report) = twilio_codegen::read(Sources {
        pages: Pages {
            rules: &rules,
            may_be_unused: false,
        },
        ..Sources::from(&files)
    });
    assert!(!report.has_errors(), "{report}");
    let paged = apis[0]
        .operations
        .iter()
        .filter(|it| matches!(it.result, ResponseKind::Page { .. }));
    let paged: Vec<&str> = paged.map(|it| it.id.as_str()).collect();
    assert_eq!(paged, ["list_a", "list_b", "list_c"]);
    let types: Vec<&str> = apis[0].types.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(types, ["Thing"]);
}

/// A list that must be in an object that may be null is sometimes absent.
#[test]
fn list_in_a_nullable_object_is_optional() {
    let text = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\nservers: [{url: 'https://shop.example.com'}]\npaths:\n  \
                /a:\n    get:\n      operationId: listA\n      responses: {'200': {description: Some., content: \
                {application/json: {schema: {type: object, required: [data], properties: {data: {type: object, nullable: \
                true, required: [a], properties: {a: {type: array, items: {type: string}}}}}}}}}}\n";
    for (text, requires_items) in [
        (text.to_owned(), false),
        (text.replace(" nullable: true,", ""), true),
    ] {
        let files = [SourceFile {
            path: "shop.yaml".to_owned(),
            text,
        }];
        let rules = [rule(Some("data.a"), NextPage::LinkHeader)];
        let pages = Pages {
            rules: &rules,
            may_be_unused: false,
        };
        let sources = Sources {
            pages,
            ..Sources::from(&files)
        };
        let api = twilio_codegen::models(sources).unwrap().remove(0);
        let ResponseKind::Page { paging, .. } = &api.operations[0].result else {
            panic!("a list without pages");
        };
        assert_eq!(
            paging.as_ref().map(|it| it.requires_items),
            Some(requires_items)
        );
    }
}

/// The lists of a service often have different names.
#[test]
fn only_list_of_a_page_may_have_any_name() {
    let next = cursor("cursor", "page.next", None);
    let lists = paged(&[rule(Some(PageRule::ONLY_LIST), next.clone())]);
    let lists: Vec<String> = lists
        .iter()
        .map(|(id, it)| format!("{id} {:?}", it.items))
        .collect();
    assert_eq!(lists, [r#"listPets ["pets"]"#]);
    let told = fault(only(
        rule(Some(PageRule::ONLY_LIST), next.clone()),
        &["fetchPet"],
    ));
    assert!(
        told.ends_with("but its response has no `page.next`"),
        "{told}"
    );
    let told = fault(only(rule(Some(PageRule::ONLY_LIST), next), &["listToys"]));
    assert!(
        told.ends_with("but its response is not an object"),
        "{told}"
    );
}

#[test]
fn only_gets_of_the_selected_operations_have_pages() {
    let pets = rule(Some("pets"), url("page.next"));
    let shops = rule(Some("data"), url("page.next"));
    for (selector, fits) in [
        ("listPets", true),
        ("animals", true),
        ("/v1", true),
        ("/v1/pets/{id}", false),
    ] {
        let rules = [only(pets.clone(), &[selector])];
        let is_fit = read("pets.yaml", &rules, false).is_ok();
        assert_eq!(is_fit, fits, "{selector}");
    }
    let lists = paged(&[only(shops, &["things"])]);
    let ids: Vec<&str> = lists.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["listShops"]);
}

/// The document may say more about one list than the rule.
#[test]
fn page_sizes_may_be_limited_by_the_document() {
    let sized = |parameter: &str| PageRule {
        size: Some(PageSize {
            parameter: parameter.to_owned(),
            largest: 100,
        }),
        ..rule(Some(PageRule::ONLY_LIST), url("page.next"))
    };
    let api = read("pets.yaml", &[sized("limit"), sized("Limit")], false).unwrap();
    let parameters = api.operations.iter().flat_map(|it| &it.parameters);
    let largest: Vec<Option<usize>> = parameters.map(|it| it.largest_page).collect();
    assert_eq!(largest, [None, Some(30), Some(100)]);
}

#[test]
fn envelopes_are_no_types() {
    let names = |rules: &[PageRule], only: &[&str]| -> Vec<String> {
        let files = [SourceFile {
            path: "pets.yaml".to_owned(),
            text: PETS.to_owned(),
        }];
        let only: Vec<String> = only.iter().map(|it| (*it).to_owned()).collect();
        let (mut apis, _) = twilio_codegen::read(Sources {
            only: &only,
            pages: Pages {
                rules,
                may_be_unused: true,
            },
            ..Sources::from(&files)
        });
        let types = apis.remove(0).types.into_iter();
        types.map(|it| it.name).collect()
    };
    let pets = [rule(Some("pets"), url("page.next"))];
    assert_eq!(
        names(&[], &["listPets"])[..3],
        ["Pet", "PetPage", "PageInfo"]
    );
    let others = names(&pets, &["listPets"]);
    assert!(
        !others
            .iter()
            .any(|it| it.starts_with("Page") || it == "PetPage"),
        "{others:?}"
    );
    // Another operation returns it as a value.
    assert!(names(&pets, &["listPets", "createPet"]).contains(&"PetPage".to_owned()));
    // An item of a list `data` is named after the path.
    let shops = [rule(Some("data"), url("page.next"))];
    assert_eq!(names(&shops, &["listShops"]), ["shop"]);
}

#[test]
fn first_rule_that_fits_applies() {
    let rules = [
        rule(
            Some("pets"),
            cursor("cursor", "page.next", Some("page.more")),
        ),
        rule(Some("pets"), url("page.next")),
    ];
    let told = read("pets.yaml", &rules, false).unwrap_err();
    assert_eq!(
        told,
        "`[[pages]]` 2 has no effect, because an earlier one fits every operation that it fits"
    );
    assert!(read("pets.yaml", &rules, true).is_ok());
}

#[test]
fn rules_that_fit_nothing_name_the_closest_operation() {
    let last_item = |key: &str| NextPage::LastItem {
        parameter: "cursor".to_owned(),
        key: key.to_owned(),
        more: None,
    };
    let offset = |key: &str| NextPage::Offset {
        parameter: "cursor".to_owned(),
        first: 0,
        end: ListEnd::Total(key.to_owned()),
    };
    for (items, next, why) in [
        (
            "pet",
            url("page.next"),
            "its response has no `pet` (did you mean `pets`?)",
        ),
        ("total", url("page.next"), "`total` is not a list"),
        (
            "pets",
            url("page.nxt"),
            "its response has no `page.nxt` (did you mean `next`?)",
        ),
        (
            "pets",
            url("total.next"),
            "its response has no `total.next`, because it is not an object",
        ),
        ("pets", url("page.links"), "`page.links` is not a string"),
        (
            "pets",
            cursor("curser", "page.next", None),
            "it has no query parameter `curser` (did you mean `cursor`?)",
        ),
        (
            "pets",
            cursor("cursor", "page.next", Some("page.next")),
            "`page.next` is not a Boolean",
        ),
        (
            "pets",
            last_item("owner.name"),
            "an item has no `owner.name`",
        ),
        (
            "pets",
            last_item("tags"),
            "`tags` is not a string or a number",
        ),
        ("pets", offset("page.more"), "`page.more` is not a number"),
    ] {
        let told = format!("`[[pages]]` 1 fits no operation; the closest is `listPets`, but {why}");
        assert_eq!(fault(rule(Some(items), next)), told);
    }
}

#[test]
fn each_selector_must_be_of_use() {
    let toys = rule(None, NextPage::LinkHeader);
    for (selectors, told) in [
        (
            ["listToys", "createPet"],
            "`[[pages]]` 1: no GET, no tag and no path is `createPet`",
        ),
        (
            ["listToys", "fetchPet"],
            "`[[pages]]` 1 fits no operation of `fetchPet`; the closest is `fetchPet`, but its response is not a list",
        ),
    ] {
        assert_eq!(fault(only(toys.clone(), &selectors)), told);
    }
    let sized = PageRule {
        size: Some(PageSize {
            parameter: "limit".to_owned(),
            largest: 100,
        }),
        ..toys.clone()
    };
    assert_eq!(
        fault(sized),
        "`[[pages]]` 1 fits no operation; the closest is `listToys`, but it has no query parameter `limit`"
    );
    let told = read("twilio_pets_v1.yaml", &[toys], false).unwrap_err();
    assert!(
        told.ends_with("but the lists of `twilio` are known"),
        "{told}"
    );
}

/// A selection of operations may leave out those that a rule is for.
#[test]
fn selection_may_leave_rules_without_use() {
    let files = [SourceFile {
        path: "pets.yaml".to_owned(),
        text: PETS.to_owned(),
    }];
    let rules = [rule(Some("pets"), url("page.next"))];
    let wanted = ["listToys".to_owned()];
    let (_, report) = twilio_codegen::read(Sources {
        vendor: Some(Vendor::plain()),
        only: &wanted,
        pages: Pages {
            rules: &rules,
            may_be_unused: false,
        },
        ..Sources::from(&files)
    });
    assert!(!report.has_errors(), "{report}");
}
