#include "legal/journal/question.h"

#include <algorithm>

#include "ledger/text.h"

namespace heliograph::legal {

namespace {

constexpr std::string_view kQuestionHeader = "heliograph-journal-question v1";
constexpr std::string_view kContributionHeader = "heliograph-journal-contribution v1";
constexpr std::uint64_t kTimeMax = 99'999'999'999;  // some 3,000 years
constexpr std::uint64_t kNumberMax = 999'999'999'999'999'999;

Error question_wrong(std::string what) {
  return Error::invalid("QUESTION_WRONG", std::move(what));
}
Error contribution_wrong() {
  return Error::invalid("CONTRIBUTION_WRONG", "The contribution is not of this share to this question.");
}

Bytes joined_points(const std::vector<crypto::Point>& points) {
  Bytes out;
  out.reserve(points.size() * 32);
  for (const auto& point : points) append(out, point.bytes);
  return out;
}

Hash contribution_context(const Hash& binding, std::uint32_t share, const std::vector<crypto::Point>& parts) {
  return hash_parts("heliograph/journal/contribution/v1",
                    {binding, number_bytes(share), joined_points(parts)});
}

// One sum of the elements and one of the parts, with weights that nobody could choose before all of them were
// fixed: the parts are all right if the sums are, but for one chance in 2^128.
struct Sums {
  crypto::Point elements, parts;
};
Sums weighed(const Hash& context, const std::vector<crypto::Point>& elements,
             const std::vector<crypto::Point>& parts) {
  Sums out;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    auto weight = hash_parts("heliograph/journal/weight/v1", {context, number_bytes(i)});
    std::fill(weight.begin() + 16, weight.end(), std::uint8_t{0});
    const crypto::Scalar scalar{weight};
    out.elements = out.elements + scalar * elements[i];
    out.parts = out.parts + scalar * parts[i];
  }
  return out;
}

}  // namespace

Hash Question::binding() const {
  return hash_parts("heliograph/journal/question/v1", {as_bytes(encode())});
}

std::string Question::encode() const {
  DocumentWriter out(kQuestionHeader);
  out.number("request", static_cast<std::uint64_t>(request));
  out.bytes("entry", entry);
  out.number("account", static_cast<std::uint64_t>(user.value));
  out.number("from", static_cast<std::uint64_t>(from));
  out.number("to", static_cast<std::uint64_t>(to));
  out.bytes("key", key);
  out.number("rows", rows.size());
  for (const auto& row : rows) {
    auto all = row.label.bytes();
    append(all, row.sealed);
    out.bytes("row", all);
  }
  return out.take();
}

Result<Question> Question::parse(std::string_view text) {
  constexpr std::size_t label_bytes = 8 + 8 + 8 + 16;
  DocumentReader in(text, kQuestionHeader);
  Question out;
  out.request = static_cast<std::int64_t>(in.number("request", 1, kNumberMax));
  out.entry = in.bytes("entry");
  out.user = UserId{static_cast<std::int64_t>(in.number("account", 1, kNumberMax))};
  out.from = static_cast<UnixSeconds>(in.number("from", 0, kTimeMax));
  out.to = static_cast<UnixSeconds>(in.number("to", 0, kTimeMax));
  out.key = in.exactly<32>("key");
  const auto count = in.number("rows", 0, kQuestionRowsMost);
  for (std::uint64_t i = 0; i < count && in.good(); ++i) {
    const auto all = in.bytes("row");
    if (all.size() != label_bytes + kSealedRowBytes) {
      in.refuse();
      break;
    }
    Row row;
    row.label.user = UserId{load_le<std::int64_t>(all.data())};
    row.label.from = load_le<UnixSeconds>(all.data() + 8);
    row.label.to = load_le<UnixSeconds>(all.data() + 16);
    std::copy_n(all.begin() + 24, row.label.tag.size(), row.label.tag.begin());
    row.sealed.assign(all.begin() + label_bytes, all.end());
    out.rows.push_back(std::move(row));
  }
  HG_TRY(in.done());
  return out;
}

