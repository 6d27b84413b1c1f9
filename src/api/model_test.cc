// Random operations by twenty people on five places, beside a small model of what must come of them. Ten of
// the people are connected all the time, ten look in now and then. After each run
// - what each operation was answered is what the model says is allowed,
// - what everybody's client has put together from answers, pushes and differences (testing/mirror.h) is what
//   the server shows when it is asked for everything,
// - and that is what the model says is there.
// A failure names its seed; the same seed does the same again.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "api/testing/mirror.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"

namespace heliograph::api {
namespace {

using services::testing::World;
using testing::FrontDoor;
using testing::Line;
using testing::Mirror;
using testing::MirroredDialog;
namespace messages = tl::fn::messages;
namespace channels = tl::fn::channels;

constexpr int people = 20;
constexpr int connected = 10;  // of them
constexpr int operations = 600;

enum class Kind { basic_group, supergroup, broadcast };

struct Post {
  std::string text;  // no two are alike, so it names the post in everybody's box
  int from = 0;
  std::set<int> audience;  // basic groups: who was in it then
  bool erased = false;
};

struct Place {
  Kind kind;
  Peer peer;
  std::set<int> members, admins, banned;  // 0 made them all and is in neither of the latter two
  std::vector<Post> posts;

  bool in_it(int who) const { return members.contains(who); }
  bool runs_it(int who) const { return who == 0 || (in_it(who) && admins.contains(who)); }
  bool may_post(int who) const { return kind == Kind::broadcast ? runs_it(who) : in_it(who); }
};

class Community {
 public:
  explicit Community(unsigned seed) : dice_(seed) {
    for (int i = 0; i < people; ++i) callers_.push_back(door_.world.sign_up("Person " + std::to_string(i)));
    for (int i = 0; i < people; ++i) {
      if (i < connected) door_.connect(callers_[i]);
      mirrors_.push_back(std::make_unique<Mirror>(door_, callers_[i]));
      mirrors_[i]->dialogs = mirrors_[i]->ask_for_everything();
      for (int j = 0; j < people; ++j) {
        const auto view =
            door_.world.run(door_.world.services.users.view_one(callers_[i].user, callers_[j].user));
        mirrors_[i]->introduce(Peer::of(callers_[j].user), World::must(view).access_hash);
      }
    }
    for (const auto kind :
         {Kind::basic_group, Kind::supergroup, Kind::broadcast, Kind::supergroup, Kind::broadcast}) {
      make(kind);
    }
  }

  void operate() {
    door_.world.clock.advance(std::chrono::seconds(5));
    auto& place = places_[pick(places_.size())];
    int who = pick(people);
    if (pick(2) == 0) who = *std::next(place.members.begin(), pick(place.members.size()));
    if (place.kind == Kind::broadcast && pick(3) == 0) who = 0;
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
        return pin(place, who);
      default:
        return read(who);
    }
  }

  // Pushes reach those who are connected; one of the others looks what it has missed.
  void deliver() {
    door_.settle();
    auto pushed = std::exchange(door_.sessions.pushed, {});
    for (const auto& one : pushed) {
      for (int i = 0; i < connected; ++i) {
        if (callers_[i].session == one.session) {
          mirrors_[i]->apply(World::must(tl::decode_boxed<tl::Updates>(one.updates)));
        }
      }
    }
    if (pick(10) == 0) mirrors_[connected + pick(people - connected)]->catch_up();
  }

  void compare() {
    for (int who = 0; who < people; ++who) {
      auto& mirror = *mirrors_[who];
      if (who >= connected) mirror.catch_up();  // those who were connected must not need it
      const auto told = mirror.ask_for_everything();
      for (const auto& [peer, dialog] : told) {
        EXPECT_EQ(show(mirror.dialogs[peer]), show(dialog))
            << name(peer) << " as person " << who << " has it";
      }
      for (const auto& [peer, dialog] : mirror.dialogs) {
        EXPECT_TRUE(told.contains(peer)) << "person " << who << " believes to be in " << name(peer);
      }
      for (const auto& place : places_) compare(place, who, told);
    }
  }
  std::string last_operations() const {
    std::string out;
    const auto from = log_.size() > 400 ? log_.size() - 400 : 0;
    for (auto i = from; i < log_.size(); ++i) out += log_[i] + "\n";
    return out;
  }
  int differences_of_connected() const {
    int count = 0;
    for (int i = 0; i < connected; ++i) count += mirrors_[i]->differences + mirrors_[i]->channel_differences;
    return count;
  }
  // Verb -> how often it was done, and how often refused.
  std::map<std::string, std::pair<int, int>> outcomes;

