#include "app/ledger_command.h"

#include <algorithm>
#include <fstream>
#include <ostream>

#include "app/data_dir.h"
#include "app/http_client.h"
#include "crypto/random.h"
#include "ledger/text.h"
#include "ledger/verify.h"

namespace heliograph::app {

namespace {

constexpr std::size_t kStateBytesMax = 256 * 1024 * 1024;
constexpr std::size_t kOpeningBytesMax = 8 * 1024 * 1024;

// What a verifier remembers, a line each: "key <verifier key>", then "seen <base64 of a signed note>".
struct State {
  std::string key;
  std::vector<std::string> notes;
};

Error bad_state(const std::filesystem::path& path) {
  return Error::invalid("LEDGER_STATE_INVALID", path.string() + " was not written by this command.");
}

Result<State> load_state(const std::filesystem::path& path) {
  State out;
  std::error_code error;
  if (path.empty() || (!std::filesystem::exists(path, error) && !error)) return out;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::file_size(path, error) > kStateBytesMax) return fail(bad_state(path));
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("key ")) {
      out.key = line.substr(4);
    } else if (line.starts_with("seen ")) {
      const auto note = ledger::from_base64(std::string_view(line).substr(5));
      if (!note) return fail(bad_state(path));
      out.notes.emplace_back(as_text(*note));
    } else {
      return fail(bad_state(path));
    }
  }
  return out;
}

Status save_state(const std::filesystem::path& path, const State& state) {
  std::string text = "key " + state.key + "\n";
  for (const auto& note : state.notes) text += "seen " + ledger::to_base64(as_bytes(note)) + "\n";
  return replace_file(path, text);
}

// The checkpoints in a state: only what the log's key has signed says anything about the log.
Result<std::vector<ledger::Checkpoint>> checkpoints_of(const State& state, const ledger::VerifierKey& key,
                                                       const std::filesystem::path& path) {
  std::vector<ledger::Checkpoint> out;
  for (const auto& text : state.notes) {
    const auto note = ledger::Note::parse(text);
    if (!note) return fail(bad_state(path));
    auto tree = ledger::open_checkpoint(*note, key);
    if (!tree) return fail(bad_state(path));
    out.push_back(std::move(*tree));
  }
  return out;
}

Result<Bytes> get(const std::string& prefix, const std::string& path) {
  HG_ASSIGN(const auto answer, http_call({.url = prefix + "/" + path}));
  if (answer.status != 200) {
    return fail(Error::unavailable("LEDGER_UNREACHABLE", prefix + "/" + path + " answers with HTTP status " +
                                                             std::to_string(answer.status) + "."));
  }
  return to_bytes(as_bytes(answer.body));
}

Result<std::vector<ledger::Opening>> read_openings(const std::vector<std::filesystem::path>& paths) {
  std::vector<ledger::Opening> out;
  for (const auto& path : paths) {
    std::error_code error;
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::file_size(path, error) > kOpeningBytesMax || error) {
      return fail(Error::invalid("FILE_UNREADABLE", path.string() + " cannot be read, or is no opening."));
    }
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!text.ends_with('\n')) text += '\n';  // as copied out of a chat
    auto opening = ledger::Opening::parse(text);
    if (!opening) {
      return fail(Error::invalid("LEDGER_OPENING_INVALID", path.string() + " is no opening of an entry."));
    }
    out.push_back(std::move(*opening));
  }
  return out;
}

std::string opened_lines(const std::vector<std::filesystem::path>& paths,
                         const std::vector<std::uint64_t>& leaves) {
  std::string out;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out += "opened   " + paths[i].string() + " is entry " + std::to_string(leaves[i]) + "\n";
  }
  return out;
}

}  // namespace

Status verify_ledger(const VerifyOptions& options, std::ostream& out) {
  auto prefix = options.url;
  while (prefix.ends_with('/')) prefix.pop_back();
  if (!prefix.ends_with("/ledger")) prefix += "/ledger";
  HG_ASSIGN(auto state, load_state(options.state));
  auto key_text = options.key.empty() ? state.key : options.key;
  const bool unconfirmed = key_text.empty();
  if (unconfirmed) {
    HG_ASSIGN(const auto told, get(prefix, "vkey"));
    key_text = as_text(told);
    while (key_text.ends_with('\n')) key_text.pop_back();
  }
  HG_ASSIGN(const auto key, ledger::VerifierKey::parse(key_text));
  if (!state.key.empty() && state.key != key_text) {
    return fail(Error::invalid("LEDGER_STATE_INVALID",
                               options.state.string() + " is about another log: " + state.key));
  }
  state.key = key_text;
  HG_ASSIGN(const auto seen, checkpoints_of(state, key, options.state));
  crypto::SystemRandom random;
  HG_ASSIGN(const auto openings, read_openings(options.openings));
  const ledger::Fetch fetch = [&prefix](const std::string& path) { return get(prefix, path); };
  HG_ASSIGN(const auto found, ledger::verify_log(fetch, key, seen, random, openings));

  out << "origin   " << found.tree.origin << "\nkey      " << key_text
      << (unconfirmed ? "  (as the server says; compare it with one from elsewhere, or give --key)" : "")
      << "\nsize     " << found.tree.size << "  (content " << found.entries[1] << ", legal "
      << found.entries[2] << ", search " << found.entries[3] << "; padding included)\nroot     "
      << ledger::to_base64(found.tree.root) << "\nearlier  " << found.earlier
      << " checkpoints seen before are beginnings of this log\nproven   " << found.proven << " of "
      << found.entries[2] << " legal entries count in one cell of the log's list, or in none\n"
      << opened_lines(options.openings, found.opened)
      << "Every entry, every hash and the signature are right.\n";
  if (options.state.empty()) return {};
  const bool known = std::ranges::any_of(seen, [&](const auto& each) { return each == found.tree; });
  if (!known) state.notes.push_back(found.note);
  return save_state(options.state, state);
}

}  // namespace heliograph::app