Result<std::vector<crypto::Point>> check_question(const Question& question, const JournalKey& key) {
  if (question.key != key.id()) return fail(question_wrong("The question is for another key."));
  if (question.from >= question.to) return fail(question_wrong("The question is about no time."));
  std::vector<crypto::Point> out;
  out.reserve(question.rows.size());
  for (const auto& row : question.rows) {
    if (row.label.user != question.user || !row.label.overlaps(question.from, question.to)) {
      return fail(question_wrong("A row is of another account, or of another time."));
    }
    HG_ASSIGN(const auto element, check_row(key.public_key(), row.label, row.sealed));
    out.push_back(element);
  }
  return out;
}

std::string Contribution::encode() const {
  DocumentWriter out(kContributionHeader);
  out.bytes("question", binding);
  out.number("share", share);
  out.bytes("challenge", proof.challenge.bytes);
  out.bytes("response", proof.response.bytes);
  out.number("parts", parts.size());
  for (const auto& part : parts) out.bytes("part", part.bytes);
  return out.take();
}

Result<Contribution> Contribution::parse(std::string_view text) {
  DocumentReader in(text, kContributionHeader);
  Contribution out;
  out.binding = in.exactly<32>("question");
  out.share = static_cast<std::uint32_t>(in.number("share", 1, kMembersMost));
  out.proof.challenge = in.scalar("challenge");
  out.proof.response = in.scalar("response");
  const auto count = in.number("parts", 0, kQuestionRowsMost);
  for (std::uint64_t i = 0; i < count && in.good(); ++i) out.parts.push_back(in.point("part"));
  HG_TRY(in.done());
  return out;
}

Result<Contribution> contribute(const Question& question, const JournalKey& key, const Share& share,
                                Random& random) {
  HG_ASSIGN(const auto elements, check_question(question, key));
  Contribution out{question.binding(), share.number, {}, {}};
  out.parts.reserve(elements.size());
  for (const auto& element : elements) out.parts.push_back(share.secret.value() * element);
  const auto context = contribution_context(out.binding, out.share, out.parts);
  const auto sums = weighed(context, elements, out.parts);
  out.proof = prove_same(share.secret.value(), key.share_key(share.number), sums.elements, sums.parts,
                         context, random);
  return out;
}

Status check_contribution(const Question& question, const JournalKey& key,
                          const std::vector<crypto::Point>& elements, const Contribution& contribution) {
  if (contribution.binding != question.binding() || key.member(contribution.share) == nullptr ||
      contribution.parts.size() != elements.size()) {
    return fail(contribution_wrong());
  }
  const auto context = contribution_context(contribution.binding, contribution.share, contribution.parts);
  const auto sums = weighed(context, elements, contribution.parts);
  if (verify_same(contribution.proof, key.share_key(contribution.share), sums.elements, sums.parts,
                  context)) {
    return {};
  }
  return fail(contribution_wrong());
}

ledger::Subject request_subject(std::int64_t request) {
  return {"request/" + std::to_string(request)};
}

Result<std::vector<Sighting>> combine(const ledger::Receipt& receipt, const Question& question,
                                      const JournalKey& key, const std::vector<Contribution>& contributions) {
  if (receipt.act() != kDiscloseAct || receipt.subject() != request_subject(question.request)) {
    return fail(Error::forbidden("LEDGER_RECEIPT_OTHER", "The receipt is for another act."));
  }
  std::vector<std::uint32_t> shares;
  std::vector<const Contribution*> used;
  for (const auto& one : contributions) {
    if (std::ranges::find(shares, one.share) != shares.end()) continue;
    if (one.parts.size() != question.rows.size()) return fail(contribution_wrong());
    shares.push_back(one.share);
    used.push_back(&one);
    if (shares.size() == key.threshold) break;
  }
  if (shares.size() < key.threshold) {
    return fail(Error::forbidden("CONTRIBUTIONS_FEW", "It takes " + std::to_string(key.threshold) +
                                                          " shares, and there are " +
                                                          std::to_string(shares.size()) + "."));
  }
  const auto weights = weights_at_zero(shares);
  std::vector<Sighting> out;
  out.reserve(question.rows.size());
  for (std::size_t row = 0; row < question.rows.size(); ++row) {
    crypto::Point agreed;
    for (std::size_t i = 0; i < used.size(); ++i) agreed = agreed + weights[i] * used[i]->parts[row];
    const auto& one = question.rows[row];
    HG_ASSIGN(const auto sighting, open_row(key.public_key(), one.label, one.sealed, agreed));
    out.push_back(sighting);
  }
  return out;
}

}  // namespace heliograph::legal
