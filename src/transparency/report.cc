#include "transparency/report.h"

#include <nlohmann/json.hpp>

#include "base/day.h"
#include "crypto/hash.h"
#include "ledger/text.h"

namespace heliograph::transparency {

namespace {

using Json = nlohmann::ordered_json;
using crypto::Point;
using crypto::Scalar;

Error wrong_report(std::string what) {
  return Error::invalid("REPORT_INVALID", "Not a transparency report: " + std::move(what));
}

std::string text_of(const Scalar& scalar) {
  return ledger::to_base64(scalar.bytes);
}

Json json_of(const TallyProof& proof) {
  Json out;
  if (proof.blinding) out["blinding"] = text_of(*proof.blinding);
  if (!proof.hidden) return out;
  out["challenge"] = text_of(proof.hidden->challenge);
  // Each bit: commitment, challenge of 0, answers of 0 and of 1, one after another.
  auto& bits = out["bits"] = Json::array();
  for (const auto& bit : proof.hidden->bits) {
    Bytes bytes;
    append(bytes, bit.commitment.bytes);
    append(bytes, bit.challenge_of_0.bytes);
    append(bytes, bit.answer_of_0.bytes);
    append(bytes, bit.answer_of_1.bytes);
    bits.push_back(ledger::to_base64(bytes));
  }
  auto& answers = out["answers"] = Json::array();
  for (const auto& answer : proof.hidden->answers) answers.push_back(text_of(answer));
  out["answer_of_blinding"] = text_of(proof.hidden->answer_of_blinding);
  return out;
}

Json json_of(const ProvenTally& tally) {
  const auto& claim = tally.claim;
  Json out;
  out["book"] = name(claim.book);
  out["first"] = claim.first;
  out["end"] = claim.end;
  out["counts"] = Json::object();
  for (const auto& [cell, count] : claim.shown) out["counts"][cell] = count;
  out["hidden"] = {{"cells", claim.hidden}, {"sum", claim.hidden_sum}, {"most", claim.hidden_most}};
  out["proof"] = json_of(tally.proof);
  return out;
}

Json json_of(const Figure& figure) {
  Json out;
  out["id"] = figure.id;
  out["title"] = figure.title;
  out["source"] = figure.source;
  out["labels"] = figure.labels;
  out["values"] = figure.values;
  auto& rows = out["rows"] = Json::array();
  for (const auto& row : figure.rows) {
    Json line = Json::array();
    for (const auto& label : row.labels) line.push_back(label);
    for (const auto& value : row.values) line.push_back(value ? Json(*value) : Json(nullptr));
    rows.push_back(std::move(line));
  }
  return out;
}

// Reads one object: what is missing, of another type, or not known makes the document wrong.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {
    if (!json.is_object()) problem_ = "an object is not there";
  }
  const Json* at(const char* key) {
    ++taken_;
    if (json_.is_object()) {
      if (const auto found = json_.find(key); found != json_.end()) return &*found;
    }
    note(std::string(key) + " is not there");
    return nullptr;
  }
  std::string text(const char* key) {
    const auto* found = at(key);
    if (found == nullptr) return {};
    if (found->is_string()) return found->get<std::string>();
    note(std::string(key) + " is no text");
    return {};
  }
  std::uint64_t number(const char* key) {
    const auto* found = at(key);
    if (found == nullptr) return 0;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() <= std::uint64_t{1} << 53) {
      return found->get<std::uint64_t>();
    }
    note(std::string(key) + " is no number");
    return 0;
  }
  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> out;
    const auto* found = at(key);
    if (found == nullptr) return out;
    if (!found->is_array()) note(std::string(key) + " is no list");
    for (const auto& each : *found) {
      if (!each.is_string()) {
        note(std::string(key) + " holds what is no text");
        break;
      }
      out.push_back(each.get<std::string>());
    }
    return out;
  }
  Scalar scalar(const char* key) { return scalar_of(text(key)); }
  Scalar scalar_of(const std::string& text) {
    const auto bytes = ledger::from_base64(text);
    auto parsed = Scalar::parse(bytes ? ByteView(*bytes) : ByteView());
    if (parsed) return *parsed;
    note("a scalar cannot be read");
    return {};
  }
  void note(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
  }
  Status done() {
    if (problem_.empty() && json_.size() != taken_) note("there is something that is not known");
    if (problem_.empty()) return {};
    return fail(wrong_report(problem_));
  }

 private:
  const Json& json_;
  std::size_t taken_ = 0;
  std::string problem_;
};

