#include "api/server.h"

#include <gtest/gtest.h>

#include "api/errors.h"
#include "api/testing/front_door.h"
#include "tl/fn_core.h"
#include "tl/fn_updates.h"

namespace heliograph::api {
namespace {

using testing::FrontDoor;

TEST(Server, ARequestThatWaitsForItselfOrALaterOneIsRefused) {
  FrontDoor door;
  const auto ada = door.world.sign_up("Ada");
  for (const std::int64_t later : {0, 4}) {
    Call call;
    call.key = ada.key;
    call.session = ada.session;
    call.msg_id = 400'000'000;
    call.ip = "192.0.2.1";
    tl::fn::invokeAfterMsg wait;
    wait.msg_id = call.msg_id + later;
    wait.query = tl::encode_request(tl::fn::updates::getState{}, 228).value();
    call.body = tl::encode_request(wait, 228).value();
    EXPECT_EQ(door.world.run(door.server.handle(std::move(call))),
              encode_error(Error::invalid("MSG_WAIT_FAILED")));
  }
}

}  // namespace
}  // namespace heliograph::api
