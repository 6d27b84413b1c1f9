// Random operations by twenty people on five places, beside a small model of what must come of them. Ten of
// the people are connected all the time, ten look in now and then. After each run
// - what each operation was answered is what the model says is allowed,
// - what everybody's client has put together from answers, pushes and differences (testing/mirror.h) is what
//   the server shows when it is asked for everything,
// - and that is what the model says is there.
// One of the places is a forum; one channel is discussed in a group. Reactions and votes are in no
// difference: who was away asks for them (core.telegram.org/api/reactions, .../poll). A failure names its
// seed; the same seed does the same again.
#include <gtest/gtest.h>

#include "api/testing/community.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"

namespace heliograph::api {
namespace {

using testing::Kind;
using testing::nobody;
using testing::people;
using testing::Place;
using testing::Post;
namespace messages = tl::fn::messages;
namespace channels = tl::fn::channels;
constexpr int operations = 600;

class Life : public testing::Community {
 public:
  explicit Life(unsigned seed) : Community(seed) {
    for (const auto kind :
         {Kind::basic_group, Kind::supergroup, Kind::broadcast, Kind::supergroup, Kind::broadcast}) {
      make(kind);
    }
    discuss();
    open_forum();
  }

  void operate() {
    door_.world.clock.advance(std::chrono::seconds(5));
    auto& place = places_[pick(places_.size())];
    int who = pick(people);
    if (pick(2) == 0) who = *std::next(place.members.begin(), pick(place.members.size()));
    if (place.kind == Kind::broadcast && pick(3) == 0) who = 0;
    if (pick(3) == 0) return answer(place, who);
    switch (pick(16)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
        return post(place, who);
      case 5:
      case 6:
        return edit(place, who);
      case 14:
        return erase(place, who);
      case 15:
        return let_back_in(place, place.banned.empty() ? who : *place.banned.begin());
      case 7:
        return invite(place, who);
      case 8:
        return leave(place, who);
      case 9:
        return throw_out(place, who);
      case 10:
        return let_back_in(place, who);
      case 11:
        return promote(place, who);
      case 12:
        return pick(6) == 0 ? unpin_all(place) : pin(place, who);
      default:
        return read(who);
    }
  }

