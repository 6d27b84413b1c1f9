// Every right is checked where something is done: role x action x kind of chat, through the services
// themselves on a real store. rights_test.cc has the rules; this holds that nothing is done without asking
// them.
#include <functional>
#include <map>
#include <set>

#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/chats/pin.h"
#include "services/chats/react.h"
#include "services/chats/read.h"
#include "services/chats/send.h"
#include "services/chats/ttl.h"
#include "services/groups/admin_log.h"
#include "services/groups/clear.h"
#include "services/groups/create.h"
#include "services/groups/discussion.h"
#include "services/groups/invites.h"
#include "services/groups/members.h"
#include "services/groups/migrate.h"
#include "services/groups/participants.h"
#include "services/groups/settings.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using testing::World;

enum Kind : std::size_t { basic, supergroup, open_supergroup, broadcast, open_broadcast, kinds };
constexpr const char* kind_names[kinds] = {"basic group", "private supergroup", "public supergroup",
                                           "private channel", "public channel"};
enum Role : std::size_t { stranger, left, banned, muted, member, guard, owner, roles };
constexpr const char* role_names[roles] = {"stranger", "left", "banned", "muted", "member", "guard", "owner"};

// What says no. Anything else is a refusal for another reason, which would hide that nobody asked.
const std::set<std::string, std::less<>> refusals{"CHAT_ADMIN_REQUIRED",
                                                  "CHANNEL_PRIVATE",
                                                  "CHAT_ID_INVALID",
                                                  "CHAT_WRITE_FORBIDDEN",
                                                  "CHAT_GUEST_SEND_FORBIDDEN",
                                                  "CHAT_SEND_PLAIN_FORBIDDEN",
                                                  "USER_BANNED_IN_CHANNEL",
                                                  "USER_NOT_PARTICIPANT",
                                                  "MESSAGE_DELETE_FORBIDDEN",
                                                  "MESSAGE_AUTHOR_REQUIRED",
                                                  "RIGHT_FORBIDDEN"};

// One chat of each kind, with somebody in each role. `guard` is an administrator who may delete, ban and pin.
class WhoMayTest : public testing::GroupsTest {
 protected:
  struct Scene {
    Kind kind{};
    Peer peer;
    std::map<std::size_t, Caller> people;
    std::int64_t first_link = 0;  // of a post that all have seen who ever were there
  };

  static bool is_broadcast(Kind kind) { return kind == broadcast || kind == open_broadcast; }
  static bool is_open(Kind kind) { return kind == open_supergroup || kind == open_broadcast; }
  static bool exists(Kind kind, std::size_t role) {
    return kind != basic || (role != muted && role != banned);  // a basic group knows neither
  }

  Scene make(Kind kind) {
    Scene scene{.kind = kind};
    std::vector<UserId> all;
    for (std::size_t role = 0; role < roles; ++role) {
      scene.people[role] = role == owner ? ada : world.sign_up(role_names[role]);
      if (role != stranger && role != owner && exists(kind, role)) all.push_back(scene.people[role].user);
    }
    scene.peer = kind == basic ? group(all) : channel(is_broadcast(kind), is_open(kind) ? name() : "");
    if (kind != basic) {
      World::must(world.run(add_members(world.environment, ada, scene.peer, all, 0)));
      restrict(scene, banned, banned_view_messages);
      if (!is_broadcast(kind)) restrict(scene, muted, banned_send_messages | banned_send_plain);
    }
    World::must(world.run(promote(world.environment, ada,
                                  {.chat = scene.peer,
                                   .user = scene.people[guard].user,
                                   .rights = admin_delete_messages | admin_ban_users | admin_pin_messages})));
    scene.first_link = World::must(post(ada, scene.peer, "welcome")).message.link;
    World::must(world.run(leave(world.environment, scene.people[left], scene.peer)));
    return scene;
  }
  void restrict(Scene& scene, Role role, std::uint32_t rights) {
    World::must(world.run(restrict_member(
        world.environment, ada, {.channel = scene.peer, .user = scene.people[role].user, .banned = rights})));
  }
  std::string name() { return "the_chat_" + std::to_string(++count_); }
  std::string fresh(std::string_view word) { return std::string(word) + " " + std::to_string(++count_); }

