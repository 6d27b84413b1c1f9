#include "search/xapian/builder.h"

#include <algorithm>
#include <string>

#include "search/text.h"
#include "search/xapian/score.h"

namespace heliograph::search {

namespace {

constexpr std::size_t text_bytes_max = 64 * 1024;
constexpr std::size_t units_max = 20'000;
constexpr std::size_t usernames_max = 32;

std::string sequence_of(const std::vector<Unit>& units) {
  std::string out = " ";
  for (const auto& unit : units) out.append(unit.text).append(" ");
  return out;
}

// Calls `add` with every word to be found: units, their parts, pairs of CJK characters that touch.
template <typename Add>
void each_word(const std::vector<Unit>& units, Add add) {
  const Unit* previous = nullptr;
  for (const auto& unit : units) {
    add(unit.text);
    if (unit.cjk) {
      if (unit.joined && previous != nullptr) add(previous->text + unit.text);
    } else {
      for (const auto part : parts(unit.text)) add(std::string(part));
    }
    previous = &unit;
  }
}

void add_post(const Post& post, Key key, Stems& stems, Xapian::Document& out, Stored& stored) {
  const auto analysis = analyze(post.text, text_bytes_max, units_max);
  const auto language = guess_language(analysis.units);
  const auto script = language ? script_of_language(*language) : Script::other;
  each_word(analysis.units, [&](const std::string& word) {
    out.add_term(word);
    const auto plain = without_accents(word);
    if (!plain.empty()) out.add_term("Y" + plain);
    if (!language || script_of(word) != script) return;
    const auto stem = stems.stem(*language, word);
    if (stem != word && !stem.empty()) out.add_term(stem_term(language->code, stem));
  });
  for (const auto& tag : analysis.tags) out.add_term(tag);
  if (language) out.add_boolean_term(language_term(language->code));
  if (post.sender) out.add_boolean_term(peer_term('S', post.sender));
  for (int bit = 0; bit < 26; ++bit) {
    if ((post.traits >> bit & 1) != 0) out.add_boolean_term(trait_term(bit));
  }
  out.add_boolean_term(key.is_peer() ? "Dc" : "Dp");
  stored.sequence = sequence_of(analysis.units);
}

void add_card(const Card& card, Xapian::Document& out, Stored& stored) {
  const auto add = [&](const char* prefix, const std::string& text, std::string& sequence) {
    const auto analysis = analyze(text, text_bytes_max, units_max);
    each_word(analysis.units, [&](const std::string& word) {
      out.add_term(prefix + word);
      const auto plain = without_accents(word);
      if (!plain.empty()) out.add_term(prefix + plain);
    });
    sequence += sequence_of(analysis.units);
  };
  add("U", card.title, stored.sequence);
  add("A", card.about, stored.sequence);
  std::string ignored;
  for (std::size_t i = 0; i < card.usernames.size() && i < usernames_max; ++i) {
    add("U", card.usernames[i], ignored);
    const auto whole = analyze(card.usernames[i], 64, 1);
    if (!whole.units.empty()) out.add_term("N" + whole.units[0].text);
  }
  out.add_boolean_term("Dc");
}

}  // namespace

Built build(const Document& document, Stems& stems) {
  Built out;
  Stored stored{document.key.peer, document.key.message, {}};
  if (const auto* post = std::get_if<Post>(&document.content)) {
    add_post(*post, document.key, stems, out.document, stored);
    out.facts.date = static_cast<std::uint32_t>(std::clamp<UnixSeconds>(post->date, 1, 0xfffffffe));
    out.facts.weight = standing_score(post->standing);
    out.facts.since = day_of(post->standing.since);
  } else {
    const auto& card = std::get<Card>(document.content);
    add_card(card, out.document, stored);
    out.facts.weight = standing_score(card.standing);
    out.facts.since = day_of(card.standing.since);
  }
  out.document.add_boolean_term(key_term(document.key));
  out.document.add_boolean_term(peer_term('P', document.key.peer));
  out.document.add_value(facts_slot, out.facts.packed());
  const auto data = encode(std::move(stored));
  out.document.set_data(std::string(as_text(data)));
  return out;
}

}  // namespace heliograph::search
