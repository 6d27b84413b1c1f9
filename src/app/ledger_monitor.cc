#include "app/ledger_monitor.h"

#include <chrono>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <thread>

#include "app/data_dir.h"
#include "app/http_client.h"
#include "ledger/entry.h"
#include "ledger/text.h"
#include "ledger/tree.h"

namespace heliograph::app {

namespace {

constexpr std::int64_t kLateAfter = 3;  // batches

Error log_wrong(std::string what) {
  return Error::forbidden("LEDGER_WRONG", std::move(what));
}

// What is remembered: the verifier key on the first line, the newest note after it.
struct Seen {
  std::string key, note;
};

Result<Seen> load_seen(const std::filesystem::path& path) {
  Seen out;
  std::ifstream file(path, std::ios::binary);
  if (path.empty() || !file) return out;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto line = text.find('\n');
  if (line == std::string::npos) {
    return fail(Error::invalid("LEDGER_STATE_INVALID", path.string() + " was not written by this command."));
  }
  return Seen{text.substr(0, line), text.substr(line + 1)};
}

Result<Bytes> fetch_log(const std::string& prefix, const std::string& path) {
  HG_ASSIGN(const auto answer, http_call({.url = prefix + "/" + path}));
  if (answer.status == 200) return to_bytes(as_bytes(answer.body));
  return fail(Error::unavailable("LEDGER_UNREACHABLE", prefix + "/" + path + " answers with HTTP status " +
                                                           std::to_string(answer.status) + "."));
}

void tell_hook(const MonitorOptions& options, const std::string& what, std::ostream& out) {
  if (options.hook.empty()) return;
  HttpCall call;
  call.url = options.hook;
  call.content_type = "application/json";
  call.body = nlohmann::json{{"log", options.url}, {"alarm", what}}.dump();
  if (const auto done = http_call(call); !done || done->status >= 300) {
    out << "the hook could not be told\n" << std::flush;
  }
}

}  // namespace

Result<Look> look_at_log(const ledger::Fetch& fetch, const ledger::VerifierKey& key,
                         const ledger::Checkpoint& before, std::uint64_t pad_to) {
  Look out;
  HG_ASSIGN(const auto fetched, fetch("checkpoint"));
  out.note = as_text(fetched);
  HG_ASSIGN(const auto note, ledger::Note::parse(out.note));
  HG_ASSIGN(out.tree, ledger::open_checkpoint(note, key));
  const auto& tree = out.tree;
  if (tree.size < before.size) {
    return fail(log_wrong("The log has gone back from " + std::to_string(before.size) + " entries to " +
                          std::to_string(tree.size) + "."));
  }
  if (tree.size == before.size && before.size != 0 && tree.root != before.root) {
    return fail(log_wrong("Two trees of " + std::to_string(tree.size) +
                          " entries have been signed: the log has two histories."));
  }
  ledger::TreeReader reader(tree.size, [&fetch](const ledger::TileId& id) -> Result<Bytes> {
    return fetch("tile/" + ledger::tile_path(id));
  });
  HG_ASSIGN(const auto root, reader.root());
  if (root != tree.root) return fail(log_wrong("The tiles do not hash to the root that was signed."));
  if (before.size != 0 && tree.size != before.size) {
    HG_ASSIGN(const auto proof, reader.consistency(before.size));
    if (!ledger::verify_consistency(before.size, before.root, tree.size, tree.root, proof)) {
      return fail(log_wrong("The tree of " + std::to_string(before.size) +
                            " entries is no beginning of the log: it has two histories."));
    }
  }
  for (auto bundle = before.size / ledger::kTileWidth; bundle * ledger::kTileWidth < tree.size; ++bundle) {
    const ledger::TileId id{ledger::kEntriesLevel, bundle,
                            ledger::tile_width(tree.size, ledger::kEntriesLevel, bundle)};
    HG_ASSIGN(const auto bytes, fetch("tile/" + ledger::tile_path(id)));
    HG_ASSIGN(const auto entries, ledger::split_bundle(bytes));
    if (entries.size() != id.width) return fail(log_wrong("A bundle holds another number of entries."));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto leaf = bundle * ledger::kTileWidth + i;
      if (leaf < before.size) continue;
      HG_ASSIGN(const auto proof, reader.inclusion(leaf));
      if (!ledger::verify_inclusion(ledger::leaf_hash(entries[i]), leaf, tree.size, tree.root, proof)) {
        return fail(log_wrong("Entry " + std::to_string(leaf) + " is not the one that the tree holds."));
      }
      const auto entry = ledger::Entry::parse(entries[i]);
      if (!entry) return fail(log_wrong("Entry " + std::to_string(leaf) + " is malformed."));
      ++out.entries[static_cast<std::size_t>(entry->book)];
    }
  }
  if (pad_to == 0 || before.size == 0) return out;
  for (const auto book : ledger::kBooks) {
    const auto count = out.entries[static_cast<std::size_t>(book)];
    if (count % pad_to != 0 || (count == 0 && tree.size != before.size)) {
      return fail(Error::forbidden("LEDGER_PADDING", "Book " + std::to_string(static_cast<int>(book)) +
                                                         " has " + std::to_string(count) +
                                                         " new entries, no multiple of " +
                                                         std::to_string(pad_to) + "."));
    }
  }
  return out;
}