 private:
  int pick(std::size_t below) {
    return static_cast<int>(std::uniform_int_distribution<std::size_t>(0, below - 1)(dice_));
  }
  std::string name(Peer peer) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (places_[i].peer == peer) return "place " + std::to_string(i);
    }
    return "a dialog with " + std::to_string(peer.id);
  }
  static std::string show(const MirroredDialog& dialog) {
    std::ostringstream out;
    out << "pts " << dialog.pts << ", read " << dialog.read_inbox << " and " << dialog.read_outbox
        << ", unread " << dialog.unread << "\n";
    for (const auto& [id, line] : dialog.messages) {
      out << id << " " << line.text << " from " << line.from << " at " << line.date << "/" << line.edit_date
          << (line.out ? " out" : "") << (line.pinned ? " pinned" : "") << "\n";
    }
    return out.str();
  }
  static void compare(const Place& place, int who, const std::map<Peer, MirroredDialog>& told) {
    std::set<std::string> expected, found;
    const bool once_in_it = place.kind == Kind::basic_group || place.in_it(who);
    for (const auto& post : place.posts) {
      if (post.erased || !once_in_it) continue;
      if (place.kind == Kind::basic_group && !post.audience.contains(who)) continue;
      expected.insert(post.text);
    }
    if (const auto dialog = told.find(place.peer); dialog != told.end()) {
      for (const auto& [id, line] : dialog->second.messages) {
        if (line.text.find(' ') != std::string::npos) found.insert(line.text);  // not an action
      }
    }
    EXPECT_EQ(found, expected) << "what person " << who << " sees";
  }

  template <typename Fn>
  std::string ask(int who, const Fn& request, std::string what) {
    const auto error = mirrors_[who]->ask(request);
    note(who, std::move(what), error);
    return error;
  }
  void note(int who, std::string what, const std::string& error) {
    auto& [done, refused] = outcomes[what.substr(0, what.find(' '))];
    (error.empty() ? done : refused) += 1;
    log_.push_back("person " + std::to_string(who) + " " + std::move(what) +
                   (error.empty() ? "" : ": " + error));
  }
  // The answer must be what the model says is allowed.
  void expect(bool allowed, const std::string& error) {
    EXPECT_EQ(error.empty(), allowed) << log_.back();
    EXPECT_EQ(error.find("INTERNAL"), std::string::npos) << log_.back();
    EXPECT_EQ(error.find("FLOOD"), std::string::npos) << log_.back();
  }

  tl::inputUser user(int by, int who) const {
    const auto input = mirrors_[by]->input(Peer::of(callers_[who].user));
    const auto* peer = input.get_if<tl::inputPeerUser>();
    return {.user_id = peer->user_id, .access_hash = peer->access_hash};
  }

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

  void post(Place& place, int who) {
    messages::sendMessage request;
    request.peer = mirrors_[who]->input(place.peer);
    request.message = "post " + std::to_string(++last_post_);
    request.random_id = last_post_;
    if (const auto id = some_message(place, who); id != 0 && pick(3) == 0) {
      tl::inputReplyToMessage reply;
      reply.reply_to_msg_id = id;
      request.reply_to = std::move(reply);
    }
    const auto error = ask(who, request, "posts " + request.message + " in " + name(place.peer));
    // Who has not looked in since it was added has no access hash yet.
    const bool knows = place.kind == Kind::basic_group || mirrors_[who]->knows(place.peer);
    expect(place.may_post(who) && knows, error);
    if (error.empty()) place.posts.push_back({request.message, who, place.members, false});
    deliver();
  }
  // A post that `who` has in its client, and its number there. `own`: if it can be, one that `who` wrote.
  std::pair<Post*, std::int32_t> some_post(Place& place, int who, bool own = false) {
    const auto dialog = mirrors_[who]->dialogs.find(place.peer);
    if (place.posts.empty() || dialog == mirrors_[who]->dialogs.end()) return {};
    auto index = pick(place.posts.size());
    for (int tries = 0; own && tries < 30 && place.posts[index].from != who; ++tries) {
      index = pick(place.posts.size());
    }
    auto& post = place.posts[index];
    for (const auto& [id, line] : dialog->second.messages) {
      if (line.text == post.text && !post.erased) return {&post, id};
    }
    return {};
  }
  std::int32_t some_message(Place& place, int who) { return some_post(place, who).second; }

  void edit(Place& place, int who) {
    auto [post, id] = some_post(place, who, pick(3) != 0);
    if (post == nullptr) return;
    messages::editMessage request;
    request.peer = mirrors_[who]->input(place.peer);
    request.id = id;
    request.message = "edit " + std::to_string(++last_post_);
    const auto error = ask(who, request, "edits " + post->text + " to " + *request.message);
    const bool allowed =
        place.kind == Kind::broadcast ? place.runs_it(who) : post->from == who && place.in_it(who);
    expect(allowed, error);
    if (error.empty()) post->text = *request.message;
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
    up ? place.admins.insert(whom).second : place.admins.erase(whom) > 0;
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

  FrontDoor door_;
  std::mt19937 dice_;
  std::vector<testing::Caller> callers_;
  std::vector<std::unique_ptr<Mirror>> mirrors_;
  std::vector<Place> places_;
  std::vector<std::string> log_;
  int last_post_ = 0;
};

class Model : public ::testing::TestWithParam<unsigned> {};

TEST_P(Model, WhatClientsPutTogetherIsWhatTheServerHas) {
  Community run(GetParam());
  for (int i = 0; i < operations && !HasFailure(); ++i) run.operate();
  run.compare();
  // A run that does not do everything proves nothing.
  for (const auto* verb : {"posts", "edits", "erases", "adds", "leaves", "throws", "lifts", "promotes",
                           "demotes", "pins", "unpins", "reads"}) {
    EXPECT_GE(run.outcomes[verb].first, 1) << verb;
  }
  for (const auto* verb : {"posts", "edits", "erases"}) EXPECT_GE(run.outcomes[verb].second, 1) << verb;
  if (HasFailure()) std::cout << run.last_operations();
}

INSTANTIATE_TEST_SUITE_P(Seeds, Model, ::testing::Values(1U, 2U, 3U));

}  // namespace
}  // namespace heliograph::api
