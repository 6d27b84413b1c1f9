#include "config/keys.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "ledger/witness.h"

namespace heliograph::config {

namespace {

template <auto Member, std::int64_t Least, std::int64_t Most>
bool number(Config& config, const ConfigValue& value) {
  const auto* given = std::get_if<std::int64_t>(&value);
  if (given == nullptr || *given < Least || *given > Most) return false;
  config.*Member = static_cast<std::remove_reference_t<decltype(config.*Member)>>(*given);
  return true;
}

template <auto Member>
bool endpoint(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return false;
  auto parsed = net::Endpoint::parse(*text);
  if (!parsed) return false;
  config.*Member = std::move(*parsed);
  return true;
}

bool endpoint_or_none(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || !text->empty()) return endpoint<&Config::listen_admin>(config, value);
  config.listen_admin = {};
  return true;
}

bool printable(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c >= 0x20 && c != 0x7f; });
}

template <auto Member>
bool text_value(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->size() > 1000 || !printable(*text)) return false;
  config.*Member = *text;
  return true;
}

bool second_stage_kind(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  constexpr std::string_view kNames[] = {"chat", "moderation", "encoder"};  // in their order
  const auto found = text == nullptr ? std::end(kNames) : std::ranges::find(kNames, *text);
  if (found == std::end(kNames)) return false;
  config.second_stage_kind = static_cast<safety::SecondStageKind>(found - std::begin(kNames));
  return true;
}

bool image_model(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->empty() || text->size() > 1000 || !printable(*text)) return false;
  config.image_model = *text;
  return true;
}

template <auto Member>
bool safety_file(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->size() > 1000 || !printable(*text)) return false;
  config.safety.*Member = *text;
  return true;
}

template <auto Member>
bool host_name(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  const auto in_name = [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == ':';
  };
  if (text == nullptr || text->empty() || text->size() > 253 || !std::ranges::all_of(*text, in_name))
    return false;
  config.*Member = *text;
  return true;
}

template <auto Member, char... Scheme>
bool url(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->size() > 1000 || !printable(*text) || text->find(' ') != text->npos)
    return false;
  static constexpr char name[] = {Scheme..., '\0'};
  const std::string plain = std::string(name) + "://", secure = std::string(name) + "s://";
  const auto prefix = text->starts_with(plain) ? plain.size() : text->starts_with(secure) ? secure.size() : 0;
  if (prefix == 0 || text->size() == prefix) return false;
  config.*Member = *text;
  return true;
}

// Scheme, host and port alone: what browsers call an origin.
bool origin(Config& config, const ConfigValue& value) {
  if (!url<&Config::public_url, 'h', 't', 't', 'p'>(config, value)) return false;
  const auto host = std::string_view(config.public_url).substr(config.public_url.find("://") + 3);
  return host.find_first_of("/?#@") == host.npos;
}

bool data_dir(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->empty() || !printable(*text)) return false;
  config.data_dir = *text;
  return true;
}

bool trusted_proxies(Config& config, const ConfigValue& value) {
  const auto* list = std::get_if<std::vector<std::string>>(&value);
  if (list == nullptr) return false;
  std::vector<net::Network> networks;
  for (const auto& text : *list) {
    auto network = net::Network::parse(text);
    if (!network) return false;
    networks.push_back(std::move(*network));
  }
  config.trusted_proxies = std::move(networks);
  return true;
}

bool delivery(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return false;
  if (*text == "log") return config.code_delivery = CodeDelivery::log, true;
  if (*text == "webhook") return config.code_delivery = CodeDelivery::webhook, true;
  if (*text == "smtp") return config.code_delivery = CodeDelivery::smtp, true;
  return false;
}

bool log_level(Config& config, const ConfigValue& value) {
  static constexpr std::array<std::string_view, 4> levels{"debug", "info", "warn", "error"};
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || std::ranges::find(levels, *text) == levels.end()) return false;
  config.log_level = *text;
  return true;
}

bool ledger_origin(Config& config, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || !ledger::is_key_name(*text)) return false;
  config.ledger_origin = *text;
  return true;
}

bool ledger_witnesses(Config& config, const ConfigValue& value) {
  const auto* list = std::get_if<std::vector<std::string>>(&value);
  if (list == nullptr || !std::ranges::all_of(*list, [](const auto& text) {
        return ledger::Witness::parse(text).has_value();
      })) {
    return false;
  }
  config.ledger_witnesses = *list;
  return true;
}

bool transparency_schedule(Config& config, const ConfigValue& value) {
  constexpr std::string_view names[] = {"none", "monthly", "quarterly", "half-yearly", "yearly"};
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr || std::ranges::find(names, *text) == std::end(names)) return false;
  config.transparency_schedule = *text;
  return true;
}

