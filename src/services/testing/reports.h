// For tests of reports: the machine finds nothing by itself, so that people do.
#pragma once

#include "services/testing/moderation.h"

namespace heliograph::services::testing {

class ReportedTest : public ModeratedTest {
 protected:
  ReportedTest() : ModeratedTest(blind()) {}

  static std::shared_ptr<const safety::Rulebook> blind() {
    auto book = std::make_shared<safety::Rulebook>(*shipped());
    book->policy = World::must(
        safety::Policy::parse("version = \"test\"\nmachine_may = [\"remove\"]\n"
                              "[[rule]]\nid = \"none\"\ncategory = \"spam\"\nat_least = 1.0\nseverity = 1\n"
                              "clause = \"illegal-goods\"\neffect = \"review\"\nmode = \"shadow\"\n",
                              "test.toml"));
    return book;
  }
};

}  // namespace heliograph::services::testing