  // A post of the owner's, a new one if possible; in a basic group as `who` has it in their own box.
  MessageId post_of_owner(const Scene& scene, const Caller& who) {
    const auto sent = World::must(post(ada, scene.peer, fresh("text"))).message;
    if (scene.kind != basic) return sent.id;
    for (const auto link : {sent.link, scene.first_link}) {
      for (const auto& copy :
           World::must(world.read([&](store::Tx& tx) { return tx.messages().copies(link); }))) {
        if (copy.owner == who.user) return copy.id;
      }
    }
    return MessageId{1};
  }
  // Somebody who came in just now.
  UserId newcomer(const Scene& scene) {
    const auto one = world.sign_up("Newcomer").user;
    World::must(world.run(add_members(world.environment, ada, scene.peer, {one}, 0)));
    return one;
  }
  template <typename T>
  Status ran(Task<T> task) {
    const auto result = world.run(std::move(task));
    if (!result) return fail(result.error());
    return {};
  }

  using Action = std::function<Status(WhoMayTest&, const Scene&, const Caller&)>;
  struct Row {
    const char* action;
    Action run;
    // By kind, one letter a role: + may; - may not; . there is no such thing.
    std::array<const char*, kinds> may;
  };
  static const std::vector<Row>& table();

 private:
  int count_ = 0;
};

const std::vector<WhoMayTest::Row>& WhoMayTest::table() {
  // stranger left banned muted member guard owner, in: basic, private and public supergroup, private and
  // public channel
  static const std::vector<Row> rows{
      {"read",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(services::history(t.world.environment, who.user, s.peer, {}));
       },
       {"-+..+++", "---++++", "++-++++", "---++++", "++-++++"}}  // namespace
      ,
      {"write",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         const auto sent = t.post(who, s.peer, t.fresh("hello"));
         return sent ? Status{} : fail(sent.error());
       }  // namespace heliograph::services
       ,
       {"--..+++", "----+++", "----+++", "------+", "------+"}},
      {"react",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(send_reaction(t.world.environment, who,
                                    {.peer = s.peer, .id = t.post_of_owner(s, who), .reactions = {"👍"}}));
       },
       {"--..+++", "----+++", "++--+++", "---++++", "++-++++"}},
      {"delete another's message",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         if (s.kind == basic) return fail(Error::invalid("not here"));
         return t.ran(delete_channel_messages(t.world.environment, who, s.peer, {t.post_of_owner(s, who)}));
       },
       {".......", "-----++", "-----++", "-----++", "-----++"}},
      {"change another's message",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(
             edit_message(t.world.environment, who,
                          {.peer = s.peer, .id = t.post_of_owner(s, who), .text = t.fresh("changed")}));
       },
       {"--..--+", "------+", "------+", "------+", "------+"}},
      {"pin",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(pin_message(t.world.environment, who,
                                  {.peer = s.peer, .id = t.post_of_owner(s, who), .silent = true}));
       },
       {"--..+++", "---++++", "---++++", "------+", "------+"}},
      {"unpin all",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(unpin_all(t.world.environment, who, s.peer));
       },
       {"--..+++", "---++++", "---++++", "------+", "------+"}},
      {"rename",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(set_title(t.world.environment, who, s.peer, t.fresh("Title")));
       },
       {"--..+-+", "---++-+", "---++-+", "------+", "------+"}},
      {"describe",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(set_about(t.world.environment, who, s.peer, t.fresh("About")));
       },
       {"--..+-+", "---++-+", "---++-+", "------+", "------+"}},
      {"add somebody",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         const auto one = t.world.sign_up("Guest").user;
         return t.ran(add_members(t.world.environment, who, s.peer, {one}, 0));
       },
       {"--..+-+", "---++-+", "---++-+", "------+", "------+"}},
      {"make an invite link",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(export_invite(t.world.environment, who, s.peer, {.title = "for friends"}));
       },
       {"--..--+", "------+", "------+", "------+", "------+"}},
      {"restrict a member",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         if (s.kind == basic) return t.ran(remove_member(t.world.environment, who, s.peer, t.newcomer(s)));
         return t.ran(
             restrict_member(t.world.environment, who,
                             {.channel = s.peer, .user = t.newcomer(s), .banned = banned_view_messages}));
       },
       {"--..-++", "-----++", "-----++", "-----++", "-----++"}},
      {"promote a member",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(promote(t.world.environment, who,
                              {.chat = s.peer, .user = t.newcomer(s), .rights = admin_pin_messages}));
       },
       {"--..--+", "------+", "------+", "------+", "------+"}},
      {"forbid to all",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         static std::uint32_t turn = 0;  // another one each time: nothing changes otherwise
         return t.ran(set_default_banned(t.world.environment, who, s.peer,
                                         ++turn % 2 != 0 ? banned_send_games : banned_send_inline));
       },
       {"--..-++", "-----++", "-----++", ".......", "......."}},
      {"slow down",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         static std::int32_t turn = 0;
         const auto status =
             t.ran(set_slow_mode(t.world.environment, who, s.peer, ++turn % 2 != 0 ? 10 : 30));
         if (status) World::must(t.world.run(set_slow_mode(t.world.environment, t.ada, s.peer, 0)));
         return status;
       },
       {".......", "-----++", "-----++", ".......", "......."}},
      {"give it a public name",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         const auto status = t.ran(set_chat_username(t.world.environment, who, s.peer, t.name()));
         if (status && !is_open(s.kind))
           World::must(t.world.run(set_chat_username(t.world.environment, t.ada, s.peer, "")));
         return status;
       },
       {".......", "------+", "------+", "------+", "------+"}},
      {"protect the content",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         const auto status = t.ran(set_flags(t.world.environment, who, s.peer, store::chat_no_forwards, 0));
         if (status)
           World::must(
               t.world.run(set_flags(t.world.environment, t.ada, s.peer, 0, store::chat_no_forwards)));
         return status;
       },
       {"--..--+", "------+", "------+", "------+", "------+"}},
      {"set a time to live",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         const auto status = t.ran(set_history_ttl(t.world.environment, who, s.peer, 86'400));
         if (status) World::must(t.world.run(set_history_ttl(t.world.environment, t.ada, s.peer, 0)));
         return status;
       },
       {"--..-++", "-----++", "-----++", "-----++", "-----++"}},
      {"choose the reactions",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         static int turn = 0;
         store::ReactionPolicy policy{.all = ++turn % 2 == 0, .some = {"👍"}};
         return t.ran(set_reaction_policy(t.world.environment, who, s.peer, policy));
       },
       {"--..--+", "------+", "------+", "------+", "------+"}},
      {"read what administrators did",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(admin_log(t.world.environment, who, s.peer, {}));
       },
       {".......", "-----++", "-----++", "-----++", "-----++"}},
      {"list the members",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(participants(t.world.environment, who, s.peer, {}));
       },
       {".......", "---++++", "++-++++", "-----++", "-----++"}},
      {"list the banned",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(
             participants(t.world.environment, who, s.peer, {.filter = ParticipantsQuery::Filter::kicked}));
       },
       {".......", "-----++", "-----++", "-----++", "-----++"}},
      {"clear it for all",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(clear_channel(t.world.environment, who, s.peer, {}, true));
       },
       {".......", "-----++", "-----++", "------+", "------+"}},
      {"delete what a member wrote",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(clear_participant(t.world.environment, who, s.peer, Peer::of(t.newcomer(s))));
       },
       {".......", "-----++", "-----++", ".......", "......."}},
      {"see all links",
       [](WhoMayTest& t, const Scene& s, const Caller& who) -> Status {
         return t.ran(admins_with_invites(t.world.environment, who, s.peer));
       },
       {"--..--+", "------+", "------+", "------+", "------+"}},
  };
  return rows;
}

