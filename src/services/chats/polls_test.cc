#include "services/chats/polls.h"

#include <gmock/gmock.h>

#include "services/chats/close_poll.h"
#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/chats/new_poll.h"
#include "services/groups/admin_log.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

Bytes option(std::string_view text) {
  Bytes bytes;
  append(bytes, as_bytes(text));
  return bytes;
}

// "Tea or coffee?" with the options "0", "1", and with more answers "2"...
NewPoll question(std::vector<std::string> answers = {"Tea", "Coffee"}) {
  NewPoll wanted;
  wanted.poll.question.text = "Tea or coffee?";
  for (auto& text : answers) {
    PollAnswer answer;
    answer.text.text = std::move(text);
    wanted.poll.answers.push_back(std::move(answer));
  }
  return wanted;
}
NewPoll quiz() {
  auto wanted = question({"Tea", "Coffee", "Milk"});
  wanted.poll.quiz = true;
  wanted.poll.solution.text = "It is milk.";
  wanted.correct = std::vector<std::int32_t>{2};
  return wanted;
}

class Polls : public testing::GroupsTest {
 protected:
  Result<Poll> make(NewPoll wanted) {
    return make_poll(std::move(wanted), ++last_poll, world.clock.unix_seconds());
  }
  Result<Sent> ask(const Caller& from, Peer to, NewPoll wanted) {
    SendMessage request;
    request.to = to;
    request.random_id = ++last_random_id;
    request.media.emplace();
    request.media->kind = MediaKind::poll;
    request.media->poll = World::must(make(std::move(wanted)));
    return try_send(from, std::move(request));
  }
  Result<ShownPoll> vote(const Caller& who, Peer peer, MessageId id, std::vector<std::string> options) {
    Vote vote;
    vote.peer = peer;
    vote.id = id;
    for (const auto& one : options) vote.options.push_back(option(one));
    return world.run(send_vote(world.environment, who, std::move(vote)));
  }
  ShownPoll seen(const Caller& who, Peer peer, MessageId id) {
    return World::must(world.run(poll_results(world.environment, who.user, peer, id)));
  }
  Result<VotesPage> votes(const Caller& who, Peer peer, MessageId id, std::string offset = {},
                          std::optional<std::string> answer = {}) {
    VotesQuery query;
    query.peer = peer;
    query.id = id;
    query.offset = std::move(offset);
    if (answer) query.option = option(*answer);
    query.limit = 1;
    return world.run(poll_votes(world.environment, who.user, std::move(query)));
  }
  Result<ClosedPoll> close(const Caller& who, Peer peer, MessageId id) {
    return world.run(services::close_poll(world.environment, who, peer, id));
  }
  Result<std::vector<Forwarded>> pass_on(const Caller& who, Peer from, MessageId id, Peer to,
                                         bool drop_author = false) {
    ForwardMessages request;
    request.from = from;
    request.to = to;
    request.ids = {id};
    request.random_ids = {++last_random_id};
    request.drop_author = drop_author;
    return world.run(forward_messages(world.environment, who, request));
  }
  std::optional<store::Poll> stored(std::int64_t id) {
    return World::must(world.read([=](store::Tx& tx) { return tx.polls().find(id); }));
  }

  std::int64_t last_poll = 100;
};

TEST_F(Polls, WhatIsNoPollIsNotMade) {
  EXPECT_EQ(code_of(make(question({"Tea"}))), "POLL_ANSWERS_INVALID");
  EXPECT_EQ(code_of(make(question(std::vector<std::string>(1000, "Tea")))), "POLL_ANSWERS_INVALID");
  EXPECT_EQ(code_of(make(question({"Tea", " "}))), "POLL_ANSWER_INVALID");
  EXPECT_EQ(code_of(make(question({"Tea", std::string(101, 'x')}))), "POLL_ANSWER_INVALID");
  auto wanted = question();
  wanted.poll.question.text = " \n";
  EXPECT_EQ(code_of(make(wanted)), "POLL_QUESTION_INVALID");
  wanted.poll.question.text = std::string(301, 'x');
  EXPECT_EQ(code_of(make(wanted)), "POLL_QUESTION_INVALID");
  wanted = question();
  for (auto& answer : wanted.poll.answers) answer.option = option("same");
  EXPECT_EQ(code_of(make(wanted)), "POLL_OPTION_DUPLICATE");
  wanted.poll.answers[0].option = Bytes(101, 1);
  EXPECT_EQ(code_of(make(wanted)), "POLL_OPTION_INVALID");
  for (const auto seconds : {4, 601, -1}) {
    wanted = question();
    wanted.poll.close_period_s = seconds;
    EXPECT_EQ(code_of(make(wanted)), "MEDIA_INVALID") << seconds;
  }
  wanted = question();
  wanted.poll.close_date = world.clock.unix_seconds() - 1;
  EXPECT_EQ(code_of(make(wanted)), "MEDIA_INVALID");
}

