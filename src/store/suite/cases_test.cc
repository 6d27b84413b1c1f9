#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;

Case about(std::string subject, std::uint8_t severity) {
  Case opened;
  opened.subject = std::move(subject);
  opened.user = ann;
  opened.severity = severity;
  opened.rank = severity;
  opened.opened_at = 1000;
  opened.sealed = Bytes{1, 2, 3};
  return opened;
}

std::vector<std::string> subjects(const std::vector<Case>& cases) {
  std::vector<std::string> out;
  for (const auto& one : cases) out.push_back(one.subject);
  return out;
}

TEST_P(StoreSuite, TheQueueOfCasesIsInTheOrderOfTheirRankAndThenOldestFirst) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.cases().add(about("account/1", 50)));
    HG_TRY(tx.cases().add(about("account/2", 90)));
    HG_TRY(tx.cases().add(about("account/3", 50)));
    return {};
  }));
  const auto all = must_read([](Tx& tx) { return tx.cases().queue({}, {}, 10); });
  EXPECT_THAT(subjects(all), ElementsAre("account/2", "account/1", "account/3"));
  EXPECT_THAT(subjects(must_read([&](Tx& tx) { return tx.cases().queue({}, {all[1].rank, all[1].id}, 10); })),
              ElementsAre("account/3"));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().count_open(); }), 3);
  reopen();
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().find(1); })->sealed, (Bytes{1, 2, 3}));
}

TEST_P(StoreSuite, ASubjectHasOneOpenCaseAtMost) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_ASSIGN(const auto id, tx.cases().add(about("account/1", 50)));
    EXPECT_FALSE(tx.cases().add(about("account/1", 60)));
    HG_ASSIGN(auto open, tx.cases().find_open("account/1"));
    EXPECT_EQ(open->id, id);
    open->state = CaseState::decided;
    open->decided_at = 1100;
    HG_TRY(tx.cases().update(*open));
    HG_TRY(tx.cases().add(about("account/1", 60)));
    Case unknown;
    unknown.id = 99;
    EXPECT_EQ(tx.cases().update(unknown).error().code, "CASE_UNKNOWN");
    return {};
  }));
  const auto all = must_read([](Tx& tx) { return tx.cases().of_subject("account/1", 10); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].state, CaseState::open);
  EXPECT_EQ(all[1].decided_at, 1100);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().of_user(ann, 1); }).front().id, all[0].id);
}

TEST_P(StoreSuite, StrikesCountUntilTheyExpire) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    for (const std::int32_t weight : {1, 2, 0}) {
      auto one = about("account/" + std::to_string(weight), 50);
      one.state = CaseState::decided;
      one.strike = weight;
      one.strike_until = 2000 + weight;
      HG_TRY(tx.cases().add(one));
    }
    return {};
  }));
  const auto at = [this](UnixSeconds now) {
    return must_read([now](Tx& tx) { return tx.cases().strikes(ann, now); });
  };
  EXPECT_EQ(at(2000), 3);
  EXPECT_EQ(at(2001), 2);
  EXPECT_EQ(at(2002), 0);
}

TEST_P(StoreSuite, ACampaignIsOneCaseWithItsMembers) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_ASSIGN(const auto id, tx.cases().add(about("campaign/1", 50)));
    CaseMember member;
    member.case_id = id;
    member.sealed = Bytes{4};
    for (const auto* subject : {"message/channel/1/1", "message/channel/2/1", "message/channel/1/1"}) {
      member.subject = subject;
      member.user = member.subject == "message/channel/1/1" ? bob : ann;
      member.strike = 1;
      member.strike_until = 2000;
      HG_TRY(tx.cases().put_member(member));
    }
    return {};
  }));
  const auto members = must_read([](Tx& tx) { return tx.cases().members(1, "", 10); });
  ASSERT_EQ(members.size(), 2u) << "put twice is once";
  EXPECT_EQ(members[0].user, bob);
  EXPECT_EQ(members[0].sealed, Bytes{4});
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.cases().members(1, members[0].subject, 10); }).size(), 1u);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().find_member(1, "message/channel/2/1"); })->strike, 1);
  EXPECT_THAT(subjects(must_read([](Tx& tx) { return tx.cases().of_user(bob, 10); })),
              ElementsAre("campaign/1"));
  EXPECT_THAT(subjects(must_read([](Tx& tx) { return tx.cases().of_subject("message/channel/2/1", 10); })),
              ElementsAre("campaign/1"));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().strikes(bob, 1999); }), 1);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.cases().strikes(bob, 2000); }), 0);
}

TEST_P(StoreSuite, TheJudgesQueueKeepsWhatIsNotDoneYet) {
  const Peer channel{PeerKind::channel, 5};
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    HG_TRY(tx.judge_queue().add({0, Unjudged::Kind::names, Peer::of(ann), {}}));
    return tx.judge_queue().add({0, Unjudged::Kind::posts, channel, MessageId{7}});
  }));
  reopen();
  const auto of = [this](Unjudged::Kind kind) {
    return must_read([kind](Tx& tx) { return tx.judge_queue().first(kind, 10); });
  };
  ASSERT_EQ(of(Unjudged::Kind::posts).size(), 1U);
  EXPECT_EQ(of(Unjudged::Kind::posts).front(), (Unjudged{2, Unjudged::Kind::posts, channel, MessageId{7}}));
  ASSERT_TRUE(write([](Tx& tx) { return tx.judge_queue().erase(1); }));
  EXPECT_TRUE(of(Unjudged::Kind::names).empty());
  EXPECT_EQ(must_read([](Tx& tx) { return tx.judge_queue().count(); }), 1);
}

}  // namespace
}  // namespace heliograph::store::suite