Status monitor_ledger(const MonitorOptions& options, std::ostream& out) {
  auto prefix = options.url;
  while (prefix.ends_with('/')) prefix.pop_back();
  if (!prefix.ends_with("/ledger")) prefix += "/ledger";
  const ledger::Fetch fetch = [&prefix](const std::string& path) { return fetch_log(prefix, path); };
  HG_ASSIGN(auto seen, load_seen(options.state));
  auto key_text = options.key.empty() ? seen.key : options.key;
  if (key_text.empty()) {
    HG_ASSIGN(const auto told, fetch("vkey"));
    key_text = as_text(told);
    while (key_text.ends_with('\n')) key_text.pop_back();
    out << "key " << key_text << " (as the server says; compare it with one from elsewhere)\n";
  }
  HG_ASSIGN(const auto key, ledger::VerifierKey::parse(key_text));
  ledger::Checkpoint before;
  if (!seen.note.empty()) {
    HG_ASSIGN(const auto note, ledger::Note::parse(seen.note));
    HG_ASSIGN(before, ledger::open_checkpoint(note, key));
  }
  const SystemClock clock;
  auto grew_at = clock.monotonic();
  bool late = false;
  for (std::int64_t round = 1;; ++round) {
    const auto found = look_at_log(fetch, key, before, static_cast<std::uint64_t>(options.pad_to));
    std::string alarm;
    std::optional<Error> wrong;
    if (!found) {
      wrong = found.error();
      alarm = std::string(wrong->code) + ": " + wrong->message;
    } else if (found->tree.size != before.size) {
      out << "size " << found->tree.size << "  root " << ledger::to_base64(found->tree.root) << "  new "
          << found->entries[1] << " content, " << found->entries[2] << " legal, " << found->entries[3]
          << " search\n";
      before = found->tree;
      grew_at = clock.monotonic();
      late = false;
      if (!options.state.empty()) HG_TRY(replace_file(options.state, key_text + "\n" + found->note));
    } else if (!late &&
               clock.monotonic() - grew_at > std::chrono::seconds(kLateAfter * options.batch_seconds)) {
      alarm = "no batch for " + std::to_string(kLateAfter * options.batch_seconds) + " seconds";
      wrong = Error::unavailable("LEDGER_LATE", alarm);
      late = true;
    }
    if (!alarm.empty()) {
      out << "ALARM " << alarm << '\n';
      tell_hook(options, alarm, out);
    }
    out << std::flush;
    if (wrong && (wrong->code == "LEDGER_WRONG" || options.rounds != 0)) return fail(*wrong);
    if (options.rounds != 0 && round >= options.rounds) return {};
    std::this_thread::sleep_for(std::chrono::seconds(options.every_seconds));
  }
}

}  // namespace heliograph::app
