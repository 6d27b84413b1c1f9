// What a careful client library knows of its account: built only from the answers to its own requests, from
// what the server pushes, and from differences, by the rules of core.telegram.org/api/updates. A test
// compares it with what the server says when asked (api/model_test.cc).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "api/testing/front_door.h"
#include "base/peer.h"
#include "tl/api.h"

namespace heliograph::api::testing {

// A message, reduced to what the mirror compares. Equal lines look equal to a person.
struct Line {
  std::string text;  // of a service message: the constructor's name
  std::int64_t from = 0;
  std::int32_t date = 0;
  std::int32_t edit_date = 0;
  bool out = false;
  bool pinned = false;
  std::int64_t album = 0;
  std::int32_t answers = 0;  // what it answers
  std::int32_t top = 0;      // the thread it says it is in; 0: none, or `answers`
  bool topic = false;        // that is a topic
  std::map<std::string, std::int32_t> reactions;
  std::int32_t voters = -1;  // of a poll; -1: it is none
  bool closed = false;
  bool operator==(const Line&) const = default;
};

struct MirroredDialog {
  std::map<std::int32_t, Line> messages;
  std::int32_t read_inbox = 0;
  std::int32_t read_outbox = 0;
  std::int32_t unread = 0;
  std::int32_t pts = 0;  // channels
  bool operator==(const MirroredDialog&) const = default;
};

class Mirror {
 public:
  Mirror(FrontDoor& door, Caller caller) : door_(door), caller_(std::move(caller)) {
    auto state = door_.call(caller_, tl::fn::updates::getState{});
    pts_ = state->template get_if<tl::updates::state>()->pts;
  }

  // A request of this client, whose answer is Updates. The error, or "".
  template <typename Fn>
  std::string ask(const Fn& request) {
    auto answer = door_.call(caller_, request);
    if (!answer) return answer.error;
    if constexpr (std::is_same_v<typename Fn::Reply, tl::Box<tl::messages::InvitedUsers>>) {
      apply(answer->template get_if<tl::messages::invitedUsers>()->updates);
    } else {
      apply(*answer);
    }
    return {};
  }

  void apply(const tl::Box<tl::Updates>& updates) {
    if (const auto* many = updates.get_if<tl::updates_>()) {
      meet(many->chats, many->users);
      for (const auto& one : many->updates) apply(one);
    } else if (const auto* one = updates.get_if<tl::updateShort>()) {
      apply(one->update);
    } else if (updates.is<tl::updatesTooLong>()) {
      gap_ = true;
    } else {
      // The short forms leave out too much to be shown; a client may always ask for the difference instead.
      gap_ = true;
    }
    mend();
  }

  // Deletes what it asked the server to delete (messages.deleteMessages): only the counters come back.
  void deleted(const tl::Box<tl::messages::AffectedMessages>& answer, const std::vector<std::int32_t>& ids,
               Peer channel = {}) {
    const auto* affected = answer.get_if<tl::messages::affectedMessages>();
    if (channel) {
      if (advance_channel(channel, affected->pts, affected->pts_count)) erase(channel, ids);
    } else if (advance(affected->pts, affected->pts_count)) {
      erase_from_box(ids);
    }
    mend();
  }
  void read(const tl::Box<tl::messages::AffectedMessages>& answer, Peer peer, std::int32_t max_id) {
    const auto* affected = answer.get_if<tl::messages::affectedMessages>();
    if (advance(affected->pts, affected->pts_count)) mark_read(peer, max_id);
    mend();
  }
  void mark_read(Peer peer, std::int32_t max_id) {
    auto& dialog = dialogs[peer];
    dialog.read_inbox = std::max(dialog.read_inbox, max_id);
    count_unread(dialog);
  }

  // It has done something there whose answer says only how many events that were.
  void missed(Peer peer) {
    peer.is_channel() ? void(stale_.insert(peer)) : void(gap_ = true);
    mend();
  }
  // Chats and people that some answer brought along.
  void meet(const std::vector<tl::Box<tl::Chat>>& chats, const std::vector<tl::Box<tl::User>>& users) {
    for (const auto& box : chats) {
      if (const auto* channel = box.get_if<tl::channel>(); channel != nullptr && !channel->min) {
        const auto peer = Peer::of(ChannelId{channel->id});
        if (channel->access_hash) hashes_[peer] = *channel->access_hash;
        channel->left ? inside_.erase(peer) : inside_.insert(peer).second;
      } else if (const auto* forbidden = box.get_if<tl::channelForbidden>()) {
        inside_.erase(Peer::of(ChannelId{forbidden->id}));
      }
    }
    for (const auto& box : users) {
      const auto* user = box.get_if<tl::user>();
      if (user != nullptr && !user->min && user->access_hash) {
        hashes_[Peer::of(UserId{user->id})] = *user->access_hash;
      }
    }
  }