constexpr std::string_view address_and_port =
    R"(an IP address and a port, like "127.0.0.1:4430" or "[::1]:4430")";

constexpr std::array keys{
    ConfigKey{"data_dir", R"("data")", "a path",
              "Where everything is kept. Made with mode 0700 when missing.", data_dir},
    ConfigKey{"dc_id", "2", "a number from 1 to 5", "The data centre number clients are told.",
              number<&Config::dc_id, 1, 5>},

    ConfigKey{"listen.mtproto", R"("127.0.0.1:4430")", address_and_port,
              "MTProto over TCP: every transport, told apart by its first bytes.",
              endpoint<&Config::listen_mtproto>},
    ConfigKey{
        "listen.http", R"("127.0.0.1:8080")", address_and_port,
        "Web pages, HTTP APIs, and MTProto over WebSocket at /apiws. Put a reverse proxy with TLS before it.",
        endpoint<&Config::listen_http>},
    ConfigKey{"listen.admin", R"("")", R"(an IP address and a port, or "" for none)",
              "Metrics at /metrics. Has no sign-in: keep it on a private address.", endpoint_or_none},

    ConfigKey{"public.host", "the host of listen.mtproto",
              R"(a host name or an IP address, like "chat.example.org")",
              "The host clients are told to connect to.", host_name<&Config::public_host>},
    ConfigKey{"public.port", "the port of listen.mtproto", "a number from 1 to 65535",
              "The port clients are told to connect to.", number<&Config::public_port, 1, 65535>},
    ConfigKey{"public.websocket", "made from public.host and listen.http",
              R"(an address like "wss://chat.example.org/apiws")", "The WebSocket address clients are told.",
              url<&Config::public_websocket, 'w', 's'>},
    ConfigKey{"public.url", "made from public.host and listen.http; of this machine alone: localhost",
              "an address without a path, like \"https://chat.example.org\"",
              "The address at which people open the web pages. Staff can use passkeys at this address only; "
              "they need https or localhost.",
              origin},
    ConfigKey{"public.trusted_proxies", "[]", R"(a list of addresses or networks, like ["10.0.0.0/8"])",
              "Reverse proxies whose X-Forwarded-For is believed. Let them write the client's port, too "
              "(docs/legal.md).",
              trusted_proxies},

    ConfigKey{
        "codes.delivery", R"("log")", R"("log", "webhook" or "smtp")",
        "How sign-in codes leave when no signed-in device can show them. With \"log\" they appear in the "
        "output and, one JSON object a line, in codes.jsonl in the data folder: for trying things out only.",
        delivery},
    ConfigKey{"codes.webhook_url", "none", "an address that begins with http:// or https://",
              R"(For "webhook": each code is sent there as a POST of {"phone","code","at"}.)",
              url<&Config::webhook_url, 'h', 't', 't', 'p'>},
    ConfigKey{"codes.webhook_token", "none", "a text of at most 1000 characters",
              "Sent with it as a bearer token.", text_value<&Config::webhook_token>},
    ConfigKey{"codes.smtp_url", "none", "an address that begins with smtp:// or smtps://",
              R"(For "smtp": the mail server, like smtp://mail.example.org:587.)",
              url<&Config::smtp_url, 's', 'm', 't', 'p'>},
    ConfigKey{"codes.smtp_user", "none", "a text of at most 1000 characters", "Its user name.",
              text_value<&Config::smtp_user>},
    ConfigKey{"codes.smtp_password", "none", "a text of at most 1000 characters", "Its password.",
              text_value<&Config::smtp_password>},
    ConfigKey{"codes.smtp_from", "none", "an e-mail address", "The sender.", text_value<&Config::smtp_from>},
    ConfigKey{"codes.smtp_to", "none", "an e-mail address with {phone} in it",
              "The recipient, where {phone} is replaced by the number's digits: an e-mail to SMS gateway.",
              text_value<&Config::smtp_to>},
    ConfigKey{"codes.lifetime_seconds", "300", "a number from 1 to 3600", "How long a sign-in code is good.",
              number<&Config::code_lifetime_seconds, 1, 3600>},
    ConfigKey{"codes.per_address_per_hour", "300", "a number from 1 to 10000000",
              "Sign-in codes that one client address (IPv6: /64) may ask for, whatever the numbers.",
              number<&Config::codes_per_address_per_hour, 1, 10'000'000>},

    ConfigKey{"takeout.delay_seconds", "86400", "a number from 0 to 2592000",
              "How long a device must have been signed in before it may export the account's data. Its owner "
              "is told on all devices and can end a stranger's session in the meantime.",
              number<&Config::takeout_delay_seconds, 0, 2'592'000>},

    ConfigKey{"limits.connections", "100000", "a number from 10 to 10000000",
              "Open connections in all; further ones are closed at once.",
              number<&Config::connections, 10, 10'000'000>},
    ConfigKey{"limits.connections_per_address", "1000", "a number from 1 to 10000000",
              "Open connections per client address (IPv6: per /64).",
              number<&Config::connections_per_address, 1, 10'000'000>},
    ConfigKey{"limits.handshakes_per_address_per_minute", "600", "a number from 1 to 10000000",
              "Key exchanges per client address; further ones are answered with transport error 429.",
              number<&Config::handshakes_per_address_per_minute, 1, 10'000'000>},
    ConfigKey{"limits.calls_per_account_per_second", "200", "a number from 1 to 10000000",
              "Requests of one account, all its devices together, after a burst of as much and a half; "
              "further ones are "
              "answered FLOOD_WAIT. With parts of 512 KiB, 200 let a device send 100 MB a second.",
              number<&Config::calls_per_account_per_second, 1, 10'000'000>},
    ConfigKey{"limits.unsent_bytes", "4194304", "a number from 65536 to 1073741824",
              "Bytes waiting for one slow reader before it is disconnected.",
              number<&Config::unsent_bytes, 65'536, 1'073'741'824>},
    ConfigKey{"limits.handshake_seconds", "20", "a number from 1 to 600",
              "Time for a new connection to send its first valid message.",
              number<&Config::handshake_seconds, 1, 600>},
    ConfigKey{"limits.idle_seconds", "900", "a number from 30 to 86400",
              "Silence after which a connection is closed.", number<&Config::idle_seconds, 30, 86'400>},
    ConfigKey{"limits.http_body_bytes", "1048576", "a number from 1024 to 2147483648",
              "The longest HTTP request body.", number<&Config::http_body_bytes, 1'024, 2'147'483'648>},

    ConfigKey{
        "ledger.origin",
        "what it has been so far; at first public.host (or the host of listen.http) and \"/ledger\"",
        R"(a name without spaces and plus signs, like "chat.example.org/ledger")",
        "The name that the transparency ledger's checkpoints are signed under. It is the log's identity: "
        "another name is another log, to everybody who follows it.",
        ledger_origin},
    ConfigKey{
        "ledger.batch_seconds", "60", "a number from 1 to 86400",
        "How often what was recorded enters the public log, with padding, whether anything happened or not.",
        number<&Config::ledger_batch_seconds, 1, 86'400>},
    ConfigKey{
        "ledger.pad_to", "4", "a number from 1 to 256",
        "Each batch holds, for each book (content, legal, search), a multiple of this many entries, and at "
        "least this many. More hides more, and takes 67 bytes an entry: 4 every 60 seconds are 422 MB a "
        "year.",
        number<&Config::ledger_pad_to, 1, 256>},
    ConfigKey{
        "ledger.witnesses", "[]",
        R"(a list of verifier keys with addresses, like ["w.example+1a2b3c4d+BAbc... https://w.example/log"])",
        "Witnesses (c2sp.org/tlog-witness) that are asked to sign every checkpoint.", ledger_witnesses},

    ConfigKey{"transparency.schedule", R"("none")",
              R"("none", "monthly", "quarterly", "half-yearly" or "yearly")",
              "Periods that there is a transparency report of. When one is over, its draft is made; a person "
              "reviews and publishes it. See docs/transparency.md.",
              transparency_schedule},
    ConfigKey{"transparency.publish_days", "60", "a number from 1 to 366",
              "Days after a period's end by which its report ought to be out. That one is late is shown to "
              "everybody.",
              number<&Config::transparency_publish_days, 1, 366>},
    ConfigKey{"transparency.threshold", "5", "a number from 1 to 1000",
              "Smaller counts than this are not told one by one; 1: all are told.",
              number<&Config::transparency_threshold, 1, 1000>},
    ConfigKey{"transparency.provider", R"("")", "a text", "Who runs this server, as reports name them.",
              text_value<&Config::transparency_provider>},
    ConfigKey{"transparency.service", R"("")", "a text", "What the service is called in reports.",
              text_value<&Config::transparency_service>},
    ConfigKey{"transparency.statements_url", R"("")", "an address",
              "Where statements of reasons are sent, like "
              "\"https://transparency.dsa.ec.europa.eu/api/v1/statements\"; empty: nowhere.",
              text_value<&Config::transparency_statements_url>},
    ConfigKey{"transparency.statements_token", R"("")", "a text", "Sent with them as a bearer token.",
              text_value<&Config::transparency_statements_token>},

    ConfigKey{"safety.terms", R"("")", "the name of a folder",
              "Term lists (*.terms); empty: those the program carries.",
              safety_file<&safety::RulebookFiles::terms>},
    ConfigKey{"safety.search_help", R"("")", "the name of a file",
              "What searches are answered with that the guard refuses (TOML); empty: the program's, "
              "rules/search-help.toml. See docs/search.md.",
              text_value<&Config::search_help>},
    ConfigKey{"safety.hash_lists", R"("")", "the name of a folder",
              "Banks of hashes (*.bank) that media in public are matched against; looked at again when it "
              "changes. See docs/moderation.md; empty: none.",
              safety_file<&safety::RulebookFiles::hashes>},
    ConfigKey{"safety.image_model", R"("auto")", R"("auto", "none" or the name of a file)",
              "Weights of the model that looks at pictures in public after they were sent: \"auto\" takes "
              "open-nsfw.onnx beside the program, if it is there. See docs/moderation.md.",
              image_model},
    ConfigKey{"safety.links", R"("")", "the name of a file", "List of known links; empty: the program's.",
              safety_file<&safety::RulebookFiles::links>},
    ConfigKey{"safety.model", R"("")", "the name of a file", "First-stage text model; empty: the program's.",
              safety_file<&safety::RulebookFiles::model>},
    ConfigKey{"safety.policy", R"("")", "the name of a file",
              "Policy (TOML); empty: the program's, rules/policy.toml.",
              safety_file<&safety::RulebookFiles::policy>},
    ConfigKey{"safety.rules", R"("")", "the name of a file",
              "The platform's rules, shown to those who sign up and named by the policy; empty: the "
              "program's, rules/terms-of-service.md.",
              safety_file<&safety::RulebookFiles::rules>},
    ConfigKey{"safety.second_stage_url", R"("")",
              R"(an address like "http://127.0.0.1:8000/v1/chat/completions")",
              "A slower model that is asked about public posts that the first stage is not sure about "
              "([second_stage] in the policy); empty: none. Whoever runs it reads these posts.",
              text_value<&Config::second_stage_url>},
    ConfigKey{"safety.second_stage_kind", R"("chat")", R"("chat", "moderation" or "encoder")",
              "What is there: a chat model or a moderation endpoint, as OpenAI's interface has them. "
              "\"encoder\": a model in the program itself is asked, and second_stage_url stays empty; see "
              "docs/moderation.md.",
              second_stage_kind},
    ConfigKey{"safety.second_stage_weights", R"("")", "the name of a file",
              "Weights of the encoder; empty: multilingual-e5-small.q4 beside the program, where "
              "models/fetch.sh puts it.",
              text_value<&Config::second_stage_weights>},
    ConfigKey{"safety.second_stage_model", R"("")", "a name", "The model to ask for.",
              text_value<&Config::second_stage_model>},
    ConfigKey{"safety.second_stage_token", R"("")", "a text", "Sent as bearer token.",
              text_value<&Config::second_stage_token>},
    ConfigKey{"safety.second_stage_seconds", "10", "a number from 1 to 120", "How long an answer may take.",
              number<&Config::second_stage_seconds, 1, 120>},
    ConfigKey{"safety.second_stage_per_day", "10000", "a number from 1 to 100000000",
              "Posts a day that it is asked about; the rest waits.",
              number<&Config::second_stage_per_day, 1, 100'000'000>},
    ConfigKey{
        "safety.translator_url", R"("")", R"(an address like "http://127.0.0.1:5000/translate")",
        "A translator that speaks LibreTranslate's interface, for moderators who do not read what a case "
        "says; empty: none. Whoever runs it reads these texts, private ones that were reported too.",
        text_value<&Config::translator_url>},
    ConfigKey{"safety.translator_token", R"("")", "a text", "Sent as its api_key.",
              text_value<&Config::translator_token>},
    ConfigKey{"safety.translator_seconds", "20", "a number from 1 to 120", "How long an answer may take.",
              number<&Config::translator_seconds, 1, 120>},
    ConfigKey{
        "safety.appeals", R"("the operator of this server")", "a text",
        "Whom people are told to turn to when they think that a decision was wrong: an address, a page.",
        text_value<&Config::appeals>},
    ConfigKey{"safety.appeal_days", "183", "a number from 1 to 3650",
              "How long a decision can be appealed against: the username of a banned account or a closed "
              "channel is "
              "kept back from others so long.",
              number<&Config::appeal_days, 1, 3650>},
    ConfigKey{"safety.searches_people", "5", "a number from 1 to 1000",
              "Words that people search for are counted when so many have searched for them on one day; no "
              "account is kept with them. See docs/search.md.",
              number<&Config::searches_people, 1, 1000>},
    ConfigKey{"safety.searches_asked", "20", "a number from 1 to 1000000",
              "Words are put forward as a guarded term when they were searched for so often in 30 days, and "
              "at least half of what they showed was removed.",
              number<&Config::searches_asked, 1, 1'000'000>},
    ConfigKey{
        "safety.searches_removed", "5", "a number from 1 to 1000000",
        "And when so much of what they showed was removed; each result counts as often as it was shown.",
        number<&Config::searches_removed, 1, 1'000'000>},
    ConfigKey{"safety.searches_looked_at_minutes", "60", "a number from 1 to 1440",
              "How often that is looked at.", number<&Config::searches_looked_at_minutes, 1, 1440>},
    ConfigKey{"safety.quality_permille", "50", "a number from 0 to 1000",
              "Of a thousand decided cases, how many are looked at again by somebody who does not know what "
              "was decided.",
              number<&Config::quality_permille, 0, 1000>},
    ConfigKey{"legal.journal_days", "365", "a number from 1 to 3650",
              "How long it is kept from where accounts were connected (docs/legal.md); then it is destroyed.",
              number<&Config::journal_days, 1, 3650>},
    ConfigKey{"legal.rules", R"("")", "the name of a folder",
              "Rules of jurisdictions, a .toml file each; empty: those that the program carries.",
              text_value<&Config::legal_rules>},
    ConfigKey{"legal.trust", R"("")", "the name of a file",
              "Certificates (PEM) of who is trusted to say who signed an order; empty: nobody is.",
              text_value<&Config::legal_trust>},
    ConfigKey{"legal.cms_certificate", R"("")", "the name of a file",
              "Certificate (PEM; after it those that lead to a trusted one) that answers to authorities are "
              "signed with, beside the server's own key. Empty, with cms_key: one that the server makes for "
              "itself (docs/legal.md).",
              text_value<&Config::legal_cms_certificate>},
    ConfigKey{"legal.cms_key", R"("")", "the name of a file",
              "Its private key (PEM, without a passphrase), readable by its owner alone.",
              text_value<&Config::legal_cms_key>},
    ConfigKey{"files.unfinished", "100", "a number from 1 to 100000",
              "Files that one account may have begun to send and not used yet.",
              number<&Config::unfinished_files, 1, 100'000>},
    ConfigKey{"files.unfinished_bytes", "4294967296", "a number from 1048576 to 1099511627776",
              "What the parts of these files may amount to.",
              number<&Config::unfinished_bytes, 1'048'576, 1'099'511'627'776>},
    ConfigKey{"files.upload_hours", "24", "a number from 1 to 720",
              "A file that no part has come of for so long is forgotten, if it was not used.",
              number<&Config::upload_hours, 1, 720>},
    ConfigKey{"files.parts", "4000", "a number from 1 to 8000",
              "Parts of one file. Parts have up to 512 KiB, so this is what limits the size of files.",
              number<&Config::file_parts, 1, 8'000>},
    ConfigKey{"files.photo_bytes", "10485760", "a number from 1024 to 33554432",
              "The largest picture that is taken as a photo; larger ones can be sent as files.",
              number<&Config::photo_bytes, 1'024, 33'554'432>},
    ConfigKey{
        "files.reference_seconds", "86400", "a number from 1 to 31536000",
        "How long a client that was shown a file may fetch it without looking again where it was shown.",
        number<&Config::reference_seconds, 1, 31'536'000>},
    ConfigKey{"files.image_processes", "2", "a number from 1 to 64",
              "Pictures that are read at the same time, each in a process of its own.",
              number<&Config::image_processes, 1, 64>},

    ConfigKey{"threads.loops", "0", "a number from 0 to 256",
              "Threads that serve connections. 0: one a processor, at most 8.",
              number<&Config::loops, 0, 256>},
    ConfigKey{"threads.workers", "2", "a number from 1 to 256", "Threads that compute key exchanges.",
              number<&Config::workers, 1, 256>},

    ConfigKey{"log.level", R"("info")", R"("debug", "info", "warn" or "error")",
              "What is logged, to standard error.", log_level},
};

// Edits (insert, drop, replace) between two short words.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replace, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::span<const ConfigKey> config_keys() {
  return keys;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > 100) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto candidate : candidates) {
    const auto d = distance(word, candidate);
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace heliograph::config
