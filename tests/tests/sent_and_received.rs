//! No Cargo feature changes a byte of a request.
//!
//! The program `fixtures/programs/sent_and_received.rs` is built with the crate of the fixtures in `SPECS`, once
//! without features and once with those that add code, below `target/tmp`. It shares the dependencies of the corpus.

#[path = "support/crates.rs"]
mod crates;

use std::path::PathBuf;

use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Runtime};

/// The fixtures, each a separate product.
const SPECS: &[(&str, &str)] = &[
    (
        "groups",
        include_str!("../fixtures/rules/requests/read-only-and-write-only.yaml"),
    ),
    (
        "users",
        include_str!("../fixtures/rules/requests/read-only-in-form.yaml"),
    ),
    (
        "cards",
        include_str!("../fixtures/rules/requests/answer-converts-into-request.yaml"),
    ),
    (
        "orders",
        include_str!("../fixtures/rules/requests/read-only-one-way.yaml"),
    ),
    (
        "notes",
        include_str!("../fixtures/rules/requests/text-and-bytes.yaml"),
    ),
    (
        "jobs",
        include_str!("../fixtures/rules/requests/several-kinds-of-answers.yaml"),
    ),
    (
        "files",
        include_str!("../fixtures/rules/requests/multipart.yaml"),
    ),
    (
        "shapes",
        include_str!("../fixtures/rules/requests/unions-and-other-keys.yaml"),
    ),
    (
        "points",
        include_str!("../fixtures/rules/requests/parameter-styles.yaml"),
    ),
    (
        "deals",
        include_str!("../fixtures/rules/requests/form-encoding.yaml"),
    ),
    (
        "tickets",
        include_str!("../fixtures/rules/requests/declared-errors.yaml"),
    ),
    (
        "images",
        include_str!("../fixtures/rules/requests/bytes-in-base64.yaml"),
    ),
    (
        "ledgers",
        include_str!("../fixtures/rules/requests/exact-numbers.yaml"),
    ),
    (
        "pets",
        include_str!("../fixtures/rules/requests/other-bodies.yaml"),
    ),
    (
        "slots",
        include_str!("../fixtures/rules/requests/deprecated-fields.yaml"),
    ),
    (
        "shops",
        include_str!("../fixtures/rules/requests/server-variables.yaml"),
    ),
    (
        "releases",
        include_str!("../fixtures/rules/requests/path-parameter-types.yaml"),
    ),
    (
        "tokens",
        include_str!("../fixtures/rules/requests/form-of-several-kinds.yaml"),
    ),
    (
        "rules",
        include_str!("../fixtures/rules/requests/text-or-json.yaml"),
    ),
    (
        "labels",
        include_str!("../fixtures/rules/requests/other-fields-of-forms.yaml"),
    ),
    (
        "settings",
        include_str!("../fixtures/rules/requests/defaults-of-fields.yaml"),
    ),
    (
        "actions",
        include_str!("../fixtures/rules/requests/constants.yaml"),
    ),
    (
        "searches",
        include_str!("../fixtures/rules/requests/untyped-parameters.yaml"),
    ),
    (
        "animals",
        include_str!("../fixtures/rules/requests/kinds-of-kinds.yaml"),
    ),
    (
        "kinds",
        include_str!("../fixtures/rules/requests/alternatives-inside.yaml"),
    ),
    (
        "profiles",
        include_str!("../fixtures/rules/requests/null-in-updates.yaml"),
    ),
    (
        "uploads",
        include_str!("../fixtures/rules/requests/multipart-kinds.yaml"),
    ),
    (
        "reports",
        include_str!("../fixtures/rules/requests/other-responses.yaml"),
    ),
    (
        "chats",
        include_str!("../fixtures/rules/requests/required-fields.yaml"),
    ),
    (
        "parcels",
        include_str!("../fixtures/rules/requests/initial-values.yaml"),
    ),
    (
        "trees",
        include_str!("../fixtures/rules/requests/reserved-in-paths.yaml"),
    ),
    // These only have to compile without warnings.
    (
        "books",
        include_str!("../fixtures/rules/names/prelude-names.yaml"),
    ),
    (
        "records",
        include_str!("../fixtures/rules/schemas/no-operation.yaml"),
    ),
];

const PROGRAM: &str = include_str!("../fixtures/programs/sent_and_received.rs");

