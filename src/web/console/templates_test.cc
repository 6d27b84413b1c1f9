// Reason templates: the program's are the first filling, and then an installation's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/console/testing/cases.h"

namespace heliograph::web {
namespace {

using staff::Role;
using ::testing::IsEmpty;

class ConsoleTemplates : public testing::ConsoleCasesTest {
 protected:
  Json all() { return ask(mia, "GET", "/templates").json["items"]; }
  static Json input() {
    return {{"title", "Weapons"},
            {"effect", "remove"},
            {"clause", "illegal-goods"},
            {"reason", "It sells weapons."},
            {"note_to_reporter", "It is gone."},
            {"categories", {"illegal_goods"}},
            {"subjects", {"message"}},
            {"place", 0}};
  }
};

TEST_F(ConsoleTemplates, TheProgramsOwnAreTheFirstFilling) {
  const auto items = all();
  ASSERT_GE(items.size(), 10U);
  EXPECT_EQ(items[0]["title"], "Nothing wrong");
  EXPECT_EQ(items[0]["effect"], "allow");
  EXPECT_FALSE(items[0].contains("clause"));
  EXPECT_FALSE(items[0].contains("changed_by"));
  EXPECT_EQ(items[1]["subjects"], Json::array({"message", "campaign"}));
  EXPECT_EQ(items[2]["days"], 7);
}

TEST_F(ConsoleTemplates, WhatIsTakenAwayDoesNotComeBack) {
  for (const auto& item : all()) {
    const auto gone = ask(olga, "DELETE", "/templates/" + item["id"].dump());
    EXPECT_EQ(gone.status, 204);
  }
  EXPECT_THAT(all(), IsEmpty());
  EXPECT_THAT(World::must(world.run(world.services.work.templates.list())), IsEmpty())
      << "also for a server that starts anew";
  EXPECT_EQ(ask(olga, "DELETE", "/templates/1").code(), "TEMPLATE_UNKNOWN");
  EXPECT_EQ(ask(olga, "DELETE", "/templates/1").status, 404);
}

TEST_F(ConsoleTemplates, TheyAreAddedAndReplacedBySeniorModeratorsAndAdmins) {
  const auto added = ask(olga, "POST", "/templates", input());
  ASSERT_EQ(added.status, 201) << added.json;
  EXPECT_EQ(added.json["changed_by"]["name"], "Olga");
  EXPECT_EQ(added.json["changed_at"], world.clock.unix_seconds());
  EXPECT_EQ(all()[0]["title"], "Weapons") << "by place";
  auto changed = input();
  changed["title"] = "Arms";
  changed.erase("note_to_reporter");
  const auto path = "/templates/" + added.json["id"].dump();
  const auto put = ask(person("Ana", Role::admin), "PUT", path, changed);
  ASSERT_EQ(put.status, 200) << put.json;
  EXPECT_EQ(all()[0]["title"], "Arms");
  EXPECT_EQ(all()[0]["changed_by"]["name"], "Ana");
  EXPECT_FALSE(all()[0].contains("note_to_reporter")) << "replaced as a whole";
  EXPECT_EQ(ask(olga, "PUT", "/templates/999", input()).code(), "TEMPLATE_UNKNOWN");
  EXPECT_EQ(ask(mia, "POST", "/templates", input()).code(), "ROLE_NOT_ALLOWED");
  const auto events = World::must(world.read([](store::Tx& tx) { return store::staff_of(tx).events(0, 2); }));
  EXPECT_EQ(events[0].who, "Ana");
  EXPECT_EQ(events[0].what, "changed template " + added.json["id"].dump() + " “Arms”");
}

TEST_F(ConsoleTemplates, WhatNobodyCouldDecideIsRefused) {
  const auto with = [&](const char* key, Json value) {
    auto body = input();
    if (value.is_null()) {
      body.erase(key);
    } else {
      body[key] = std::move(value);
    }
    return ask(olga, "POST", "/templates", body);
  };
  EXPECT_EQ(with("effect", "review").json["field"], "effect");
  EXPECT_EQ(with("effect", "destroy").json["field"], "effect");
  EXPECT_EQ(with("clause", nullptr).json["field"], "clause");
  EXPECT_EQ(with("clause", "no-such").code(), "CLAUSE_UNKNOWN");
  EXPECT_EQ(with("clause", "no-such").status, 422);
  EXPECT_EQ(with("countries", {"DE"}).code(), "EFFECT_UNFIT");
  EXPECT_EQ(with("days", 0).json["field"], "days");
  EXPECT_EQ(with("subjects", {"planet"}).json["field"], "subjects");
  EXPECT_EQ(with("categories", {"evil"}).json["field"], "categories");
  EXPECT_EQ(with("title", "").json["field"], "title");
  EXPECT_EQ(with("reason", std::string(4001, 'x')).json["field"], "reason");
  EXPECT_EQ(with("place", 1001).json["field"], "place");
  EXPECT_EQ(with("id", 7).code(), "FIELD_UNKNOWN");
}

}  // namespace
}  // namespace heliograph::web