Result<TallyProof> proof_in(const Json& json) {
  TallyProof out;
  Reader reader(json);
  if (json.is_object() && json.contains("blinding")) {
    out.blinding = reader.scalar("blinding");
    HG_TRY(reader.done());
    return out;
  }
  auto& hidden = out.hidden.emplace();
  hidden.challenge = reader.scalar("challenge");
  for (const auto& text : reader.texts("bits")) {
    const auto bytes = ledger::from_base64(text);
    if (!bytes || bytes->size() != 128) return fail(wrong_report("a bit's proof cannot be read"));
    const auto part = [&](std::size_t n) { return ByteView(*bytes).subspan(n * 32, 32); };
    BitProof bit;
    HG_ASSIGN(bit.commitment, Point::parse(part(0)));
    HG_ASSIGN(bit.challenge_of_0, Scalar::parse(part(1)));
    HG_ASSIGN(bit.answer_of_0, Scalar::parse(part(2)));
    HG_ASSIGN(bit.answer_of_1, Scalar::parse(part(3)));
    hidden.bits.push_back(bit);
  }
  for (const auto& text : reader.texts("answers")) hidden.answers.push_back(reader.scalar_of(text));
  hidden.answer_of_blinding = reader.scalar("answer_of_blinding");
  HG_TRY(reader.done());
  return out;
}

Result<ProvenTally> tally_in(const Json& json) {
  ProvenTally out;
  auto& claim = out.claim;
  Reader reader(json);
  const auto book = book_of(reader.text("book"));
  if (!book) return fail(wrong_report("there is no such book"));
  claim.book = *book;
  claim.first = reader.number("first");
  claim.end = reader.number("end");
  const auto* counts = reader.at("counts");
  if (counts == nullptr || !counts->is_object()) return fail(wrong_report("counts are not there"));
  for (const auto& [cell, count] : counts->items()) {
    if (!count.is_number_unsigned() || !claim.shown.emplace(cell, count.get<std::uint64_t>()).second) {
      return fail(wrong_report("a count is no number, or is there twice"));
    }
  }
  const auto* hidden = reader.at("hidden");
  if (hidden == nullptr) return fail(wrong_report("hidden is not there"));
  Reader inner(*hidden);
  claim.hidden = inner.texts("cells");
  claim.hidden_sum = inner.number("sum");
  claim.hidden_most = inner.number("most");
  HG_TRY(inner.done());
  const auto* proof = reader.at("proof");
  if (proof == nullptr) return fail(wrong_report("a proof is not there"));
  HG_ASSIGN(out.proof, proof_in(*proof));
  HG_TRY(reader.done());
  return out;
}