TEST_F(Polls, AQuizHasOneRightAnswer) {
  EXPECT_TRUE(make(quiz()));
  auto wanted = quiz();
  wanted.poll.multiple_choice = true;
  EXPECT_EQ(code_of(make(wanted)), "QUIZ_MULTIPLE_INVALID");
  for (const auto& [correct, error] :
       {std::pair{std::vector<std::int32_t>{}, "QUIZ_CORRECT_ANSWERS_EMPTY"},
        std::pair{std::vector<std::int32_t>{0, 1}, "QUIZ_CORRECT_ANSWERS_TOO_MUCH"},
        std::pair{std::vector<std::int32_t>{3}, "QUIZ_CORRECT_ANSWER_INVALID"},
        std::pair{std::vector<std::int32_t>{-1}, "QUIZ_CORRECT_ANSWER_INVALID"}}) {
    wanted = quiz();
    wanted.correct = correct;
    EXPECT_EQ(code_of(make(wanted)), error);
  }
  wanted = quiz();
  wanted.correct.reset();
  EXPECT_EQ(code_of(make(wanted)), "QUIZ_CORRECT_ANSWERS_EMPTY");
  wanted = question();
  wanted.correct = std::vector<std::int32_t>{0};
  EXPECT_EQ(code_of(make(wanted)), "MEDIA_INVALID");
}

TEST_F(Polls, EverybodyInAGroupVotesOnce) {
  const auto peer = group({bob.user});
  const auto sent = World::must(ask(ada, peer, question())).message;
  EXPECT_EQ(sent.kind, store::MessageKind::poll);
  const auto theirs = copy_of(sent, bob).id;
  const auto live = world.listen(ada.user);
  const auto voted = World::must(vote(bob, peer, theirs, {"1"}));
  EXPECT_THAT(voted.view.chosen, ElementsAre(1));
  EXPECT_THAT(voted.view.tally.counts, ElementsAre(0, 1));
  // The other side is told at once, of its own copy.
  world.executor.run();
  ASSERT_FALSE(live->heard.empty());
  const auto event = World::must(decode<events::PollChanged>(live->heard.back()->update.body));
  EXPECT_EQ(event.id, sent.id);
  EXPECT_EQ(event.by, bob.user);
  EXPECT_EQ(event.tally.voters, 1);
  // Who has not voted yet does not see how it stands.
  const auto before = seen(ada, peer, sent.id);
  EXPECT_FALSE(shows_counts(before.poll, before.view));
  // The same again changes nothing; another answer takes taking back the first.
  EXPECT_EQ(World::must(vote(bob, peer, theirs, {"1"})).view.tally.voters, 1);
  EXPECT_EQ(code_of(vote(bob, peer, theirs, {"0"})), "REVOTE_NOT_ALLOWED");
  EXPECT_EQ(World::must(vote(bob, peer, theirs, {})).view.tally.voters, 0);
  EXPECT_THAT(World::must(vote(bob, peer, theirs, {"0"})).view.tally.counts, ElementsAre(1, 0));
}

TEST_F(Polls, OnlyItsOwnAnswersCanBeChosen) {
  const auto peer = group({bob.user});
  const auto one = World::must(ask(ada, peer, question())).message.id;
  EXPECT_EQ(code_of(vote(ada, peer, one, {"7"})), "OPTION_INVALID");
  EXPECT_EQ(code_of(vote(ada, peer, one, {"0", "1"})), "OPTIONS_TOO_MUCH");
  auto several = question({"Tea", "Coffee", "Milk"});
  several.poll.multiple_choice = true;
  const auto many = World::must(ask(ada, peer, several)).message.id;
  EXPECT_EQ(code_of(vote(ada, peer, many, {"0", "0"})), "OPTION_INVALID");
  EXPECT_THAT(World::must(vote(ada, peer, many, {"2", "0"})).view.chosen, ElementsAre(0, 2));
  const auto text = World::must(post(ada, peer, "no poll")).message.id;
  EXPECT_EQ(code_of(vote(ada, peer, text, {"0"})), "MESSAGE_ID_INVALID");
  EXPECT_EQ(code_of(vote(ada, peer, MessageId{999}, {"0"})), "MESSAGE_ID_INVALID");
}

