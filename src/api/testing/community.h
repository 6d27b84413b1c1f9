// Twenty people, what their clients have put together, and a small model of what must come of what they do:
// for api/model_test.cc, which has them do it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "api/testing/mirror.h"
#include "tl/fn_messages.h"
#include "tl/fn_upload.h"

namespace heliograph::api::testing {

inline constexpr int people = 20;
inline constexpr int connected = 10;  // of them, all the time

enum class Kind { basic_group, supergroup, broadcast };

// What people answered a post with by pressing something. A post and its copy in the group that discusses the
// channel have the same.
struct Pressed {
  std::map<int, std::string> reactions;
  std::map<int, char> votes;
  bool closed = false;
};

struct Post {
  std::string text;        // no two are alike, so it names the post in everybody's box
  int from = 0;            // nobody: the copy of a post
  std::set<int> audience;  // basic groups: who was in it then
  bool erased = false;
  std::shared_ptr<Pressed> pressed = std::make_shared<Pressed>();
  std::int32_t topic = 1;  // forums
  int album = 0;           // those of one album have the same; 0: of none
  bool poll = false;
};
inline constexpr int nobody = -1;

struct Topic {
  std::int32_t id = 0;
  int creator = 0;
  bool closed = false;
};

struct Place {
  Kind kind;
  Peer peer;
  std::set<int> members, admins, banned;  // 0 made them all and is in neither of the latter two
  std::vector<Post> posts;
  std::vector<Topic> topics;  // of a forum: but General

  bool is_forum() const { return !topics.empty(); }
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
    if (pick(10) == 0) look_in(connected + pick(people - connected));
  }

  void compare() {
    for (int who = 0; who < people; ++who) {
      auto& mirror = *mirrors_[who];
      if (who >= connected) look_in(who);  // those who were connected must not need it
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

 protected:
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
          << (line.out ? " out" : "") << (line.pinned ? " pinned" : "");
      if (line.album != 0) out << " album " << line.album;
      if (line.answers != 0) out << " answers " << line.answers << " in " << line.top;
      if (line.topic) out << " (topic)";
      for (const auto& [emoji, count] : line.reactions) out << " " << emoji << count;
      if (line.voters >= 0) out << " voters " << line.voters << (line.closed ? ", closed" : "");
      out << "\n";
    }
    return out.str();
  }
  // A post as the model has it, and a line as the server does, said in the same words.
  static std::string show(const Place& place, const Post& post) {
    std::ostringstream out;
    out << post.text;
    if (place.is_forum()) out << " in " << post.topic;
    if (post.album != 0) out << " of an album";
    std::map<std::string, int> counts;
    for (const auto& [who, emoji] : post.pressed->reactions) ++counts[emoji];
    for (const auto& [emoji, count] : counts) out << " " << emoji << count;
    if (post.poll)
      out << " voters " << post.pressed->votes.size() << (post.pressed->closed ? ", closed" : "");
    return out.str();
  }
  static std::string show(const Place& place, const Line& line) {
    std::ostringstream out;
    out << line.text;
    if (place.is_forum()) out << " in " << (!line.topic ? 1 : line.top != 0 ? line.top : line.answers);
    if (line.album != 0) out << " of an album";
    for (const auto& [emoji, count] : line.reactions) out << " " << emoji << count;
    if (line.voters >= 0) out << " voters " << line.voters << (line.closed ? ", closed" : "");
    return out.str();
  }
  static void compare(const Place& place, int who, const std::map<Peer, MirroredDialog>& told) {
    std::set<std::string> expected, found;
    std::map<int, std::set<std::string>> albums;
    std::map<std::int64_t, std::set<std::string>> shown_together;
    const bool once_in_it = place.kind == Kind::basic_group || place.in_it(who);
    for (const auto& post : place.posts) {
      if (post.erased || !once_in_it) continue;
      if (place.kind == Kind::basic_group && !post.audience.contains(who)) continue;
      expected.insert(show(place, post));
      if (post.album != 0) albums[post.album].insert(post.text);
    }
    if (const auto dialog = told.find(place.peer); dialog != told.end()) {
      for (const auto& [id, line] : dialog->second.messages) {
        if (line.text.find(' ') == std::string::npos) continue;  // an action
        found.insert(show(place, line));
        if (line.album != 0) shown_together[line.album].insert(line.text);
      }
    }
    const auto sets = [](const auto& map) {
      std::set<std::set<std::string>> out;
      for (const auto& [key, texts] : map) out.insert(texts);
      return out;
    };
    EXPECT_EQ(sets(shown_together), sets(albums)) << "albums that person " << who << " sees";
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

  std::string next_text() { return "post " + std::to_string(++last_post_); }
  // Who has not looked in since it was added has no access hash yet.
  bool knows(const Place& place, int who) const {
    return place.kind == Kind::basic_group || mirrors_[who]->knows(place.peer);
  }
  static tl::textWithEntities words(std::string text) {
    tl::textWithEntities wire;
    wire.text = std::move(text);
    return wire;
  }
  // One that the person has uploaded once.
  tl::Box<tl::InputMedia> document(int who) {
    auto& known = documents_[who];
    if (known.id == 0) {
      tl::fn::upload::saveFilePart part;
      part.file_id = 1000 + who;
      part.bytes = to_bytes(as_bytes("a file"));
      EXPECT_TRUE(door_.call(callers_[who], part));
      tl::inputFile file;
      file.id = part.file_id;
      file.parts = 1;
      file.name = "file.txt";
      tl::fn::messages::uploadMedia request;
      request.peer = tl::inputPeerSelf{};
      tl::inputMediaUploadedDocument media;
      media.file = std::move(file);
      media.mime_type = "text/plain";
      request.media = std::move(media);
      auto answer = door_.call(callers_[who], request);
      EXPECT_TRUE(answer) << answer.error;
      const auto* document =
          answer->get_if<tl::messageMediaDocument>()->document.template get_if<tl::document>();
      known.id = document->id;
      known.access_hash = document->access_hash;
      known.file_reference = document->file_reference;
    }
    tl::inputMediaDocument media;
    media.id = known;
    return media;
  }
  void look_in(int who) {
    mirrors_[who]->catch_up();
    mirrors_[who]->ask_for_responses();
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
    const auto id = number_of(place, post, who);
    if (id == 0) return {};
    return {&post, id};
  }
  // Its number in the client of `who`; 0: not there.
  std::int32_t number_of(const Place& place, const Post& post, int who) const {
    const auto dialog = mirrors_[who]->dialogs.find(place.peer);
    if (post.erased || dialog == mirrors_[who]->dialogs.end()) return 0;
    for (const auto& [id, line] : dialog->second.messages) {
      if (line.text == post.text) return id;
    }
    return 0;
  }
  FrontDoor door_;
  std::mt19937 dice_;
  std::vector<testing::Caller> callers_;
  std::vector<std::unique_ptr<Mirror>> mirrors_;
  std::vector<Place> places_;
  std::vector<std::string> log_;
  std::map<int, tl::inputDocument> documents_;
  int last_post_ = 0;
};

}  // namespace heliograph::api::testing