  // Reactions and votes are in no difference: who was away asks for those of what it shows.
  void ask_for_responses() {
    for (auto& [peer, dialog] : dialogs) {
      std::vector<std::int32_t> shown, polls;
      for (const auto& [id, line] : dialog.messages) {
        shown.push_back(id);
        if (line.voters >= 0) polls.push_back(id);
      }
      for (std::size_t i = 0; i < shown.size(); i += 100) {
        tl::fn::messages::getMessagesReactions request;
        request.peer = input(peer);
        request.id.assign(shown.begin() + static_cast<std::ptrdiff_t>(i),
                          shown.begin() + static_cast<std::ptrdiff_t>(std::min(shown.size(), i + 100)));
        if (auto answer = door_.call(caller_, request)) apply(*answer);
      }
      for (const auto id : polls) {
        tl::fn::messages::getPollResults request;
        request.peer = input(peer);
        request.msg_id = id;
        if (auto answer = door_.call(caller_, request)) apply(*answer);
      }
    }
  }

  // Everything missed, in the account's box and in each channel.
  void catch_up() {
    gap_ = true;
    for (const auto& [peer, dialog] : dialogs) {
      if (peer.is_channel()) stale_.insert(peer);
    }
    mend();
  }

  // What the server says when it is asked for everything.
  std::map<Peer, MirroredDialog> ask_for_everything() {
    std::map<Peer, MirroredDialog> found;
    tl::fn::messages::getDialogs request;
    request.limit = 100;
    request.offset_peer = tl::inputPeerEmpty{};
    auto answer = door_.call(caller_, request);
    auto* page = answer ? answer->template get_if<tl::messages::dialogs>() : nullptr;
    if (page == nullptr) throw std::runtime_error("no whole list of dialogs: " + answer.error);
    meet(page->chats, page->users);
    for (const auto& box : page->dialogs) {
      const auto* dialog = box.get_if<tl::dialog>();
      found.emplace(of(dialog->peer), load(*dialog));
    }
    return found;
  }

  tl::Box<tl::InputPeer> input(Peer peer) const {
    if (peer.is_chat()) return tl::inputPeerChat{.chat_id = peer.id};
    if (peer.is_user()) return tl::inputPeerUser{.user_id = peer.id, .access_hash = hash(peer)};
    return tl::inputPeerChannel{.channel_id = peer.id, .access_hash = hash(peer)};
  }
  tl::Box<tl::InputChannel> input_channel(Peer peer) const {
    return tl::inputChannel{.channel_id = peer.id, .access_hash = hash(peer)};
  }
  bool knows(Peer peer) const { return hashes_.contains(peer); }
  void introduce(Peer user, std::int64_t access_hash) { hashes_[user] = access_hash; }
  const Caller& caller() const { return caller_; }

  static Peer of(const tl::Box<tl::Peer>& wire) {
    if (const auto* user = wire.get_if<tl::peerUser>()) return Peer::of(UserId{user->user_id});
    if (const auto* chat = wire.get_if<tl::peerChat>()) return Peer::of(ChatId{chat->chat_id});
    if (const auto* channel = wire.get_if<tl::peerChannel>()) return Peer::of(ChannelId{channel->channel_id});
    return {};
  }

  std::map<Peer, MirroredDialog> dialogs;
  int differences = 0;          // how often it had to ask for what it missed
  int channel_differences = 0;  // the same, channels

 private:
  std::int64_t hash(Peer peer) const {
    const auto found = hashes_.find(peer);
    return found == hashes_.end() ? 0 : found->second;
  }