TEST_F(Polls, AQuizIsAnsweredForGoodAndThenExplained) {
  const auto peer = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto id = World::must(ask(ada, peer, quiz())).message.id;
  const auto before = seen(bob, peer, id);
  EXPECT_FALSE(shows_correct(before.poll, before.view));
  const auto after = World::must(vote(bob, peer, id, {"0"}));
  EXPECT_TRUE(shows_correct(after.poll, after.view));
  EXPECT_EQ(after.poll.solution.text, "It is milk.");
  EXPECT_EQ(code_of(vote(bob, peer, id, {})), "REVOTE_NOT_ALLOWED");
  EXPECT_EQ(code_of(vote(bob, peer, id, {"2"})), "REVOTE_NOT_ALLOWED");
}

TEST_F(Polls, ResultsMayBeHiddenUntilTheEndAndVotesBindingByChoice) {
  const auto peer = group({bob.user});
  auto wanted = question();
  wanted.poll.hide_results_until_close = true;
  wanted.poll.revoting_disabled = true;
  const auto id = World::must(ask(ada, peer, wanted)).message.id;
  const auto voted = World::must(vote(ada, peer, id, {"0"}));
  EXPECT_FALSE(shows_counts(voted.poll, voted.view));
  EXPECT_EQ(code_of(vote(ada, peer, id, {})), "REVOTE_NOT_ALLOWED");
  const auto closed = World::must(close(ada, peer, id));
  EXPECT_TRUE(shows_counts(closed.shown.poll, closed.shown.view));
}

TEST_F(Polls, PublicVotersAreListedInPages) {
  const auto peer = group({bob.user});
  auto wanted = question();
  wanted.poll.public_voters = true;
  const auto sent = World::must(ask(ada, peer, wanted)).message;
  EXPECT_EQ(code_of(votes(ada, peer, sent.id)), "POLL_VOTE_REQUIRED");
  ASSERT_TRUE(vote(ada, peer, sent.id, {"0"}));
  world.clock.advance(std::chrono::seconds(5));
  ASSERT_TRUE(vote(bob, peer, copy_of(sent, bob).id, {"1"}));
  const auto first = World::must(votes(ada, peer, sent.id));
  EXPECT_EQ(first.total, 2);
  ASSERT_EQ(first.votes.size(), 1u);
  EXPECT_EQ(first.votes[0].user, bob.user);
  const auto second = World::must(votes(ada, peer, sent.id, first.next));
  ASSERT_EQ(second.votes.size(), 1u);
  EXPECT_EQ(second.votes[0].user, ada.user);
  EXPECT_EQ(second.next, "");
  const auto coffee = World::must(votes(ada, peer, sent.id, {}, "1"));
  EXPECT_EQ(coffee.total, 1);
  EXPECT_EQ(coffee.votes[0].user, bob.user);
  EXPECT_EQ(code_of(votes(ada, peer, sent.id, "junk")), "OFFSET_INVALID");
  EXPECT_EQ(code_of(votes(ada, peer, sent.id, {}, "7")), "OPTION_INVALID");
  EXPECT_EQ(code_of(votes(ada, peer, MessageId{999})), "MSG_ID_INVALID");
  EXPECT_THAT(seen(ada, peer, sent.id).view.tally.recent, ElementsAre(bob.user, ada.user));
}

TEST_F(Polls, AnonymousVotersAreNotTold) {
  const auto peer = group({bob.user});
  const auto id = World::must(ask(ada, peer, question())).message.id;
  ASSERT_TRUE(vote(ada, peer, id, {"0"}));
  EXPECT_EQ(code_of(votes(ada, peer, id)), "BROADCAST_FORBIDDEN");
  EXPECT_THAT(seen(ada, peer, id).view.tally.recent, IsEmpty());
  auto wanted = question();
  wanted.poll.public_voters = true;
  EXPECT_EQ(code_of(ask(ada, channel(true), wanted)), "BROADCAST_PUBLIC_VOTERS_FORBIDDEN");
}

