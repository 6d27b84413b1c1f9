// Polls through the front door, as clients of old and new layers see them.
#include "api/testing/fixture.h"
#include "services/groups/create.h"
#include "services/groups/members.h"
#include "services/groups/settings.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using services::testing::World;
using testing::Caller;
namespace call = tl::fn::messages;

tl::textWithEntities text(std::string words) {
  tl::textWithEntities wire;
  wire.text = std::move(words);
  return wire;
}

Bytes option(char name) {
  return {static_cast<std::uint8_t>(name)};
}

class MessagesPollsTest : public testing::FrontDoorTest {
 protected:
  void SetUp() override {
    services::NewChannel wanted;
    wanted.title = "Talk";
    auto& world = door.world;
    peer = World::must(
               world.run(services::create_channel(world.environment, world.services.limits, ada, wanted)))
               .peer;
    World::must(world.run(services::set_chat_username(world.environment, ada, peer, "the_talk")));
    World::must(world.run(services::join(world.environment, bob, peer)));
  }
  tl::Box<tl::InputPeer> input(const Caller& viewer) { return FrontDoorTest::input(viewer, peer); }
  static tl::poll question() {
    tl::poll poll;
    poll.question = text("Tea or coffee?");
    for (const auto& [name, words] : {std::pair{'t', "Tea"}, std::pair{'c', "Coffee"}}) {
      tl::pollAnswer answer;
      answer.text = text(words);
      answer.option = option(name);
      poll.answers.emplace_back(std::move(answer));
    }
    return poll;
  }
  call::sendMedia ask(tl::poll poll) {
    tl::inputMediaPoll media;
    media.poll = std::move(poll);
    return ask(std::move(media));
  }
  call::sendMedia ask(tl::inputMediaPoll media) {
    call::sendMedia request;
    request.peer = input(ada);
    request.media = std::move(media);
    request.random_id = ++last_random_id;
    return request;
  }
  std::int32_t id_of(tl::Box<tl::Updates>& sent) {
    for (auto& update : sent.get_if<tl::updates_>()->updates) {
      if (const auto* id = update.get_if<tl::updateMessageID>()) return id->id;
    }
    ADD_FAILURE() << "nothing was sent";
    return 0;
  }
  std::int32_t send(const call::sendMedia& request, std::int32_t layer = 228) {
    auto sent = door.call(ada, request, layer);
    EXPECT_TRUE(sent) << sent.error;
    return sent ? id_of(*sent) : 0;
  }
  call::sendVote vote(const Caller& by, std::int32_t id, std::vector<Bytes> options) {
    call::sendVote request;
    request.peer = input(by);
    request.msg_id = id;
    request.options = std::move(options);
    return request;
  }
  tl::messageMediaPoll newest(const Caller& by, std::int32_t layer = 228) {
    call::getHistory request;
    request.peer = input(by);
    request.limit = 1;
    auto page = door.call(by, request, layer);
    EXPECT_TRUE(page) << page.error;
    auto* messages = page->get_if<tl::messages::channelMessages>();
    return std::move(*messages->messages.at(0).get_if<tl::message>()->media.get_if<tl::messageMediaPoll>());
  }
  static tl::updateMessagePoll& first(tl::Box<tl::Updates>& answer) {
    return *answer.get_if<tl::updates_>()->updates.at(0).get_if<tl::updateMessagePoll>();
  }

  Caller ada = door.world.sign_up("Ada");
  Caller bob = door.world.sign_up("Bob");
  Peer peer;
  std::int64_t last_random_id = 0;
};

