#include "services/people/notify.h"

#include <gtest/gtest.h>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;
using Scope = NotifyTarget::Scope;

TEST(Notify, KeysAndTargets) {
  const NotifyTarget targets[] = {{Scope::users, {}},
                                  {Scope::broadcasts, {}},
                                  {Scope::peer, Peer::of(UserId{1})},
                                  {Scope::peer, Peer::of(UserId{(std::int64_t{1} << 40) - 1})},
                                  {Scope::peer, Peer{PeerKind::channel, 1}}};
  for (const auto& target : targets) EXPECT_EQ(NotifyTarget::from_key(target.key()), target);
}

TEST(Notify, SettingsAreKeptListedAndReset) {
  World world;
  const auto ada = world.sign_up("Ada");
  const auto bob = world.sign_up("Bob");
  auto& notify = world.services.notify;
  const NotifyTarget dialog{.peer = Peer::of(bob.user)}, all{.scope = Scope::users};
  EXPECT_TRUE(world.run(notify.get(ada.user, dialog))->empty());

  const auto heard = world.listen(ada.user);
  NotifySettings muted;
  muted.mute_until = INT32_MAX;
  muted.sound = Sound{.kind = SoundKind::none};
  ASSERT_TRUE(world.run(notify.set(ada, dialog, muted)));
  NotifySettings quiet;
  quiet.show_previews = false;
  ASSERT_TRUE(world.run(notify.set(ada, all, quiet)));
  EXPECT_EQ(*world.run(notify.get(ada.user, dialog)), muted);
  EXPECT_EQ(*world.run(notify.get(ada.user, all)), quiet);
  auto exceptions = *world.run(notify.exceptions(ada.user));
  ASSERT_EQ(exceptions.size(), 1u);
  EXPECT_EQ(exceptions[0].peer, Peer::of(bob.user));

  ASSERT_TRUE(world.run(notify.set(ada, dialog, {})));
  EXPECT_TRUE(world.run(notify.exceptions(ada.user))->empty());
  ASSERT_TRUE(world.run(notify.reset(ada)));
  EXPECT_TRUE(world.run(notify.get(ada.user, all))->empty());
  world.executor.run();
  EXPECT_EQ(heard->heard.size(), 4u);
}

TEST(Notify, EndlessSoundNamesAreRefused) {
  World world;
  const auto ada = world.sign_up("Ada");
  NotifySettings settings;
  settings.sound = Sound{.kind = SoundKind::local, .title = std::string(1000, 'x')};
  EXPECT_EQ(world.run(world.services.notify.set(ada, {.scope = Scope::chats}, settings)).error().code,
            "SETTINGS_INVALID");
}

}  // namespace
}  // namespace heliograph::services