TEST_F(Polls, PollsGoToGroupsChannelsAndOneself) {
  EXPECT_EQ(code_of(ask(ada, Peer::of(bob.user), question())), "MEDIA_INVALID");
  const auto own = World::must(ask(ada, Peer::of(ada.user), question())).message;
  EXPECT_TRUE(vote(ada, Peer::of(ada.user), own.id, {"0"}));
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(world.run(set_default_banned(world.environment, ada, peer, banned_send_polls)));
  EXPECT_EQ(code_of(ask(bob, peer, question())), "CHAT_SEND_POLL_FORBIDDEN");
  EXPECT_TRUE(ask(ada, peer, question()));
}

TEST_F(Polls, ItsAuthorEndsItForAll) {
  const auto peer = group({bob.user});
  const auto sent = World::must(ask(ada, peer, question())).message;
  const auto theirs = copy_of(sent, bob).id;
  EXPECT_EQ(code_of(close(bob, peer, theirs)), "MESSAGE_AUTHOR_REQUIRED");
  world.clock.advance(std::chrono::hours(72));  // later than a text could be edited
  const auto pts = state(bob).pts;
  const auto closed = World::must(close(ada, peer, sent.id));
  EXPECT_TRUE(closed.shown.view.tally.closed);
  EXPECT_EQ(closed.update.pts, state(ada).pts);
  // Who was away finds it in their log.
  EXPECT_THAT(log_after(bob, pts), ElementsAre(store::UpdateKind::edit_message));
  EXPECT_EQ(code_of(vote(bob, peer, theirs, {"0"})), "MESSAGE_POLL_CLOSED");
  EXPECT_EQ(code_of(close(ada, peer, sent.id)), "MESSAGE_NOT_MODIFIED");
  const auto text = World::must(post(ada, peer, "no poll")).message.id;
  EXPECT_EQ(code_of(close(ada, peer, text)), "MEDIA_NEW_INVALID");
}

TEST_F(Polls, AnAdministratorsEndIsInTheirLog) {
  const auto peer = channel(false, "the_talk");
  const auto id = World::must(ask(ada, peer, question())).message.id;
  ASSERT_TRUE(close(ada, peer, id));
  const auto log = World::must(world.run(admin_log(world.environment, ada, peer, {})));
  ASSERT_FALSE(log.empty());
  EXPECT_EQ(static_cast<AdminActKind>(log.front().act.kind), AdminActKind::stop_poll);
}

TEST_F(Polls, APollIsNotEditedIntoSomethingElse) {
  const auto peer = group({bob.user});
  const auto id = World::must(ask(ada, peer, question())).message.id;
  EditMessage edit;
  edit.peer = peer;
  edit.id = id;
  edit.media.emplace();
  edit.media->kind = MediaKind::poll;
  edit.media->poll = World::must(make(question({"Milk", "Water"})));
  EXPECT_EQ(code_of(world.run(edit_message(world.environment, ada, edit))), "MEDIA_NEW_INVALID");
}

TEST_F(Polls, ItClosesByItselfInTime) {
  const auto peer = group({bob.user});
  auto wanted = question();
  wanted.poll.close_period_s = 10;
  const auto sent = World::must(ask(ada, peer, wanted)).message;
  EXPECT_EQ(seen(ada, peer, sent.id).view.tally.close_date, sent.date + 10);
  EXPECT_EQ(World::must(world.run(sweep_polls(world.environment))), 0u);
  world.clock.advance(std::chrono::seconds(10));
  // On time, even before the sweep has come by.
  EXPECT_EQ(code_of(vote(ada, peer, sent.id, {"0"})), "MESSAGE_POLL_CLOSED");
  const auto live = world.listen(bob.user);
  const auto pts = state(bob).pts;
  EXPECT_EQ(World::must(world.run(sweep_polls(world.environment))), 1u);
  world.executor.run();
  ASSERT_FALSE(live->heard.empty());
  EXPECT_TRUE(World::must(decode<events::PollChanged>(live->heard.front()->update.body)).tally.closed);
  EXPECT_THAT(log_after(bob, pts), ElementsAre(store::UpdateKind::edit_message));
  EXPECT_EQ(World::must(world.run(sweep_polls(world.environment))), 0u);
}