  void apply(const tl::Box<tl::Update>& box) {
    if (const auto* u = box.get_if<tl::updateMessageReactions>()) {
      if (auto* line = line_at(of(u->peer), u->msg_id)) line->reactions = reactions_of(u->reactions);
      return;
    }
    if (const auto* u = box.get_if<tl::updateMessagePoll>()) {
      auto* line = u->msg_id ? line_at(of(u->peer), *u->msg_id) : nullptr;
      if (line != nullptr) {
        if (const auto* poll = u->poll.get_if<tl::poll>()) line->closed = poll->closed;
        line->voters = voters_of(u->results);
      }
      return;
    }
    if (const auto* u = box.get_if<tl::updateNewMessage>()) {
      if (advance(u->pts, u->pts_count)) put_new(u->message);
      return;
    }
    if (const auto* u = box.get_if<tl::updateEditMessage>()) {
      if (advance(u->pts, u->pts_count)) put(u->message);
      return;
    }
    if (const auto* u = box.get_if<tl::updateDeleteMessages>()) {
      if (advance(u->pts, u->pts_count)) erase_from_box(u->messages);
      return;
    }
    if (const auto* u = box.get_if<tl::updatePinnedMessages>()) {
      if (advance(u->pts, u->pts_count)) pin(of(u->peer), u->messages, u->pinned);
      return;
    }
    if (const auto* u = box.get_if<tl::updateReadHistoryInbox>()) {
      if (advance(u->pts, u->pts_count)) mark_read(of(u->peer), u->max_id);
      return;
    }
    if (const auto* u = box.get_if<tl::updateReadHistoryOutbox>()) {
      if (advance(u->pts, u->pts_count)) dialogs[of(u->peer)].read_outbox = u->max_id;
      return;
    }
    if (const auto* u = box.get_if<tl::updateNewChannelMessage>()) {
      if (advance_channel(peer_of(u->message), u->pts, u->pts_count)) put_new(u->message);
      return;
    }
    if (const auto* u = box.get_if<tl::updateEditChannelMessage>()) {
      if (advance_channel(peer_of(u->message), u->pts, u->pts_count)) put(u->message);
      return;
    }
    if (const auto* u = box.get_if<tl::updateDeleteChannelMessages>()) {
      const auto peer = Peer::of(ChannelId{u->channel_id});
      if (advance_channel(peer, u->pts, u->pts_count)) erase(peer, u->messages);
      return;
    }
    if (const auto* u = box.get_if<tl::updatePinnedChannelMessages>()) {
      const auto peer = Peer::of(ChannelId{u->channel_id});
      if (advance_channel(peer, u->pts, u->pts_count)) pin(peer, u->messages, u->pinned);
      return;
    }
    if (const auto* u = box.get_if<tl::updateReadChannelInbox>()) {
      if (dialogs.contains(Peer::of(ChannelId{u->channel_id}))) {
        mark_read(Peer::of(ChannelId{u->channel_id}), u->max_id);
      }
      return;
    }
    if (const auto* u = box.get_if<tl::updateReadChannelOutbox>()) {
      const auto found = dialogs.find(Peer::of(ChannelId{u->channel_id}));
      if (found != dialogs.end()) found->second.read_outbox = std::max(found->second.read_outbox, u->max_id);
      return;
    }
    if (const auto* u = box.get_if<tl::updateChannel>()) {
      changed_.insert(Peer::of(ChannelId{u->channel_id}));
      return;
    }
    if (const auto* u = box.get_if<tl::updateChannelTooLong>()) {
      stale_.insert(Peer::of(ChannelId{u->channel_id}));
    }
  }

  // Whether an update is the next one of the account's box. One that came before is dropped; when some are
  // missing, this one is dropped too and the difference brings it.
  bool advance(std::int32_t pts, std::int32_t count) {
    if (in_difference_) return true;
    if (pts_ + count == pts) {
      pts_ = pts;
      return true;
    }
    if (pts > pts_) gap_ = true;
    return false;
  }
  bool advance_channel(Peer channel, std::int32_t pts, std::int32_t count) {
    if (in_difference_) return true;
    const auto found = dialogs.find(channel);
    if (found == dialogs.end()) {
      if (inside_.contains(channel)) changed_.insert(channel);
      return false;
    }
    auto& known = found->second.pts;
    if (known + count == pts) {
      known = pts;
      return true;
    }
    if (pts > known) stale_.insert(channel);
    return false;
  }

  void mend() {
    while (gap_ || !stale_.empty() || !changed_.empty()) {
      if (std::exchange(gap_, false)) difference();
      for (const auto peer : std::exchange(changed_, {})) membership_changed(peer);
      for (const auto peer : std::exchange(stale_, {})) channel_difference(peer);
    }
  }