/// The modules of the program, below `examples`.
const MODULES: [(&str, &str); 6] = [
    (
        "sent_and_received/constructors.rs",
        include_str!("../fixtures/programs/sent_and_received/constructors.rs"),
    ),
    (
        "sent_and_received/mocks.rs",
        include_str!("../fixtures/programs/sent_and_received/mocks.rs"),
    ),
    (
        "sent_and_received/paths.rs",
        include_str!("../fixtures/programs/sent_and_received/paths.rs"),
    ),
    (
        "sent_and_received/printer.rs",
        include_str!("../fixtures/programs/sent_and_received/printer.rs"),
    ),
    (
        "sent_and_received/responses.rs",
        include_str!("../fixtures/programs/sent_and_received/responses.rs"),
    ),
    (
        "sent_and_received/unions.rs",
        include_str!("../fixtures/programs/sent_and_received/unions.rs"),
    ),
];

/// Read-only values and empty placeholders are not sent, and write-only values are not required in responses.
const BODIES: &str = "\
/v1/Groups {\"name\":\"a\",\"secret\":\"s\",\"owner\":{\"phone\":\"1\"},\"members\":[{\"phone\":\"2\"}],\
\"guests\":{\"g\":{\"phone\":\"3\"}},\"founder\":{\"phone\":\"4\"},\"place\":{\"city\":\"Oslo\"},\"stats\":{}}
/v1/Users name=a&secret=s&hint=h
/v1/Cards/CA1 
/v1/Cards/CA1 {\"name\":\"new\",\"size\":5,\"owner\":{\"name\":\"o\"},\"users\":[{\"name\":\"u\"}],\
\"groups\":{\"g\":[{\"name\":\"m\"}]},\"twin\":{\"name\":\"t\",\"size\":7,\"owner\":{\"name\":\"p\"},\"users\":[]},\
\"pair\":[null,{\"name\":\"n\"}]}
/v1/Orders {\"amount\":1}
/v1/Orders {}
/v1/Notes {\"a\"}=&
/v1/Notes/NO1/Image \u{1}=
/v1/Notes/NO1/Image 
/v1/Jobs 
/v1/Files --B
name: form-data; name=\"name\"

n & m
--B
name: form-data; name=\"file\"; filename=\"x \u{e9}%22.pdf\"
Content-Type: application/pdf

%PDF
--B
name: form-data; name=\"more\"; filename=\"more\"
Content-Type: application/octet-stream

\u{1}
--B
name: form-data; name=\"more\"; filename=\"b.png\"
Content-Type: image/png


--B
name: form-data; name=\"tags\"

s
--B
name: form-data; name=\"tags\"

t
--B
name: form-data; name=\"meta\"
Content-Type: application/vnd.demo+json

{\"a\":\"1\"}
--B
name: form-data; name=\"table\"
Content-Type: text/csv

a,b
--B
name: form-data; name=\"kind\"

b
--B--

/v1/Shapes {\"kind\":\"group\",\"members\":[{\"kind\":\"round\",\"radius\":1.5},\"a\"],\"note\":\"n\"}
/v1/Points/1,2/near/.a%2Fb/at;x=5;name=n%3Bm/7?range=%5B3%2C4%5D&x=5&name=n%3Bm&row=x,5,name,n%3Bm\
&filter%5Bsince%5D=2026-01-31T08%3A00%3A00Z&filter%5Bat%5D%5Bx%5D=5&filter%5Bat%5D%5Bname%5D=n%3Bm\
&filter%5Bkinds%5D%5B%5D=a&filter%5Bkinds%5D%5B%5D=z&filter%5Bprice%5D=1.5\
&expand%5B%5D=a.b&expand%5B%5D=c&free%5Ba%5D%5B0%5D%5Bb%5D=1&labels%5Ba%5D%3D%26%5D=%5B%23\
&next=https://x.example/?a=b%26c%23d%2B%20%2F\
&query=%7B%22at%22%3A%7B%22x%22%3A5%2C%22name%22%3A%22n%3Bm%22%7D%7D \
\ncookie: session=s%3B%20x%3D1; seen=1,2; x=5; name=n%3Bm\
\nx-exploded: x=5,name=n;m\
\nx-list: a,b\
\nx-place: x,5,name,n;m
/v1/Trails/.1,2/Marks 
/v1/Trails/.1.2/Marks 
/v1/Orders tags=a%2Cb,c&expand%5B%5D=customer&metadata%5Bk%26%5D=v%3D1&items%5B0%5D%5Bprice%5D=p_1\
&items%5B0%5D%5Bquantity%5D=2&items%5B0%5D%5Btaxes%5D%5B%5D=t&items%5B0%5D%5Btaxes%5D%5B%5D=u&items%5B1%5D%5Bprice%5D=p_2\
&city=Oslo&lines=a&lines=b&place=%7B%22city%22%3A%22Oslo%22%7D&lines=%7B%22text%22%3A%22x%22%7D&lines=%7B%22text%22%3A%22y%22%7D\
&limits=%5B1%2C2%5D&table=a%2Cb&url=https://x.example/?a=%26
/v1/Orders metadata=
/v1/Tickets {\"sid\":\"TI422\"}
/v1/Tickets {\"sid\":\"TI404\"}
/v1/Tickets {\"sid\":\"TI503\"}
/v1/Images/%2B%2F8%3D?Cursor=%2B%2F8%3D&Hashes=YQ%3D%3D&Hashes= {\"data\":\"+/8=\",\"tiles\":[\"YQ==\"],\
\"layers\":{\"a\":null,\"b\":\"Yg==\"},\"owner\":\"Yw==\",\"other\":\"ZA==\"}\
\ncookie: Session=YQ%3D%3D\
\nx-digest: +/8=
/v1/Images/YQ%3D%3D Data=%2B%2F8%3D&More=YQ%3D%3D
/v1/Images/YQ%3D%3D --B
name: form-data; name=\"Data\"

+/8=
--B
name: form-data; name=\"Icon\"; filename=\"Icon\"
Content-Type: image/png

b
--B--

/v1/Ledgers {\"lines\":[\"0.1234567890123456789012345\",null,1.5],\"days\":{\"a\":[3]},\"amount\":[0.1],\
\"balance\":0.25,\"next\":{\"lines\":[]},\
\"other\":\"12345678901234567890.12\"}
/v1/Ledgers [1.5,\"0.1234567890123456789012345\"]
/v1/Ledgers {\"level\":0.5,\"more\":1e+300}
/v1/Pets application/json: {\"name\":\"a\"}
/v1/Pets application/xml: <pet/>
/v1/Pets application/vnd.demo+json: {\"pets\":[{\"name\":\"a\"}]}
/v1/Pets application/x-www-form-urlencoded: name=a%26&tags=x&tags=y&weight=1.5
/v1/Pets text/csv; header=present: a,b
/v1/Pets application/octet-stream: PNG
/v1/Pets image/png: PNG
/v1/Pets application/x-www-form-urlencoded: Name=a
/v1/Pets text/plain: a
/v1/Pets application/x-www-form-urlencoded: pet=%7B%22name%22%3A%22a%22%7D
/v1/Pets multipart/form-data: --B
name: form-data; name=\"photo\"; filename=\"photo\"
Content-Type: application/octet-stream

x
--B
name: form-data; name=\"name\"

a
--B--

/v1/Owners application/json: {\"name\":\"n m\",\"site\":\"https://x.example/?a=&\",\"rooms\":[\"a b\",\"c\"],\
\"tags\":[\"a b\",\"c\"],\"motto\":\"a\",\"filter\":{\"kind\":\"k\",\"ages\":[1,2]},\
\"place\":{\"city\":\"Oslo\",\"lines\":[\"a b\",\"c\"]},\"owner\":{\"first\":\"f\"},\
\"pets\":[{\"name\":\"p\",\"tags\":[\"a b\",\"c\"]}],\"note\":{\"text\":\"t\"}}
/v1/Owners application/x-www-form-urlencoded: name=n+m&site=https://x.example/?a=%26&rooms=a+b%7Cc\
&tags=%5B%22a+b%22%2C%22c%22%5D&motto=%22a%22&filter%5Bkind%5D=k&filter%5Bages%5D%5B%5D=1&filter%5Bages%5D%5B%5D=2\
&place=city,Oslo,lines,%5B%22a+b%22%2C%22c%22%5D&first=f\
&pets%5B0%5D%5Bname%5D=p&pets%5B0%5D%5Btags%5D%5B%5D=a+b&pets%5B0%5D%5Btags%5D%5B%5D=c&note=%7B%22text%22%3A%22t%22%7D
/v1/Owners application/x-www-form-urlencoded: 
/v1/Owners application/x-www-form-urlencoded: name=p&tags=a+b,c
/v1/Owners application/x-www-form-urlencoded: pet%5Bname%5D=p&pet%5Btags%5D%5B%5D=a+b&pet%5Btags%5D%5B%5D=c
/v1/Rules target=x+y&size=1&size=2&shape=%7B%22a%22%3A%22b%22%7D
/v1/Rules target=%7B%22a%22%3A%22b%22%7D&size=3
/v1/Rules --B
name: form-data; name=\"target\"

x y
--B
name: form-data; name=\"size\"

1
--B
name: form-data; name=\"size\"

2
--B--

/v1/Rules --B
name: form-data; name=\"target\"
Content-Type: application/json

{\"a\":\"b\"}
--B--

/v1/Labels rest=x&name=n&a%26=1&a%26=2&b=3
/v1/Labels 
/v1/Labels a=b&c%5Bd%5D=1
/v1/Searches?filter=x&values=y&values=1&exact=%22z%22 
x-any: true
/v1/Searches?filter=%7B%22a%22%3A%22b%22%7D 
/v1/Searches filter=x&values=y&values=%5B%22a%22%5D&exact=%22z%22
/v1/Searches --B
name: form-data; name=\"filter\"; filename=\"filter\"
Content-Type: application/octet-stream

x
--B
name: form-data; name=\"values\"; filename=\"values\"
Content-Type: application/octet-stream

y
--B--

/v1/Animals 
/v1/Animals {\"kind\":\"bird\",\"name\":\"p\",\"friend\":{\"kind\":\"animal\"},\"words\":3}
/v1/Finds [{\"kind\":\"hums\",\"size\":1}]
/v1/Finds [{\"kind\":\"meow\"},{\"kind\":\"hums\",\"size\":1},{\"kind\":\"stings\",\"size\":2},{\"kind\":\"buzzes\"},\
{\"kind\":\"wasp\"},{\"kind\":\"cloud\",\"near\":{\"kind\":\"hums\"}},{\"kind\":\"rock\"},{\"kind\":\"gnat\"},\
{\"kind\":\"hums\",\"size\":\"large\"},{\"kind\":\"cries\"}]
/v1/Kinds/Notes 
/v1/Profiles/PR1 {\"state\":null}
/v1/Profiles/PR1 {\"name\":null,\"state\":\"on\",\"price\":1.5,\"more\":null,\"owner\":{\"state\":null,\"price\":null}}
/v1/Profiles/PR1 {\"name\":\"n\",\"state\":null}
/v1/Profiles/PR1 {\"until\":null,\"level\":null,\"prices\":null,\"address\":{\"city\":null},\"lines\":[{}]}
/v1/Profiles/PR1 {\"until\":\"2026-01-31T08:00:00Z\",\"level\":0.5,\"prices\":[1.5],\"address\":null}
/v1/Uploads --B
name: form-data; name=\"name\"

n
--B
name: form-data; name=\"tags\"
Content-Type: application/json

\"s\"
--B
name: form-data; name=\"tags\"
Content-Type: application/json

\"t\"
--B
name: form-data; name=\"title\"
Content-Type: application/json

\"x\"
--B
name: form-data; name=\"sizes\"
Content-Type: application/json

5
--B
name: form-data; name=\"a&\"

1
--B
name: form-data; name=\"a&\"

2
--B--

/v1/Uploads multipart/mixed: --B
name: form-data; name=\"meta\"
Content-Type: application/json

{\"a\":\"1\"}
--B
name: form-data; name=\"file\"; filename=\"file\"
Content-Type: application/octet-stream

b
--B
name: form-data; name=\"scan\"; filename=\"scan\"
Content-Type: application/octet-stream

c
--B--

/v1/Uploads --B
name: form-data; name=\"a\"

1
--B
name: form-data; name=\"b\"
Content-Type: application/json

{\"c\":[2]}
--B--

/v1/Uploads/Pages --B
name: form-data; name=\"pages\"; filename=\"pages\"
Content-Type: application/octet-stream

1
--B
name: form-data; name=\"pages\"; filename=\"pages\"
Content-Type: application/octet-stream

2
--B--

/v1/Slots {\"label\":\"a\",\"more\":{\"old\":1.5,\"x\":\"y\"}}
/v1/Settings 
/v1/Settings {\"ready\":false,\"ratio\":2.5}
/v1/Tokens grant_type=password&username=a%26&scopes=x&scopes=y
/v1/Tokens grant_type=refresh_token&token=t
/v1/Tokens 
/v1/Releases/42 
/v1/Releases/42/Days/2026-01-31/Times/2026-01-31T08%3A00%3A00Z/Flags/true/Prices/1.50/Levels/0.5/Keys/%2B%2F8%3D 
/v1/Users/7 
/v1/Builds/4000000000/at;Slot=-1 
/v1/Actions?Version=2026-01-31&Name=a%20b&Mode=fast 
x-action: Put
/v1/Actions?Version=2026-02-28%20x%26y&Count=1&Kind=small 
cookie: Session=none
x-action: DeleteAll
x-blank:  a
/v1/Chats {\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"text\":\"a\",\"old\":true}],\
\"first\":{\"role\":\"user\",\"text\":\"b\",\"old\":true},\"rows\":[\"r\",null],\"new\":null}
/v1/Chats {\"model\":\"small\",\"messages\":[{\"role\":7,\"text\":\"d\",\"old\":false,\"reply\":{\"role\":\"user\",\"text\":\"c\",\"old\":true},\"x\":1},\
{\"role\":\"user\",\"text\":\"e\",\"old\":true}],\"temperature\":0.5,\
\"first\":{\"role\":\"user\",\"text\":\"b\",\"old\":true},\"rows\":[\"r\",null],\"new\":null}
/v1/Chats/CH1 {\"count\":4,\"limit\":1.5,\"type\":\"t\",\"at\":\"1970-01-01T00:00:00Z\",\"step\":{\"kind\":\"k\",\"past\":{}}}
/v1/Parcels {\"contents\":[{\"kind\":\"a-book\",\"pages\":7,\"binding\":\"soft\",\"bound\":true,\"copies\":1,\"edition\":\"first\",\"extras\":{}},{\"kind\":\"a-game\"},{\"kind\":\"card\"}],\
\"wrapping\":{\"of\":\"paper\",\"colour\":\"red\"},\"route\":{\"@type\":\"by-sea\",\"ship\":\"s\"},\"label\":{\"form\":2,\"sealed\":false}}
/v1/Parcels {\"contents\":[],\"wrapping\":{\"of\":\"carton\"},\"label\":{\"form\":1,\"sealed\":true}}
/v1/Contents {\"kind\":\"a-book\",\"pages\":1,\"binding\":\"soft\",\"bound\":true,\"copies\":1,\"edition\":\"first\",\"extras\":{}}
/v1/Contents \"a\"
/v1/Trees/a/b%20c%3Fd/Leaves/e%2Ff 
/subscriptions/1/providers/Locks?filter=a/b%26c 
/v1/Books/shelves/1/books/2:publish 
/v1/Notes/n/%2F@1 
/v1/Tags/a%2Fb 
https://demo.us1.example.com:8443/v1/Sims
https://files.us.example.com/Files
http://acme.eu1.example.com/a%20b/v2/Sims
https://files.ap.example.com/Files
https://own.example/y/cms/x/Pages/PA1
https://own.example/y/Sims
https://own.example/y/x/Pages/PA1
";

#[test]
fn every_feature_sends_the_same_bytes() {
    let folder = write_program();
    let products: Vec<&str> = SPECS.iter().map(|(name, _)| *name).collect();
    let products = products.join(",");
    assert_eq!(crates::run(&folder, &products), BODIES);
    let all = format!("{products},blocking,mock,webhooks");
    assert_eq!(crates::run(&folder, &all), BODIES);
}

/// Writes the crate of the fixtures with the program in it, and returns its folder.
fn write_program() -> PathBuf {
    let sources = SPECS.iter().map(|(name, text)| SourceFile {
        path: format!("twilio_{name}_v1.yaml"),
        text: (*text).to_owned(),
    });
    let sources: Vec<SourceFile> = sources.collect();
    let files = twilio_codegen::generate(&sources, &package())
        .unwrap_or_else(|report| panic!("the fixtures do not generate:\n{report}"));
    let folder = crates::write_crate("sent-and-received", &files, crates::MANIFEST_END);
    crates::write(&folder.join(crates::PROGRAM), PROGRAM);
    for (name, text) in MODULES {
        crates::write(&folder.join("examples").join(name), text);
    }
    folder
}

fn package() -> Package {
    Package {
        runtime: Runtime::at(crates::runtime()),
        ..Package::named("twilio-iot")
    }
}