Result<Figure> figure_in(const Json& json) {
  Figure out;
  Reader reader(json);
  out.id = reader.text("id");
  out.title = reader.text("title");
  out.source = reader.text("source");
  out.labels = reader.texts("labels");
  out.values = reader.texts("values");
  const auto* rows = reader.at("rows");
  HG_TRY(reader.done());
  if (!rows->is_array()) return fail(wrong_report("rows are no list"));
  for (const auto& line : *rows) {
    if (!line.is_array() || line.size() != out.labels.size() + out.values.size()) {
      return fail(wrong_report("a row has not one cell for each column"));
    }
    Figure::Row row;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto& cell = line[i];
      if (i < out.labels.size()) {
        if (!cell.is_string()) return fail(wrong_report("a label is no text"));
        row.labels.push_back(cell.get<std::string>());
      } else if (cell.is_null()) {
        row.values.emplace_back(std::nullopt);
      } else {
        if (!cell.is_number_integer()) return fail(wrong_report("a figure is no number"));
        row.values.emplace_back(cell.get<std::int64_t>());
      }
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::string Report::name() const {
  return period.text() + "/" + std::to_string(version);
}

std::uint64_t Report::acts(ledger::Book book) const {
  const auto* tally = find(book);
  if (tally == nullptr) return 0;
  std::uint64_t sum = tally->claim.hidden_sum;
  for (const auto& [cell, count] : tally->claim.shown) sum += count;
  return sum;
}

const ProvenTally* Report::find(ledger::Book book) const {
  for (const auto& tally : tallies) {
    if (tally.claim.book == book) return &tally;
  }
  return nullptr;
}

const Figure* Report::find(std::string_view id) const {
  for (const auto& figure : figures) {
    if (figure.id == id) return &figure;
  }
  return nullptr;
}

std::string to_json(const Report& report) {
  Json out;
  out["schema"] = kReportSchema;
  out["from"] = day_text(report.period.from);
  out["to"] = day_text(report.period.to);
  out["version"] = report.version;
  out["reason"] = report.reason;
  out["made_at"] = report.made_at;
  out["threshold"] = report.threshold;
  out["checkpoint"] = report.checkpoint;
  out["previous"] = report.previous;
  out["tallies"] = Json::array();
  for (const auto& tally : report.tallies) out["tallies"].push_back(json_of(tally));
  out["figures"] = Json::array();
  for (const auto& figure : report.figures) out["figures"].push_back(json_of(figure));
  out["words"] = report.words;
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Report> parse_report(std::string_view text) {
  if (text.size() > kDocumentBytesMost) return fail(wrong_report("it is too long"));
  // Deeper than any part of it goes, nothing is read.
  bool too_deep = false;
  const auto shallow = [&](int level, Json::parse_event_t, Json&) {
    too_deep = too_deep || level > 8;
    return !too_deep;
  };
  const auto json = Json::parse(text, shallow, false);
  if (json.is_discarded() || too_deep) return fail(wrong_report("it is no JSON"));
  Report out;
  Reader reader(json);
  if (reader.text("schema") != kReportSchema) return fail(wrong_report("it has another schema"));
  const auto from = reader.text("from"), to = reader.text("to");
  const auto version = reader.number("version");
  out.reason = reader.text("reason");
  out.made_at = static_cast<UnixSeconds>(reader.number("made_at"));
  out.threshold = reader.number("threshold");
  out.checkpoint = reader.text("checkpoint");
  out.previous = reader.text("previous");
  const auto* tallies = reader.at("tallies");
  const auto* figures = reader.at("figures");
  out.words = reader.text("words");
  HG_TRY(reader.done());
  HG_ASSIGN(out.period, parse_period(from, to));
  if (version == 0 || version > 1'000'000) return fail(wrong_report("it has no version"));
  out.version = static_cast<std::int32_t>(version);
  HG_ASSIGN(const auto note, ledger::Note::parse(out.checkpoint));
  HG_ASSIGN(const auto tree, ledger::Checkpoint::parse(note.text));
  if (!tallies->is_array() || !figures->is_array()) return fail(wrong_report("there are no lists"));
  for (const auto& each : *tallies) {
    HG_ASSIGN(auto tally, tally_in(each));
    if (out.find(tally.claim.book) != nullptr) return fail(wrong_report("a book is there twice"));
    tally.claim.report = out.name();
    tally.claim.tree = tree;
    HG_TRY(tally.claim.check());
    out.tallies.push_back(std::move(tally));
  }
  for (const auto& each : *figures) {
    HG_ASSIGN(auto figure, figure_in(each));
    out.figures.push_back(std::move(figure));
  }
  return out;
}

std::string signed_text(const std::string& origin, const std::string& name, std::string_view document) {
  return std::string(kSignedHead) + "\n" + origin + "\n" + name + "\n" +
         ledger::to_base64(crypto::sha256(as_bytes(document))) + "\n";
}

Status check_signature(std::string_view note, const ledger::VerifierKey& key, const std::string& name,
                       std::string_view document) {
  HG_ASSIGN(const auto parsed, ledger::Note::parse(note));
  if (parsed.text != signed_text(key.name, name, document)) {
    return fail(Error::forbidden("REPORT_UNSIGNED", "The signature is of another document."));
  }
  HG_TRY(parsed.signed_by(key));
  return {};
}

}  // namespace heliograph::transparency