TEST_F(WhoMayTest, RoleByActionByKind) {
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    auto scene = make(static_cast<Kind>(kind));
    for (const auto& row : table()) {
      const std::string_view may = row.may.at(kind);
      for (std::size_t role = 0; role < roles; ++role) {
        if (may[role] == '.') continue;
        world.clock.advance(std::chrono::seconds(60));
        const auto status = row.run(*this, scene, scene.people[role]);
        const auto where = std::string(role_names[role]) + ": " + row.action + " in a " + kind_names[kind];
        EXPECT_EQ(status.has_value(), may[role] == '+') << where << ": " << code_of(status);
        if (!status && may[role] == '-') {
          EXPECT_TRUE(refusals.contains(code_of(status))) << where << ": " << code_of(status);
        }
      }
    }
  }
}

// The two ends: nobody but the owner gives a chat away or takes it from everybody.
TEST_F(WhoMayTest, OnlyTheOwnerEndsIt) {
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    auto scene = make(static_cast<Kind>(kind));
    for (std::size_t role = 0; role < owner; ++role) {
      if (!exists(scene.kind, role)) continue;
      const auto where = std::string(role_names[role]) + " in a " + kind_names[kind];
      EXPECT_TRUE(
          refusals.contains(code_of(ran(delete_chat(world.environment, scene.people[role], scene.peer)))))
          << where;
      if (kind == basic) {
        EXPECT_TRUE(
            refusals.contains(code_of(ran(migrate_group(world.environment, scene.people[role], scene.peer)))))
            << where;
      }
    }
    EXPECT_EQ(code_of(ran(delete_chat(world.environment, ada, scene.peer))), "");
  }
}

}  // namespace
}  // namespace heliograph::services
