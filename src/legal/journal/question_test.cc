#include "legal/journal/question.h"

#include <gmock/gmock.h>

#include "ledger/testing/world.h"
#include "legal/requests/desk.h"
#include "legal/testing/ceremony.h"

namespace heliograph::legal {
namespace {

constexpr UserId ann{1'000'001};
constexpr UserId bob{1'000'002};
constexpr UnixSeconds kNoon = 1'700'000'000;

class QuestionTest : public ::testing::Test {
 protected:
  QuestionTest() {
    question.request = 7;
    question.entry = Bytes(65, 3);
    question.user = ann;
    question.from = kNoon - 86'400;
    question.to = kNoon + 86'400;
    question.key = key.id();
    question.rows.push_back(testing::a_row(key, ann, kNoon, "203.0.113.7", random));
    question.rows.push_back(testing::a_row(key, ann, kNoon + 7200, "2001:db8::7", random));
  }
  Contribution part(std::size_t share) {
    return contribute(question, key, made.shares[share - 1], random).value();
  }
  std::string check(const Contribution& contribution, const Question& about) {
    const auto elements = check_question(about, key);
    if (!elements) return std::string(elements.error().code);
    const auto checked = check_contribution(about, key, *elements, contribution);
    return checked ? "" : std::string(checked.error().code);
  }