  void difference() {
    ++differences;
    for (bool more = true; more;) {
      tl::fn::updates::getDifference request;
      request.pts = pts_;
      request.date = 1;
      auto answer = door_.call(caller_, request);
      if (const auto* whole = answer->template get_if<tl::updates::difference>()) {
        take(*whole);
        pts_ = whole->state.template get_if<tl::updates::state>()->pts;
        more = false;
      } else if (const auto* slice = answer->template get_if<tl::updates::differenceSlice>()) {
        take(*slice);
        pts_ = slice->intermediate_state.template get_if<tl::updates::state>()->pts;
      } else {
        more = false;  // empty
      }
    }
  }
  void channel_difference(Peer peer) {
    ++channel_differences;
    for (bool more = true; more;) {
      const auto found = dialogs.find(peer);
      if (found == dialogs.end()) return;
      tl::fn::updates::getChannelDifference request;
      request.channel = input_channel(peer);
      request.filter = tl::channelMessagesFilterEmpty{};
      request.pts = found->second.pts;
      request.limit = 30;
      auto answer = door_.call(caller_, request);
      if (!answer) {  // no longer in it
        dialogs.erase(found);
        return;
      }
      if (const auto* part = answer->template get_if<tl::updates::channelDifference>()) {
        take(*part);
        dialogs[peer].pts = part->pts;
        more = !part->final;
      } else if (const auto* empty = answer->template get_if<tl::updates::channelDifferenceEmpty>()) {
        found->second.pts = empty->pts;
        more = false;
      } else {
        const auto* too_long = answer->template get_if<tl::updates::channelDifferenceTooLong>();
        meet(too_long->chats, too_long->users);
        dialogs[peer] = load(*too_long->dialog.template get_if<tl::dialog>());
        more = !too_long->final;
      }
    }
  }
  template <typename Difference>
  void take(const Difference& part) {
    meet(part.chats, part.users);
    for (const auto& one : part.new_messages) put_new(one);
    in_difference_ = true;
    for (const auto& one : part.other_updates) apply(one);
    in_difference_ = false;
  }
  // It came in, or was sent out: asks what there is to see now.
  void membership_changed(Peer peer) {
    if (!inside_.contains(peer)) {
      dialogs.erase(peer);
      return;
    }
    tl::fn::messages::getPeerDialogs request;
    tl::inputDialogPeer wire;
    wire.peer = input(peer);
    request.peers.emplace_back(std::move(wire));
    auto answer = door_.call(caller_, request);
    if (!answer) {
      dialogs.erase(peer);
      return;
    }
    auto* page = answer->template get_if<tl::messages::peerDialogs>();
    meet(page->chats, page->users);
    if (page->dialogs.empty() || !inside_.contains(peer)) {
      dialogs.erase(peer);
    } else {
      dialogs[peer] = load(*page->dialogs[0].template get_if<tl::dialog>());
    }
  }

  MirroredDialog load(const tl::dialog& wire) {
    MirroredDialog dialog;
    const auto peer = of(wire.peer);
    dialog.read_inbox = wire.read_inbox_max_id;
    dialog.read_outbox = wire.read_outbox_max_id;
    dialog.unread = wire.unread_count;
    dialog.pts = wire.pts.value_or(0);
    for (std::int32_t offset = 0;;) {
      tl::fn::messages::getHistory request;
      request.peer = input(peer);
      request.offset_id = offset;
      request.limit = 100;
      auto answer = door_.call(caller_, request);
      if (!answer) return dialog;
      const auto before = dialog.messages.size();
      const auto keep = [&](const auto& page) {
        for (const auto& box : page.messages) {
          if (auto [id, line] = line_of(box); id != 0) {
            dialog.messages[id] = std::move(line);
            offset = id;
          }
        }
      };
      if (const auto* all = answer->template get_if<tl::messages::messages>()) keep(*all);
      if (const auto* slice = answer->template get_if<tl::messages::messagesSlice>()) keep(*slice);
      if (const auto* part = answer->template get_if<tl::messages::channelMessages>()) keep(*part);
      if (dialog.messages.size() == before) return dialog;
    }
  }