TEST_F(MessagesPollsTest, EveryLayerAsksVotesAndSees) {
  for (const int layer : {144, 167, 181, 198, 223, 225, 228, 229}) {
    SCOPED_TRACE(layer);
    const auto id = send(ask(question()), layer);
    auto voted = door.call(bob, vote(bob, id, {option('c')}), layer);
    ASSERT_TRUE(voted) << voted.error;
    auto& update = first(*voted);
    ASSERT_TRUE(update.poll) << "client libraries look for the poll here";
    auto shown = newest(bob, layer);
    auto* poll = shown.poll.get_if<tl::poll>();
    EXPECT_EQ(poll->id, update.poll_id);
    EXPECT_EQ(poll->question.get_if<tl::textWithEntities>()->text, "Tea or coffee?");
    ASSERT_EQ(poll->answers.size(), 2u);
    EXPECT_EQ(poll->answers[1].get_if<tl::pollAnswer>()->option, option('c'));
    auto* results = shown.results.get_if<tl::pollResults>();
    EXPECT_EQ(results->total_voters, 1);
    ASSERT_TRUE(results->results);
    const auto* coffee = results->results->at(1).get_if<tl::pollAnswerVoters>();
    EXPECT_TRUE(coffee->chosen);
    EXPECT_EQ(coffee->voters, 1);
    // Before voting, only how many did is shown.
    auto before = newest(ada, layer);
    EXPECT_FALSE(before.results.get_if<tl::pollResults>()->results);
    EXPECT_EQ(before.results.get_if<tl::pollResults>()->total_voters, 1);
  }
}

TEST_F(MessagesPollsTest, TheServerNamesAnswersThatHaveNoName) {
  tl::poll poll;
  poll.question = text("Which?");
  for (const auto* words : {"x", "y"}) {
    tl::inputPollAnswer answer;
    answer.text = text(words);
    poll.answers.emplace_back(std::move(answer));
  }
  const auto id = send(ask(std::move(poll)));
  auto shown = newest(bob);
  const auto& answers = shown.poll.get_if<tl::poll>()->answers;
  const auto& second = answers.at(1).get_if<tl::pollAnswer>()->option;
  EXPECT_FALSE(second.empty());
  EXPECT_TRUE(door.call(bob, vote(bob, id, {second})));
}

TEST_F(MessagesPollsTest, AQuizIsMarkedByNameOrByPosition) {
  for (const int layer : {144, 223, 228}) {
    SCOPED_TRACE(layer);
    tl::inputMediaPoll media;
    auto poll = question();
    poll.quiz = true;
    media.poll = std::move(poll);
    if (layer < 225) media.correct_answers_l223 = std::vector<Bytes>{option('c')};
    if (layer >= 225) media.correct_answers = std::vector<std::int32_t>{1};
    media.solution = "Coffee, of course.";
    media.solution_entities.emplace();
    const auto id = send(ask(std::move(media)), layer);
    auto before = newest(bob, layer);
    EXPECT_FALSE(before.results.get_if<tl::pollResults>()->solution);
    auto voted = door.call(bob, vote(bob, id, {option('t')}), layer);
    ASSERT_TRUE(voted) << voted.error;
    auto* results = first(*voted).results.get_if<tl::pollResults>();
    EXPECT_EQ(results->solution, "Coffee, of course.");
    EXPECT_TRUE(results->results->at(1).get_if<tl::pollAnswerVoters>()->correct);
    EXPECT_FALSE(results->results->at(0).get_if<tl::pollAnswerVoters>()->correct);
  }
  tl::inputMediaPoll media;
  auto poll = question();
  poll.quiz = true;
  media.poll = std::move(poll);
  media.correct_answers_l223 = std::vector<Bytes>{option('?')};
  EXPECT_EQ(door.call(ada, ask(std::move(media)), 198).error, "400 QUIZ_CORRECT_ANSWER_INVALID");
}

TEST_F(MessagesPollsTest, OthersAreToldWithoutWhatTheyChose) {
  const auto id = send(ask(question()));
  ASSERT_TRUE(door.call(ada, vote(ada, id, {option('t')})));
  door.connect(ada);
  ASSERT_TRUE(door.call(bob, vote(bob, id, {option('c')})));
  auto told = door.told(ada);
  ASSERT_EQ(told.size(), 1u);
  auto& update = first(told[0]);
  EXPECT_EQ(update.msg_id, id);
  auto* results = update.results.get_if<tl::pollResults>();
  EXPECT_TRUE(results->min);
  EXPECT_EQ(results->total_voters, 2);
  EXPECT_EQ(results->results->at(0).get_if<tl::pollAnswerVoters>()->voters, 1);
}