 private:
  void make(Kind kind) {
    Place place{kind, {}, {0}, {}, {}, {}};
    std::set<Peer> before;
    for (const auto& [peer, dialog] : mirrors_[0]->dialogs) before.insert(peer);
    if (kind == Kind::basic_group) {
      messages::createChat request;
      request.title = "Friends";
      for (int i = 1; i < 12; ++i) {
        request.users.emplace_back(user(0, i));
        place.members.insert(i);
      }
      expect(true, ask(0, request, "makes a basic group"));
    } else {
      channels::createChannel request;
      request.title = "Place";
      request.about = "About";
      request.megagroup = kind == Kind::supergroup;
      request.broadcast = kind == Kind::broadcast;
      expect(true, ask(0, request, "makes a channel"));
    }
    for (const auto& [peer, dialog] : mirrors_[0]->dialogs) {
      if (!before.contains(peer)) place.peer = peer;
    }
    ASSERT_TRUE(place.peer) << "the maker is not told of it";
    places_.push_back(std::move(place));
    deliver();
    if (kind == Kind::basic_group) return;
    for (int i = 0; i < 12; ++i) {
      door_.world.clock.advance(std::chrono::seconds(30));  // there is a limit on adding people
      invite(places_.back(), 1 + pick(people - 1));
    }
  }
  // Where in a forum a message goes: an answer to where that is, anything else to some topic.
  struct Target {
    tl::Box<tl::InputReplyTo> wire;
    std::int32_t topic = 1;
    bool open = true;
  };
  Target target(Place& place, int who) {
    Target out;
    tl::inputReplyToMessage reply;
    const auto [post, id] = some_post(place, who);
    if (post != nullptr && pick(3) == 0) {
      reply.reply_to_msg_id = id;
      out.topic = post->topic;
      out.wire = std::move(reply);
    } else if (place.is_forum() && pick(3) != 0) {
      out.topic = place.topics[static_cast<std::size_t>(pick(place.topics.size()))].id;
      reply.reply_to_msg_id = out.topic;
      out.wire = std::move(reply);
    }
    for (const auto& topic : place.topics) {
      if (topic.id == out.topic) out.open = !topic.closed || who == 0 || topic.creator == who;
    }
    return out;
  }
  // The posts are there, and where the channel is discussed, so are their copies.
  void add(Place& place, std::vector<Post> posts) {
    for (auto& post : posts) {
      if (&place == &news()) {
        auto copy = post;
        copy.from = nobody;
        talk().posts.push_back(std::move(copy));
      }
      place.posts.push_back(std::move(post));
    }
  }
  void post(Place& place, int who) {
    if (pick(8) == 0) return post_poll(place, who);
    if (pick(8) == 0) return post_album(place, who);
    messages::sendMessage request;
    request.peer = mirrors_[who]->input(place.peer);
    request.message = next_text();
    request.random_id = last_post_;
    auto to = target(place, who);
    request.reply_to = std::move(to.wire);
    const auto error = ask(who, request, "posts " + request.message + " in " + name(place.peer));
    expect(place.may_post(who) && knows(place, who) && to.open, error);
    if (error.empty()) {
      Post made{request.message, who, place.members};
      made.topic = to.topic;
      add(place, {made});
    }
    deliver();
  }
  void post_poll(Place& place, int who) {
    messages::sendMedia request;
    request.peer = mirrors_[who]->input(place.peer);
    request.random_id = last_post_ + 1;
    const auto asks = next_text();
    tl::poll poll;
    poll.question = words(asks);
    for (const char name : {'a', 'b'}) {
      tl::pollAnswer answer;
      answer.text = words(std::string(1, name));
      answer.option = {static_cast<std::uint8_t>(name)};
      poll.answers.emplace_back(std::move(answer));
    }
    tl::inputMediaPoll media;
    media.poll = std::move(poll);
    request.media = std::move(media);
    auto to = target(place, who);
    request.reply_to = std::move(to.wire);
    const auto error = ask(who, request, "polls " + asks + " in " + name(place.peer));
    expect(place.may_post(who) && knows(place, who) && to.open, error);
    if (error.empty()) {
      Post made{asks, who, place.members};
      made.topic = to.topic;
      made.poll = true;
      add(place, {made});
    }
    deliver();
  }
  void post_album(Place& place, int who) {
    messages::sendMultiMedia request;
    request.peer = mirrors_[who]->input(place.peer);
    auto to = target(place, who);
    request.reply_to = std::move(to.wire);
    std::vector<Post> made;
    ++last_album_;
    const int size = 2 + pick(2);
    for (int i = 0; i < size; ++i) {
      tl::inputSingleMedia one;
      one.media = document(who);
      one.message = next_text();
      one.random_id = last_post_;
      made.push_back({one.message, who, place.members});
      made.back().topic = to.topic;
      made.back().album = last_album_;
      request.multi_media.push_back(std::move(one));
    }
    const auto error = ask(who, request, "albums " + made.front().text + " in " + name(place.peer));
    expect(place.may_post(who) && knows(place, who) && to.open, error);
    if (error.empty()) add(place, std::move(made));
    deliver();
  }
  Place& talk() { return places_[1]; }  // discusses
  Place& news() { return places_[2]; }  // this one
  Place& forum() { return places_[3]; }
  void discuss() {
    channels::setDiscussionGroup request;
    request.broadcast = mirrors_[0]->input_channel(news().peer);
    request.group = mirrors_[0]->input_channel(talk().peer);
    EXPECT_TRUE(door_.call(callers_[0], request));
    deliver();
  }
  void open_forum() {
    channels::toggleForum request;
    request.channel = mirrors_[0]->input_channel(forum().peer);
    request.enabled = true;
    expect(true, ask(0, request, "opens a forum"));
    deliver();
    make_topic(0);
  }
  void make_topic(int who) {
    messages::createForumTopic request;
    request.peer = mirrors_[who]->input(forum().peer);
    request.title = "Topic";
    request.random_id = ++last_topic_ + 1'000'000;
    const auto error = ask(who, request, "begins a topic");
    // Members may; of administrators those alone who manage topics, and nobody here is given that.
    const bool may = forum().in_it(who) && !forum().admins.contains(who);
    expect(may && knows(forum(), who), error);
    if (error.empty()) {
      const auto& seen = mirrors_[who]->dialogs[forum().peer].messages;
      forum().topics.push_back({seen.rbegin()->first, who, false});
      EXPECT_EQ(seen.rbegin()->second.text, "messageActionTopicCreate");
    }
    deliver();
  }
  void close_topic(int who) {
    auto& topic = forum().topics[static_cast<std::size_t>(pick(forum().topics.size()))];
    messages::editForumTopic request;
    request.peer = mirrors_[who]->input(forum().peer);
    request.topic_id = topic.id;
    request.closed = !topic.closed;
    const auto error = ask(who, request, topic.closed ? "reopens a topic" : "shuts a topic");
    const bool may = who == 0 || (forum().in_it(who) && topic.creator == who);
    expect(may && knows(forum(), who), error);
    if (error.empty()) topic.closed = !topic.closed;
    deliver();
  }
  // What people do with what others wrote.
  void answer(Place& place, int who) {
    switch (pick(8)) {
      case 0:
      case 1:
      case 2:
        return react(place, who);
      case 3:
      case 4:
        return vote(place, who);
      case 5:
        return close_poll(place);
      case 6:
        return comment(who);
      default:
        return pick(2) == 0 && forum().topics.size() < 6 ? make_topic(who) : close_topic(who);
    }
  }
  void react(Place& place, int who) {
    const auto [post, id] = some_post(place, who);
    if (post == nullptr || !place.in_it(who)) return;
    static const std::string emojis[] = {"\xf0\x9f\x91\x8d", "\xf0\x9f\x94\xa5"};
    auto& given = post->pressed->reactions;
    const auto emoji = emojis[pick(2)];
    const bool takes_back = given.contains(who) && given[who] == emoji;
    messages::sendReaction request;
    request.peer = mirrors_[who]->input(place.peer);
    request.msg_id = id;
    request.reaction.emplace();
    if (!takes_back) {
      tl::reactionEmoji wire;
      wire.emoticon = emoji;
      request.reaction->emplace_back(std::move(wire));
    }
    const auto error = ask(who, request, (takes_back ? "unreacts to " : "reacts to ") + post->text);
    expect(true, error);
    if (error.empty() && takes_back) given.erase(who);
    if (error.empty() && !takes_back) given[who] = emoji;
    deliver();
  }
  // A poll that is still to be seen; a few looks for one.
  std::pair<Post*, std::int32_t> some_poll(Place& place, int who, bool own = false) {
    for (int tries = 0; tries < 30; ++tries) {
      const auto found = some_post(place, who, own);
      if (found.first != nullptr && found.first->poll) return found;
    }
    return {};
  }
  void vote(Place& place, int who) {
    const auto [post, id] = some_poll(place, who);
    if (post == nullptr || !place.in_it(who)) return;
    auto& votes = post->pressed->votes;
    const char choice = pick(2) == 0 ? 'a' : 'b';
    const bool takes_back = votes.contains(who) && pick(2) == 0;
    messages::sendVote request;
    request.peer = mirrors_[who]->input(place.peer);
    request.msg_id = id;
    if (!takes_back) request.options.push_back({static_cast<std::uint8_t>(choice)});
    const auto error = ask(who, request, (takes_back ? "unvotes on " : "votes on ") + post->text);
    const bool repeats = votes.contains(who) && votes[who] == choice;  // answered as the first time
    expect(!post->pressed->closed && (takes_back || !votes.contains(who) || repeats), error);
    if (error.empty() && takes_back) votes.erase(who);
    if (error.empty() && !takes_back) votes[who] = choice;
    deliver();
  }
  // By whoever asked.
  void close_poll(Place& place) {
    std::vector<Post*> polls;
    for (auto& one : place.posts) {
      if (one.poll && !one.erased && one.from != nobody) polls.push_back(&one);
    }
    if (polls.empty()) return;
    auto* const post = polls[static_cast<std::size_t>(pick(polls.size()))];
    const int who = post->from;
    const auto id = number_of(place, *post, who);
    if (id == 0 || !place.may_post(who)) return;
    messages::editMessage request;
    request.peer = mirrors_[who]->input(place.peer);
    request.id = id;
    tl::poll poll;
    poll.closed = true;
    poll.question = words("");
    tl::inputMediaPoll media;
    media.poll = std::move(poll);
    request.media = std::move(media);
    const auto error = ask(who, request, "closes " + post->text);
    expect(!post->pressed->closed, error);
    post->pressed->closed = true;
    deliver();
  }
  // As clients do it: the post's copy is asked for, and answered in the group.
  void comment(int who) {
    const auto [post, id] = some_post(news(), who);
    if (post == nullptr) return;
    const auto copy = std::ranges::find_if(
        talk().posts, [&](const Post& one) { return one.from == nobody && one.text == post->text; });
    const bool may =
        news().in_it(who) && !talk().banned.contains(who) && copy != talk().posts.end() && !copy->erased;
    messages::getDiscussionMessage where;
    where.peer = mirrors_[who]->input(news().peer);
    where.msg_id = id;
    auto answer = door_.call(callers_[who], where);
    if (!answer) {
      note(who, "comments on " + post->text, answer.error);
      // The copies of an album share one thread, which goes with the first of them.
      if (post->album == 0) expect(may, answer.error);
      return;
    }
    const auto* found = answer->get_if<tl::messages::discussionMessage>();
    mirrors_[who]->meet(found->chats, found->users);
    if (found->messages.empty()) return;
    messages::sendMessage request;
    request.peer = mirrors_[who]->input(talk().peer);
    request.message = next_text();
    request.random_id = last_post_;
    tl::inputReplyToMessage reply;
    reply.reply_to_msg_id = found->messages.back().get_if<tl::message>()->id;
    request.reply_to = std::move(reply);
    const auto error = ask(who, request, "comments on " + post->text + ": " + request.message);
    expect(news().in_it(who) && !talk().banned.contains(who), error);
    if (error.empty()) talk().posts.push_back({request.message, who, talk().members});
    deliver();
  }
  void unpin_all(Place& place) {
    messages::unpinAllMessages request;
    request.peer = mirrors_[0]->input(place.peer);
    auto answer = door_.call(callers_[0], request);
    note(0, "unpins all in " + name(place.peer), answer.error);
    expect(true, answer.error);
    mirrors_[0]->missed(place.peer);
    deliver();
  }
  void edit(Place& place, int who) {
    auto [post, id] = some_post(place, who, pick(3) != 0);
    if (post == nullptr || post->poll) return;
    messages::editMessage request;
    request.peer = mirrors_[who]->input(place.peer);
    request.id = id;
    request.message = "edit " + std::to_string(++last_post_);
    const auto error = ask(who, request, "edits " + post->text + " to " + *request.message);
    const bool allowed =
        place.kind == Kind::broadcast ? place.runs_it(who) : post->from == who && place.in_it(who);
    expect(allowed, error);
    if (error.empty()) {
      for (auto& other : talk().posts) {
        if (&place == &news() && other.pressed == post->pressed) other.text = *request.message;
      }
      post->text = *request.message;
    }
    deliver();
  }
  void erase(Place& place, int who) {
    auto [post, id] = some_post(place, who, pick(3) != 0);
    if (post == nullptr) return;
    const auto what = "erases " + post->text + " in " + name(place.peer);
    if (place.kind == Kind::basic_group) {
      if (post->from != who) return;  // would erase its own copy alone
      messages::deleteMessages request;
      request.revoke = true;
      request.id = {id};
      auto answer = door_.call(callers_[who], request);
      note(who, what, answer.error);
      expect(true, answer.error);
      if (answer) mirrors_[who]->deleted(*answer, request.id);
      post->erased = bool(answer);
    } else {
      channels::deleteMessages request;
      request.channel = mirrors_[who]->input_channel(place.peer);
      request.id = {id};
      auto answer = door_.call(callers_[who], request);
      note(who, what, answer.error);
      const bool own = post->from == who && place.kind == Kind::supergroup;
      expect(place.in_it(who) && (own || place.runs_it(who)), answer.error);
      if (answer) {
        mirrors_[who]->deleted(*answer, request.id, place.peer);
        post->erased = true;
        for (auto& other : talk().posts) {
          if (&place == &news() && other.pressed == post->pressed) other.erased = true;
        }
      }
    }
    deliver();
  }
  void invite(Place& place, int whom) {
    if (place.in_it(whom) || place.banned.contains(whom)) return;
    const auto what = "adds " + std::to_string(whom) + " to " + name(place.peer);
    std::string error;
    if (place.kind == Kind::basic_group) {
      messages::addChatUser request;
      request.chat_id = place.peer.id;
      request.user_id = user(0, whom);
      error = ask(0, request, what);
    } else {
      channels::inviteToChannel request;
      request.channel = mirrors_[0]->input_channel(place.peer);
      request.users.emplace_back(user(0, whom));
      error = ask(0, request, what);
    }
    expect(true, error);
    if (error.empty()) place.members.insert(whom);
    deliver();
  }
  void leave(Place& place, int who) {
    if (who == 0 || !mirrors_[who]->knows(place.peer)) return;
    const auto what = "leaves " + name(place.peer);
    if (place.kind == Kind::basic_group) {
      if (!place.in_it(who)) return;
      messages::deleteChatUser request;
      request.chat_id = place.peer.id;
      request.user_id = tl::inputUserSelf{};
      expect(true, ask(who, request, what));
    } else {
      channels::leaveChannel request;
      request.channel = mirrors_[who]->input_channel(place.peer);
      expect(place.in_it(who), ask(who, request, what));
    }
    place.members.erase(who);
    place.admins.erase(who);
    deliver();
  }
  std::string restrict(Place& place, int whom, bool ban, std::string what) {
    channels::editBanned request;
    request.channel = mirrors_[0]->input_channel(place.peer);
    request.participant = mirrors_[0]->input(Peer::of(callers_[whom].user));
    tl::chatBannedRights rights;
    rights.view_messages = ban;
    request.banned_rights = rights;
    return ask(0, request, std::move(what));
  }
  void throw_out(Place& place, int whom) {
    if (whom == 0) return;
    const auto what = "throws " + std::to_string(whom) + " out of " + name(place.peer);
    if (place.kind == Kind::basic_group) {
      messages::deleteChatUser request;
      request.chat_id = place.peer.id;
      request.user_id = user(0, whom);
      expect(place.in_it(whom), ask(0, request, what));
    } else {
      expect(true, restrict(place, whom, true, what));
      place.banned.insert(whom);
    }
    place.members.erase(whom);
    place.admins.erase(whom);
    deliver();
  }
  void let_back_in(Place& place, int whom) {
    if (!place.banned.contains(whom)) return;
    expect(true, restrict(place, whom, false, "lifts the ban of " + std::to_string(whom)));
    place.banned.erase(whom);
    deliver();
  }
  void promote(Place& place, int whom) {
    if (!place.admins.empty() && pick(3) == 0) whom = *place.admins.begin();
    if (whom == 0 || place.kind == Kind::basic_group || !place.in_it(whom)) return;
    const bool up = !place.admins.contains(whom);
    channels::editAdmin request;
    request.channel = mirrors_[0]->input_channel(place.peer);
    request.user_id = user(0, whom);
    tl::chatAdminRights rights;
    rights.post_messages = rights.edit_messages = up && place.kind == Kind::broadcast;
    rights.delete_messages = rights.ban_users = rights.change_info = rights.invite_users = up;
    rights.pin_messages = up && place.kind == Kind::supergroup;
    request.admin_rights = rights;
    request.rank = "";
    expect(true, ask(0, request, (up ? "promotes " : "demotes ") + std::to_string(whom)));
    if (up) {
      place.admins.insert(whom);
    } else {
      place.admins.erase(whom);
    }
    deliver();
  }
  void pin(Place& place, int who) {
    if (!place.runs_it(who) || place.kind == Kind::basic_group) who = 0;
    auto [post, id] = some_post(place, who);
    const bool unpin = pick(2) == 0;
    for (int tries = 0; post != nullptr && unpin && tries < 30; ++tries) {
      if (mirrors_[who]->dialogs[place.peer].messages[id].pinned) break;
      std::tie(post, id) = some_post(place, who);
    }
    if (post == nullptr) return;
    messages::updatePinnedMessage request;
    request.peer = mirrors_[who]->input(place.peer);
    request.id = id;
    request.unpin = unpin;
    request.silent = pick(2) == 0;
    const auto error = ask(who, request, (request.unpin ? "unpins " : "pins ") + post->text);
    expect(error != "400 CHAT_NOT_MODIFIED", error);  // it was so already
    deliver();
  }
  void read(int who) {
    auto& mirror = *mirrors_[who];
    if (mirror.dialogs.empty()) return;
    auto dialog = std::next(mirror.dialogs.begin(), pick(mirror.dialogs.size()));
    if (dialog->second.messages.empty()) return;
    const auto peer = dialog->first;
    const auto id = std::next(dialog->second.messages.begin(), pick(dialog->second.messages.size()))->first;
    const auto what = "reads " + name(peer) + " up to " + std::to_string(id);
    if (peer.is_channel()) {
      channels::readHistory request;
      request.channel = mirror.input_channel(peer);
      request.max_id = id;
      auto answer = door_.call(callers_[who], request);
      note(who, what, answer.error);
      if (answer) mirror.mark_read(peer, id);
    } else {
      messages::readHistory request;
      request.peer = mirror.input(peer);
      request.max_id = id;
      auto answer = door_.call(callers_[who], request);
      note(who, what, answer.error);
      expect(true, answer.error);
      if (answer) mirror.read(*answer, peer, id);
    }
    deliver();
  }

  int last_album_ = 0, last_topic_ = 0;
};

class Model : public ::testing::TestWithParam<unsigned> {};

TEST_P(Model, WhatClientsPutTogetherIsWhatTheServerHas) {
  Life run(GetParam());
  for (int i = 0; i < operations && !HasFailure(); ++i) run.operate();
  run.compare();
  // A run that does not do everything proves nothing.
  for (const auto* verb : {"posts",    "edits",   "erases", "adds",   "leaves",   "throws", "lifts",
                           "promotes", "demotes", "pins",   "unpins", "reads",    "reacts", "unreacts",
                           "votes",    "polls",   "closes", "albums", "comments", "begins"}) {
    EXPECT_GE(run.outcomes[verb].first, 1) << verb;
  }
  for (const auto* verb : {"posts", "edits", "erases"}) EXPECT_GE(run.outcomes[verb].second, 1) << verb;
  if (HasFailure()) std::cout << run.last_operations();
}

INSTANTIATE_TEST_SUITE_P(Seeds, Model, ::testing::Values(1U, 2U, 3U));

}  // namespace
}  // namespace heliograph::api