  static std::pair<std::int32_t, Line> line_of(const tl::Box<tl::Message>& box) {
    Line line;
    if (const auto* message = box.get_if<tl::message>()) {
      line = {message->message, of(message->from_id).id, message->date, message->edit_date.value_or(0),
              message->out,     message->pinned};
      line.album = message->grouped_id.value_or(0);
      if (const auto* reply = message->reply_to.get_if<tl::messageReplyHeader>()) {
        line.answers = reply->reply_to_msg_id.value_or(0);
        line.top = reply->reply_to_top_id.value_or(0);
        line.topic = reply->forum_topic;
      }
      line.reactions = reactions_of(message->reactions);
      if (const auto* media = message->media.get_if<tl::messageMediaPoll>()) {
        const auto* poll = media->poll.get_if<tl::poll>();
        line.text = poll->question.get_if<tl::textWithEntities>()->text;
        line.closed = poll->closed;
        line.voters = voters_of(media->results);
      }
      return {message->id, line};
    }
    if (const auto* service = box.get_if<tl::messageService>()) {
      line = {std::string(service->action.name()),
              of(service->from_id).id,
              service->date,
              0,
              service->out,
              false};
      return {service->id, line};
    }
    return {0, line};
  }
  static std::map<std::string, std::int32_t> reactions_of(const tl::Box<tl::MessageReactions>& box) {
    std::map<std::string, std::int32_t> counts;
    const auto* reactions = box.get_if<tl::messageReactions>();
    if (reactions == nullptr) return counts;
    for (const auto& one : reactions->results) {
      const auto* count = one.get_if<tl::reactionCount>();
      const auto* emoji = count->reaction.get_if<tl::reactionEmoji>();
      if (emoji != nullptr) counts[emoji->emoticon] = count->count;
    }
    return counts;
  }
  static std::int32_t voters_of(const tl::Box<tl::PollResults>& box) {
    const auto* results = box.get_if<tl::pollResults>();
    return results == nullptr ? 0 : results->total_voters.value_or(0);
  }
  Line* line_at(Peer peer, std::int32_t id) {
    const auto dialog = dialogs.find(peer);
    if (dialog == dialogs.end()) return nullptr;
    const auto found = dialog->second.messages.find(id);
    return found == dialog->second.messages.end() ? nullptr : &found->second;
  }
  // The dialog that a message is in, for a client: private messages name the other one.
  static Peer peer_of(const tl::Box<tl::Message>& box) {
    if (const auto* message = box.get_if<tl::message>()) return of(message->peer_id);
    if (const auto* service = box.get_if<tl::messageService>()) return of(service->peer_id);
    return {};
  }

  void put(const tl::Box<tl::Message>& box) {
    auto [id, line] = line_of(box);
    const auto found = dialogs.find(peer_of(box));
    if (found == dialogs.end()) return;
    found->second.messages[id] = std::move(line);
  }
  void put_new(const tl::Box<tl::Message>& box) {
    auto [id, line] = line_of(box);
    const auto peer = peer_of(box);
    auto& dialog = dialogs[peer];
    // Where nothing is unread, what one writes oneself is read; a channel's mark moves by reading alone.
    if (line.out && !peer.is_channel() && dialog.unread == 0) dialog.read_inbox = id;
    dialog.messages[id] = std::move(line);
    count_unread(dialog);
  }
  void erase(Peer peer, const std::vector<std::int32_t>& ids) {
    const auto found = dialogs.find(peer);
    if (found == dialogs.end()) return;
    for (const auto id : ids) found->second.messages.erase(id);
    count_unread(found->second);
  }
  void erase_from_box(const std::vector<std::int32_t>& ids) {
    for (auto& [peer, dialog] : dialogs) {
      if (!peer.is_channel()) erase(peer, ids);
    }
  }
  void pin(Peer peer, const std::vector<std::int32_t>& ids, bool pinned) {
    for (const auto id : ids) {
      auto& messages = dialogs[peer].messages;
      if (const auto found = messages.find(id); found != messages.end()) found->second.pinned = pinned;
    }
  }
  static void count_unread(MirroredDialog& dialog) {
    dialog.unread = 0;
    for (const auto& [id, line] : dialog.messages) dialog.unread += !line.out && id > dialog.read_inbox;
  }

  FrontDoor& door_;
  Caller caller_;
  std::int32_t pts_ = 0;
  bool gap_ = false;
  bool in_difference_ = false;  // what it holds is all news and in order, whatever its counters say
  std::set<Peer> stale_;        // channels of which something was missed
  std::set<Peer> changed_;      // channels whose membership may have changed
  std::set<Peer> inside_;       // channels that it is a member of, as far as it was told
  std::map<Peer, std::int64_t> hashes_;
};

}  // namespace heliograph::api::testing