TEST_F(Polls, AForwardedPollIsTheSamePoll) {
  const auto first = group({bob.user});
  const auto second = channel(false, "the_talk");
  const auto original = World::must(ask(ada, first, question())).message.id;
  ASSERT_TRUE(vote(ada, first, original, {"0"}));
  const auto copy = World::must(pass_on(ada, first, original, second)).front().appended.message;
  const auto there = seen(ada, second, copy.id);
  EXPECT_EQ(there.poll.id, seen(ada, first, original).poll.id);
  EXPECT_THAT(there.view.tally.counts, ElementsAre(1, 0));
  ASSERT_TRUE(enter_by_name(bob, second));
  ASSERT_TRUE(vote(bob, second, copy.id, {"1"}));
  EXPECT_THAT(seen(ada, first, original).view.tally.counts, ElementsAre(1, 1));
  EXPECT_EQ(code_of(close(ada, second, copy.id)), "MESSAGE_AUTHOR_REQUIRED");
  ASSERT_TRUE(close(ada, first, original));
  EXPECT_TRUE(seen(bob, second, copy.id).view.tally.closed);
}

TEST_F(Polls, WithoutItsAuthorsNameAForwardedPollIsANewOne) {
  const auto first = group({bob.user});
  const auto second = channel(false, "the_talk");
  const auto sent = World::must(ask(ada, first, quiz())).message;
  const auto theirs = copy_of(sent, bob).id;
  ASSERT_TRUE(enter_by_name(bob, second));
  EXPECT_EQ(code_of(pass_on(bob, first, theirs, second, true)), "QUIZ_ANSWER_MISSING");
  ASSERT_TRUE(vote(bob, first, theirs, {"2"}));
  const auto copy = World::must(pass_on(bob, first, theirs, second, true)).front().appended.message;
  const auto anew = seen(bob, second, copy.id);
  EXPECT_NE(anew.poll.id, seen(bob, first, theirs).poll.id);
  EXPECT_EQ(anew.poll.author, bob.user);
  EXPECT_EQ(anew.view.tally.voters, 0);
}

TEST_F(Polls, VotesGoWithTheLastMessageThatShowsThem) {
  const auto peer = group({bob.user});
  const auto sent = World::must(ask(ada, peer, question())).message;
  ASSERT_TRUE(vote(ada, peer, sent.id, {"0"}));
  const auto saved = World::must(pass_on(ada, peer, sent.id, Peer::of(ada.user))).front().appended.message;
  ASSERT_TRUE(world.run(delete_messages(world.environment, ada, {sent.id}, true)));
  EXPECT_EQ(stored(last_poll)->voters, 1);
  ASSERT_TRUE(world.run(delete_messages(world.environment, ada, {saved.id}, false)));
  EXPECT_FALSE(stored(last_poll));
}

TEST_F(Polls, ARepeatedSendAsksNothingNew) {
  const auto peer = group({bob.user});
  SendMessage request;
  request.to = peer;
  request.random_id = 77;
  request.media.emplace();
  request.media->kind = MediaKind::poll;
  request.media->poll = World::must(make(question()));
  const auto first = World::must(try_send(ada, request));
  request.media->poll = World::must(make(question()));
  const auto again = World::must(try_send(ada, request));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.message.id, first.message.id);
  EXPECT_FALSE(stored(last_poll));
}

TEST_F(Polls, WhoIsNotInAGroupDoesNotVote) {
  const auto peer = group({bob.user});
  const auto sent = World::must(ask(ada, peer, question())).message;
  const auto theirs = copy_of(sent, bob).id;
  ASSERT_TRUE(world.run(remove_member(world.environment, ada, peer, bob.user)));
  EXPECT_EQ(code_of(vote(bob, peer, theirs, {"0"})), "CHAT_WRITE_FORBIDDEN");
  const auto eve = world.sign_up("Eve");
  EXPECT_EQ(code_of(vote(eve, peer, sent.id, {"0"})), "CHAT_ID_INVALID");
}

TEST_F(Polls, AreFoundByWhatTheyAsk) {
  const auto peer = group({bob.user});
  const auto sent = World::must(ask(ada, peer, question())).message;
  World::must(post(ada, peer, "I had milk"));
  const auto found = [&](std::string text, Search::Filter filter) {
    Search search;
    search.peer = peer;
    search.text = std::move(text);
    search.filter = filter;
    std::vector<MessageId> ids;
    store::HistoryRange range;
    range.limit = 10;
    const auto page = World::must(world.run(search_messages(world.environment, ada.user, search, range)));
    for (const auto& one : page.messages) ids.push_back(one.id);
    return ids;
  };
  EXPECT_THAT(found("coffee", Search::Filter::any), ElementsAre(sent.id));
  EXPECT_THAT(found("", Search::Filter::polls), ElementsAre(sent.id));
  EXPECT_THAT(found("water", Search::Filter::any), IsEmpty());
}

}  // namespace
}  // namespace heliograph::services