  crypto::SystemRandom random;
  ledger::testing::World world;
  ledger::Receipt receipt = world
                                .record({ledger::Book::legal,
                                         std::string(kDiscloseAct),
                                         request_subject(7),
                                         "legal/epoc/DE/disclosed",
                                         {}})
                                .value();
  testing::Made made = testing::make_key(2, {"Ana", "Ben", "Cem"}, random);
  const JournalKey& key = made.key;
  Question question;
};

TEST_F(QuestionTest, TwoOfThreeOfficersOpenTheRows) {
  const auto a = part(1);
  const auto c = part(3);
  EXPECT_EQ(check(a, question), "");
  EXPECT_EQ(check(c, question), "");
  const auto opened = combine(receipt, question, key, {a, c}).value();
  ASSERT_EQ(opened.size(), 2U);
  EXPECT_EQ(opened[0].address.text(), "203.0.113.7");
  EXPECT_EQ(opened[0].port, 40'000);
  EXPECT_EQ(opened[0].first, kNoon);
  EXPECT_EQ(opened[0].last, kNoon + 60);
  EXPECT_EQ(opened[1].address.text(), "2001:db8::7");
}

TEST_F(QuestionTest, OneOfThemDoesNot) {
  const auto a = part(1);
  EXPECT_EQ(combine(receipt, question, key, {a}).error().code, "CONTRIBUTIONS_FEW");
  EXPECT_EQ(combine(receipt, question, key, {a, a}).error().code, "CONTRIBUTIONS_FEW");
  auto twice = a;
  twice.share = 2;  // under somebody else's number
  EXPECT_EQ(check(twice, question), "CONTRIBUTION_WRONG");
  EXPECT_EQ(combine(receipt, question, key, {a, twice}).error().code, "ROW_INVALID");
}

// Nobody can say that there is a receipt, or that a contribution was checked, but who makes sure of it.
static_assert(!std::is_invocable_v<decltype(combine), Question, JournalKey, std::vector<Contribution>>);
static_assert(!std::is_default_constructible_v<ledger::Receipt>);
static_assert(!std::is_constructible_v<CheckedContribution, Contribution>);
static_assert(!std::is_default_constructible_v<CheckedContribution>);

TEST_F(QuestionTest, NothingIsOpenedByAnotherActsReceipt) {
  const std::vector<Contribution> parts{part(1), part(2)};
  const auto other =
      world.record({ledger::Book::legal, std::string(kDiscloseAct), request_subject(8), "", {}});
  EXPECT_EQ(combine(*other, question, key, parts).error().code, "LEDGER_RECEIPT_OTHER");
  const auto refusal = world.record({ledger::Book::legal, "request.refuse", request_subject(7), "", {}});
  EXPECT_EQ(combine(*refusal, question, key, parts).error().code, "LEDGER_RECEIPT_OTHER");
}

TEST_F(QuestionTest, AContributionIsGoodForItsQuestionAlone) {
  const auto a = part(1);
  auto other = question;
  other.request = 8;
  EXPECT_EQ(check(a, other), "CONTRIBUTION_WRONG");
  other = question;
  other.entry[0] ^= 1;
  EXPECT_EQ(check(a, other), "CONTRIBUTION_WRONG");
  other = question;
  other.to += 3600;
  EXPECT_EQ(check(a, other), "CONTRIBUTION_WRONG");
  other = question;
  other.rows.pop_back();
  EXPECT_EQ(check(a, other), "CONTRIBUTION_WRONG");
  // Put forward again under the other question's name.
  auto replayed = a;
  other = question;
  other.request = 8;
  replayed.binding = other.binding();
  EXPECT_EQ(check(replayed, other), "CONTRIBUTION_WRONG");
}

TEST_F(QuestionTest, WhatWasChangedIsSeen) {
  const auto a = part(1);
  auto bad = a;
  bad.parts[1] = bad.parts[0];
  EXPECT_EQ(check(bad, question), "CONTRIBUTION_WRONG");
  bad = a;
  std::swap(bad.parts[0], bad.parts[1]);
  EXPECT_EQ(check(bad, question), "CONTRIBUTION_WRONG");
  bad = a;
  bad.proof.response = bad.proof.response + crypto::Scalar::of(1);
  EXPECT_EQ(check(bad, question), "CONTRIBUTION_WRONG");
  bad = a;
  bad.share = 9;
  EXPECT_EQ(check(bad, question), "CONTRIBUTION_WRONG");
}

TEST_F(QuestionTest, AnotherAccountsOrPeriodsRowIsNotOpened) {
  auto bad = question;
  bad.rows.push_back(testing::a_row(key, bob, kNoon, "198.51.100.1", random));
  EXPECT_EQ(contribute(bad, key, made.shares[0], random).error().code, "QUESTION_WRONG");
  // Relabelled, by whoever has the store: the seal says whose it is.
  bad.rows.back().label.user = ann;
  EXPECT_EQ(contribute(bad, key, made.shares[0], random).error().code, "ROW_INVALID");

  bad = question;
  bad.rows.push_back(testing::a_row(key, ann, kNoon + 10 * 86'400, "198.51.100.1", random));
  EXPECT_EQ(contribute(bad, key, made.shares[0], random).error().code, "QUESTION_WRONG");
  bad.rows.back().label.from = kNoon;
  bad.rows.back().label.to = kNoon + 3600;
  EXPECT_EQ(contribute(bad, key, made.shares[0], random).error().code, "ROW_INVALID");

  bad = question;
  bad.key = {};
  EXPECT_EQ(contribute(bad, key, made.shares[0], random).error().code, "QUESTION_WRONG");
}

TEST_F(QuestionTest, ARowWithoutSharesSaysNothing) {
  const auto& row = question.rows[0];
  // What a thief has: the row, the key, and everything else that the server keeps.
  EXPECT_EQ(open_row(key.public_key(), row.label, row.sealed, crypto::Point{}).error().code, "ROW_INVALID");
  EXPECT_EQ(open_row(key.public_key(), row.label, row.sealed, key.public_key()).error().code, "ROW_INVALID");
  // And of the same size, whatever is in it.
  EXPECT_EQ(row.sealed.size(), kSealedRowBytes);
  EXPECT_EQ(question.rows[1].sealed.size(), kSealedRowBytes);
}

TEST_F(QuestionTest, EveryByteOfARowIsCovered) {
  const auto& row = question.rows[0];
  for (std::size_t i = 0; i < row.sealed.size(); ++i) {
    auto changed = row.sealed;
    changed[i] ^= 4;
    EXPECT_FALSE(check_row(key.public_key(), row.label, changed)) << i;
  }
  EXPECT_FALSE(check_row(key.public_key(), row.label, ByteView(row.sealed).first(100)));
}

TEST_F(QuestionTest, DocumentsAreReadAsTheyWereWritten) {
  const auto text = question.encode();
  EXPECT_EQ(Question::parse(text)->encode(), text);
  const auto a = part(1);
  EXPECT_EQ(Contribution::parse(a.encode()).value(), a);
  for (std::size_t cut = 0; cut < text.size(); cut += 11) EXPECT_FALSE(Question::parse(text.substr(0, cut)));
}

TEST_F(QuestionTest, AQuestionMayBeAboutNoRows) {
  question.rows.clear();
  const auto a = part(1);
  const auto b = part(2);
  EXPECT_EQ(check(a, question), "");
  EXPECT_TRUE(combine(receipt, question, key, {a, b})->empty());
}

TEST(IpAddress, IsWrittenInOneWay) {
  for (const auto* good : {"203.0.113.7", "2001:db8::7", "::1"}) {
    EXPECT_EQ(IpAddress::parse(good)->text(), good);
  }
  EXPECT_EQ(IpAddress::parse("::ffff:203.0.113.7")->text(), "203.0.113.7");
  EXPECT_EQ(IpAddress::parse("2001:0DB8:0:0::7")->text(), "2001:db8::7");
  for (const auto* bad : {"", "1.2.3", "1.2.3.4.5", "example.org", "1.2.3.4/8", "fe80::1%eth0", "0x7f.1"}) {
    EXPECT_EQ(IpAddress::parse(bad).error().code, "ADDRESS_INVALID") << bad;
  }
  EXPECT_FALSE(IpAddress::parse(std::string_view("1.2.3.4\0", 8)));
}

}  // namespace
}  // namespace heliograph::legal