TEST_F(MessagesPollsTest, UnchangedResultsAreNotSentAgain) {
  const auto id = send(ask(question()));
  call::getPollResults request;
  request.peer = input(bob);
  request.msg_id = id;
  auto all = door.call(bob, request);
  ASSERT_TRUE(all) << all.error;
  request.poll_hash = first(*all).poll.get_if<tl::poll>()->hash;
  request.peer = input(bob);
  auto none = door.call(bob, request);
  EXPECT_TRUE(none->get_if<tl::updates_>()->updates.empty());
  ASSERT_TRUE(door.call(ada, vote(ada, id, {option('t')})));
  request.peer = input(bob);
  EXPECT_EQ(door.call(bob, request)->get_if<tl::updates_>()->updates.size(), 1u);
}

TEST_F(MessagesPollsTest, EndingItIsAnEditThatSaysNoMore) {
  const auto id = send(ask(question()));
  call::editMessage edit;
  edit.peer = input(ada);
  edit.id = id;
  tl::poll closed;  // as mtcute writes it
  closed.closed = true;
  closed.question = text("");
  tl::inputMediaPoll media;
  media.poll = std::move(closed);
  edit.media = std::move(media);
  auto answer = door.call(ada, edit);
  ASSERT_TRUE(answer) << answer.error;
  EXPECT_TRUE(first(*answer).poll.get_if<tl::poll>()->closed);
  EXPECT_TRUE(answer->get_if<tl::updates_>()->updates.at(1).is<tl::updateEditChannelMessage>());
  EXPECT_EQ(door.call(bob, vote(bob, id, {option('t')})).error, "400 MESSAGE_POLL_CLOSED");
  auto shown = newest(bob);
  EXPECT_TRUE(shown.poll.get_if<tl::poll>()->closed);
  EXPECT_TRUE(shown.results.get_if<tl::pollResults>()->results) << "the end is for everybody to see";
}

TEST_F(MessagesPollsTest, VotersArriveAsEachLayerNamesThem) {
  auto poll = question();
  poll.public_voters = true;
  const auto id = send(ask(std::move(poll)));
  ASSERT_TRUE(door.call(bob, vote(bob, id, {option('c')})));
  const auto votes = [&](int layer, std::optional<Bytes> only) {
    call::getPollVotes request;
    request.peer = input(bob);
    request.id = id;
    request.option = std::move(only);
    request.limit = 10;
    auto answer = door.call(bob, request, layer);
    EXPECT_TRUE(answer) << answer.error;
    return std::move(*answer->get_if<tl::messages::votesList>());
  };
  const auto now = votes(228, {});
  EXPECT_EQ(now.count, 1);
  EXPECT_EQ(now.users.size(), 1u);
  ASSERT_EQ(now.votes.size(), 1u);
  EXPECT_EQ(now.votes[0].get_if<tl::messagePeerVote>()->option, option('c'));
  EXPECT_TRUE(votes(228, option('c')).votes.at(0).is<tl::messagePeerVoteInputOption>());
  EXPECT_TRUE(votes(228, option('t')).votes.empty());
  const auto old = votes(144, {});
  ASSERT_EQ(old.votes_l144.size(), 1u);
  EXPECT_EQ(old.votes_l144[0].get_if<tl::messageUserVote>()->user_id, bob.user.value);
}

TEST_F(MessagesPollsTest, WhatThisServerDoesNotTakeIsRefused) {
  auto open = question();
  open.open_answers = true;
  EXPECT_EQ(door.call(ada, ask(std::move(open))).error, "400 MEDIA_INVALID");
  auto pictured = question();
  pictured.answers.at(0).get_if<tl::pollAnswer>()->option.clear();
  EXPECT_EQ(door.call(ada, ask(std::move(pictured))).error, "400 POLL_OPTION_INVALID");
  auto many = question();
  for (int i = 0; i < 1000; ++i) {
    tl::inputPollAnswer answer;
    answer.text = text(std::to_string(i));
    many.answers.emplace_back(std::move(answer));
  }
  EXPECT_EQ(door.call(ada, ask(std::move(many))).error, "400 POLL_ANSWERS_INVALID");
}

}  // namespace
}  // namespace heliograph::api
